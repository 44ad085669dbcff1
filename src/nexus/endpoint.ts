import type { Client } from '@temporalio/client';
import { NumberOrdersError } from '../client/errors';

/** Thrown when an endpoint of that name leads elsewhere. */
class NexusEndpointTakenError extends NumberOrdersError {
  override readonly name = 'NexusEndpointTakenError';
}

/**
 * Leads callers of other namespaces to the workers of a task queue. Calling it again is safe.
 * @throws {NexusEndpointTakenError}
 */
export async function createNexusEndpoint(
  { connection: { operatorService }, options: { namespace } }: Client,
  name: string,
  taskQueue: string,
): Promise<'created' | 'there'> {
  const { endpoints } = await operatorService.listNexusEndpoints({ name });
  if (endpoints[0] === undefined) {
    await operatorService.createNexusEndpoint({ spec: { name, target: { worker: { namespace, taskQueue } } } });
    return 'created';
  }
  const target = endpoints[0].spec?.target?.worker;
  if (target?.namespace === namespace && target.taskQueue === taskQueue) return 'there';
  const where = target ? `${target.namespace ?? ''}/${target.taskQueue ?? ''}` : 'another server';
  throw new NexusEndpointTakenError(
    `The Nexus endpoint ${name} leads to ${where}: choose another name, or change it by temporal operator nexus endpoint update.`,
  );
}
