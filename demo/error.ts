/** What keeps the demo from going on, with the remedy: printed without a stack. */
export class DemoError extends Error {
  override readonly name = 'DemoError';
}
