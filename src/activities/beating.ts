import { heartbeat } from '@temporalio/activity';

const HEARTBEAT_MS = 5_000;

/** Runs with a heartbeat every few seconds: its time-out tells a slow call from a dead worker. */
export async function beating<T>(run: () => Promise<T>): Promise<T> {
  const beats = setInterval(() => heartbeat(), HEARTBEAT_MS);
  try {
    return await run();
  } finally {
    clearInterval(beats);
  }
}
