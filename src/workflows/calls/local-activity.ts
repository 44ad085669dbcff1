import { condition } from '@temporalio/workflow';
import { cameTrue } from './until';

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

/** Whatever was waiting, and need not any more, has gone on as far as it can. */
async function everythingAtRest(): Promise<void> {
  for (let before = NaN; before !== cameTrue();) {
    before = cameTrue();
    await nothingElseGoesOn();
  }
}

/** A condition is asked when it is awaited, and again only when nothing else can go on. */
function nothingElseGoesOn(): Promise<void> {
  let asked = false;
  return condition(() => {
    const again = asked;
    asked = true;
    return again;
  });
}
