import type { z } from 'zod';
import type { HttpAnswer } from './transport';

/** Any 2xx: Sinch does not document which. */
export function isSuccess({ status }: HttpAnswer): boolean {
  return status >= 200 && status <= 299;
}

/** The body as the schema reads it; undefined if it does not match. */
export function readAnswer<T extends object | null>(answer: HttpAnswer, schema: z.ZodType<T>): T | undefined {
  return schema.safeParse(contentOf(answer.body)).data;
}

/** The JSON in a body, null when it is empty, and the body itself when it holds anything else. */
export function contentOf(body: string): unknown {
  if (body.trim() === '') return null;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
