import { activityInfo, cancellationSignal, heartbeat } from '@temporalio/activity';

/** Concurrent calls: a hundred numbers at a second each take a quarter of a minute. */
const AT_ONCE = 8;

/** Sinch's answer for each number. */
export interface Answers<T> {
  learnt: Map<string, T>;
  /** Why some are missing: the first failure. */
  failure?: Error;
}

/**
 * Asks Sinch about each number, a few at a time, until all are answered or too many have failed. Every heartbeat carries the
 * answers, so that the next attempt, perhaps on another worker, asks only about the rest.
 */
export async function askAboutEach<T>(
  phoneNumbers: readonly string[],
  ask: (phoneNumber: string) => Promise<T>,
): Promise<Answers<T>> {
  const info = activityInfo();
  const learnt = new Map(Object.entries((info.heartbeatDetails ?? {}) as Record<string, T>));
  const unknown = phoneNumbers.filter((phoneNumber) => !learnt.has(phoneNumber));
  // Otherwise every attempt would begin, and give up, with the numbers that always fail.
  const first = unknown.length > 0 ? (info.attempt * AT_ONCE) % unknown.length : 0;
  const left = [...unknown.slice(first), ...unknown.slice(0, first)];
  const failures: Error[] = [];
  const askOneByOne = async () => {
    while (failures.length < AT_ONCE && !cancellationSignal().aborted) {
      const phoneNumber = left.shift();
      if (phoneNumber === undefined) return;
      try {
        learnt.set(phoneNumber, await ask(phoneNumber));
        remember(learnt);
      } catch (error) {
        failures.push(error as Error);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, askOneByOne));
  cancellationSignal().throwIfAborted();
  const [failure] = failures;
  return failure ? { learnt, failure } : { learnt };
}

/** The answers that the next attempt need not ask for again. */
export function remember<T>(learnt: Map<string, T>): void {
  heartbeat(Object.fromEntries(learnt));
}
