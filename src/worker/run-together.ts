import type { Worker } from '@temporalio/worker';

export function stopAll(workers: readonly Worker[]): void {
  for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
}

/** Runs workers that depend on each other: when one stops or fails, all stop. Resolves when all have stopped. */
export async function runTogether(workers: readonly Worker[]): Promise<void> {
  const ended = await Promise.allSettled(workers.map((worker) => worker.run().finally(() => stopAll(workers))));
  for (const each of ended) if (each.status === 'rejected') throw each.reason;
}
