import { setTimeout as delay } from 'node:timers/promises';
import type { Operation } from '../../../fake-sinch';
import type { Figure } from '../figure';
import { costOf, type HistoryCost } from '../history-cost';
import { startOrder, type OpenOrder } from '../race';
import type { BenchStand } from '../stand';

/** What an order asks of Sinch at the least: nothing of it can be left out, and nothing is asked twice. */
const LEAST: Partial<Record<Operation, number>> = {
  lookupNumberRequirements: 1,
  createNumberOrder: 1,
  updateRegistration: 1,
  uploadAttachment: 1,
  // Has the document been checked? And what have the reviewers said?
  getRegistration: 1,
  submit: 1,
  getNumberOrder: 1,
};

const REVIEW_SECONDS = 5;

/** What an Australian order costs in history, Actions and requests: one document, KYC that comes while it waits. */
export async function costFigures(stand: BenchStand): Promise<Figure[]> {
  await stand.startWorker('cost', {
    NUMBER_ORDERS_TASK_QUEUE: 'bench-http',
    NUMBER_ORDERS_REVIEW_POLL: '500 milliseconds',
    NUMBER_ORDERS_REVIEW_POLL_MAX: '500 milliseconds',
    NUMBER_ORDERS_UPLOAD_POLL: '500 milliseconds',
  });
  // Its token, for one.
  await play(stand);
  const before = await requests(stand);
  const cost = await play(stand);
  const after = await requests(stand);
  const asked = Object.fromEntries(Object.entries(after).map(([name, count]) => [name, count - (before[name] ?? 0)]));

  await stand.sinch.changeSettings({ reviewSeconds: REVIEW_SECONDS });
  const reviewed = await play(stand);
  const looks = ((await requests(stand)).getNumberOrder ?? 0) - (after.getNumberOrder ?? 0);
  await stand.sinch.changeSettings({ reviewSeconds: 0, uploadSeconds: 1 });
  const checked = await play(stand);
  await stand.sinch.changeSettings({ uploadSeconds: 0 });

  return [
    { figure: 'history events of an AU order', value: cost.events, goal: { atMost: 57 } },
    { figure: 'billable Actions of an AU order', value: cost.actions, goal: { atMost: 16 } },
    {
      figure: 'events added by each look at a review',
      value: (reviewed.events - cost.events) / Math.max(1, looks - 1),
      goal: { exactly: 0 },
      detail: `${looks} looks in ${REVIEW_SECONDS} s`,
    },
    {
      figure: 'events of one whose document Sinch checks for a second',
      value: checked.events,
      detail: `${checked.actions} Actions, one more for each look after the second`,
    },
    {
      figure: 'requests to Sinch beyond the least possible',
      value: beyond(asked),
      goal: { exactly: 0 },
      detail: Object.entries(asked)
        .filter(([, count]) => count > 0)
        .map(([name, count]) => `${name} ${count}`)
        .join(', '),
    },
  ];
}

function beyond(asked: Record<string, number>): number {
  const least: Record<string, number> = LEAST;
  const names = new Set([...Object.keys(asked), ...Object.keys(least)]);
  return [...names].reduce((sum, name) => sum + Math.abs((asked[name] ?? 0) - (least[name] ?? 0)), 0);
}

async function requests({ sinch }: BenchStand): Promise<Record<string, number>> {
  const { requests: counted } = await sinch.audit();
  return Object.fromEntries(Object.entries(counted).map(([name, { count }]) => [name, count]));
}

async function play(stand: BenchStand): Promise<HistoryCost> {
  const order = await startOrder(stand, 'http');
  await awaitsKyc(order);
  await order.sendKyc();
  await order.handle.result();
  return costOf(await order.handle.fetchHistory());
}

async function awaitsKyc({ handle }: OpenOrder): Promise<void> {
  for (;;) {
    const { stage } = await handle.query<{ stage: string }>('order');
    if (stage === 'AWAITING_KYC') return;
    await delay(50);
  }
}
