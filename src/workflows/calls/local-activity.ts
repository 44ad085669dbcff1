import { condition } from '@temporalio/workflow';

/**
 * Runs a local activity, and continues once every message that came with its result has been handled. On replay a result
 * may come together with messages that first came before it. Their handlers' commands then stay before those that follow
 * here.
 */
export async function local<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } finally {
    await everythingAtRest();
  }
}

/** A condition is asked when it is awaited, and again only when nothing else can go on. */
function everythingAtRest(): Promise<void> {
  let asked = false;
  return condition(() => {
    const again = asked;
    asked = true;
    return again;
  });
}
