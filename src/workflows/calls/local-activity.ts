import { condition } from '@temporalio/workflow';

/**
 * Runs a local activity, and goes on when every message that came with its result has been handled. A result that comes by
 * itself when it first comes can come together with messages on replay: of a workflow task that began while it was
 * awaited. What their handlers command then stands before what follows here, as it did at first.
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
