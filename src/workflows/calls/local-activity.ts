import { condition } from '@temporalio/workflow';
import { cameTrue } from './until';

/**
 * Runs a local activity, and continues once every message that arrived with its result has been handled. On replay a result may
 * arrive together with messages that first arrived before it. This keeps their handlers' commands ahead of those that follow
 * here.
 */
export async function local<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } finally {
    await everythingAtRest();
  }
}

/** Every wait whose condition is now true has continued as far as it can. */
async function everythingAtRest(): Promise<void> {
  for (let before = NaN; before !== cameTrue();) {
    before = cameTrue();
    await nothingElseGoesOn();
  }
}

/** A condition is evaluated when it is awaited, and again only when nothing else can continue. */
function nothingElseGoesOn(): Promise<void> {
  let asked = false;
  return condition(() => {
    const again = asked;
    asked = true;
    return again;
  });
}
