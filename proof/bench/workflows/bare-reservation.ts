import { allHandlersFinished, condition, defineUpdate, proxyActivities, setHandler } from '@temporalio/workflow';
import type { BareCalls } from './calls';

const { create } = proxyActivities<BareCalls>({ startToCloseTimeout: '90 seconds' });

/** The minimum for `reserve`: an update that waits for one activity. */
export async function bareReservation(phoneNumber: string): Promise<void> {
  const created = create(phoneNumber);
  setHandler(defineUpdate<{ idNumberOrder: string }>('reservation'), () => created);
  await created;
  await condition(allHandlersFinished);
}
