import { ApplicationFailure, sleep } from '@temporalio/workflow';

/** The failure type of an activity whose answer is not usable: see interceptors/checked-answers.ts. */
export const NO_ANSWER = 'NoAnswer';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 5 * 60_000;

type Call = (options: object, args: unknown[]) => Promise<unknown>;

/** The same calls, repeated until their answer is usable. For calls that are safe to repeat. */
export function askingAgain<Calls extends object>(calls: Calls): Calls {
  return new Proxy(calls, {
    get: (target, name) => {
      const { executeWithOptions } = Reflect.get(target, name) as { executeWithOptions: Call };
      return { executeWithOptions: (...call: Parameters<Call>) => untilAnswered(() => executeWithOptions(...call)) };
    },
  });
}

async function untilAnswered<T>(call: () => Promise<T>): Promise<T> {
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof ApplicationFailure && error.type === NO_ANSWER)) throw error;
    }
    await sleep(wait, { summary: 'Until a call that was not answered is made again' });
  }
}
