/** Thrown when a command was called in a way it cannot work; says what to change. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
