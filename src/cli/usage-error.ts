/** Thrown when a command was called wrongly; says what to change. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
