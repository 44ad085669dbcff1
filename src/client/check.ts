import type { Violation } from '../contract';
import { InvalidRequestError } from './errors';

/** @throws {InvalidRequestError} when there is anything wrong */
export function check(violations: Violation[], what?: string): void {
  if (violations.length > 0) throw new InvalidRequestError(violations, what);
}
