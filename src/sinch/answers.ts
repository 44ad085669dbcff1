import type { z } from 'zod';
import type { HttpAnswer } from './transport';

/** The body as the schema reads it; undefined when it is not JSON or not of that shape. */
export function readAnswer<T extends object | null>(answer: HttpAnswer, schema: z.ZodType<T>): T | undefined {
  return schema.safeParse(jsonIn(answer.body)).data;
}

/** The JSON in a body, null when it is empty, undefined when it holds anything else. */
export function jsonIn(body: string): unknown {
  if (body === '') return null;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
