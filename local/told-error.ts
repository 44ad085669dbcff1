/** What keeps a program from going on, with the remedy: printed without a stack. */
export class ToldError extends Error {
  override readonly name = 'ToldError';
}
