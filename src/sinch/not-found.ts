import { z } from 'zod';
import { list, piece, text } from './tolerant';

const notFoundBody = z.object({
  error: z.object({
    message: text,
    status: text,
    details: list(z.object({ resourceType: text, resourceName: text })),
  }),
});

/**
 * Whether a 404 comes from Sinch itself. A gateway without the route answers JSON too, and that must mean neither a lost order
 * nor "nothing to register". Sinch's 404 has the status NOT_FOUND, or names the missing resource. The lookup's names number
 * requirements, not the project or the path.
 */
export function isSinchsNotFound(body: unknown, operation: string): boolean {
  const { error } = piece(notFoundBody).parse(body) ?? {};
  if (!error) return false;
  const { message = '', status, details } = error;
  if (operation === 'lookupNumberRequirements') {
    const named = details.some(({ resourceName = '' }) => /^numberRequirements$/i.test(resourceName));
    return named || /^number requirements not found\.?$/i.test(message.trim());
  }
  return status === 'NOT_FOUND' || details.some(({ resourceType, resourceName }) => resourceType && resourceName);
}
