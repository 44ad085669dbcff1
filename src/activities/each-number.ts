import { activityInfo, cancellationSignal, heartbeat } from '@temporalio/activity';

/** So many calls are under way at a time: a hundred numbers at a second each take a quarter of a minute. */
const AT_ONCE = 8;

/** What Sinch has said of each number. */
export interface Answers<T> {
  learnt: Map<string, T>;
  /** Why some are missing: the first failure. */
  failure?: Error;
}

/**
 * Asks Sinch about each number, a few at a time, until all were asked about or too many have failed. Every heartbeat
 * carries what was learnt, so that the next attempt, after a failure or on another worker, asks about the rest alone.
 */
export async function askAboutEach<T>(
  phoneNumbers: readonly string[],
  ask: (phoneNumber: string) => Promise<T>,
): Promise<Answers<T>> {
  const info = activityInfo();
  const learnt = new Map(Object.entries((info.heartbeatDetails ?? {}) as Record<string, T>));
  const unknown = phoneNumbers.filter((phoneNumber) => !learnt.has(phoneNumber));
  // Those that fail each time must not be the ones that every attempt begins, and gives up, with.
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

/** What the next attempt need not ask for again. */
export function remember<T>(learnt: Map<string, T>): void {
  heartbeat(Object.fromEntries(learnt));
}
