import { setTimeout as delay } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import type { Operation } from '../../../fake-sinch';
import { QUERY, type OrderView } from '@number-orders/contract';
import type { Figure } from '../figure';
import { costOf, type HistoryCost } from '../history-cost';
import { startOrder } from '../race';
import type { BenchStand } from '../stand';

/** The minimum of calls to Sinch that an order needs, none of them twice. */
const LEAST: Partial<Record<Operation, number>> = {
  lookupNumberRequirements: 1,
  createNumberOrder: 1,
  updateRegistration: 1,
  uploadAttachment: 1,
  // One read tells whether the document was checked, and what the reviewers wrote.
  getRegistration: 1,
  submit: 1,
  getNumberOrder: 1,
};

const REVIEW_SECONDS = 5;

/** What an Australian order with one document costs in history, Actions and requests. Its KYC comes while it waits. */
export async function costFigures(stand: BenchStand): Promise<Figure[]> {
  await stand.startWorker('cost', {
    NUMBER_ORDERS_TASK_QUEUE: 'bench-http',
    NUMBER_ORDERS_REVIEW_POLL: '1 second',
    NUMBER_ORDERS_REVIEW_POLL_MAX: '1 second',
    NUMBER_ORDERS_UPLOAD_POLL: '1 second',
  });
  // The first order fetches the token.
  await play(stand);
  const before = await requests(stand);
  const cost = await play(stand);
  const after = await requests(stand);
  const asked = Object.fromEntries(Object.entries(after).map(([name, count]) => [name, count - (before[name] ?? 0)]));
  const polls = await eventsOfPolls(stand);
  await stand.sinch.changeSettings({ uploadSeconds: 1 });
  const checked = await play(stand);
  await stand.sinch.changeSettings({ uploadSeconds: 0 });

  return [
    { figure: 'history events of an AU order', value: cost.events, goal: { atMost: 48 } },
    { figure: 'billable Actions of an AU order', value: cost.actions, goal: { atMost: 13 } },
    { figure: 'history of an AU order, in bytes', value: cost.bytes },
    {
      figure: 'events added by each look at a review',
      value: polls.events / polls.looks,
      goal: { exactly: 0 },
      detail: `${polls.looks} looks`,
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

/** Its two pieces of KYC are sent one after the other: at once, they would share a workflow task. */
async function play(stand: BenchStand): Promise<HistoryCost & { bytes: number }> {
  const { handle, registration, attachment } = await startOrder(stand, 'http');
  await reaches(handle, ({ stage }) => stage === 'AWAITING_KYC');
  await registration();
  await reaches(handle, ({ outstanding }) => !outstanding.registration);
  await attachment();
  await handle.result();
  const { historySize = NaN } = await handle.describe();
  return { ...costOf(await handle.fetchHistory()), bytes: historySize };
}

/** How many events the reads of a long review add to the history. */
async function eventsOfPolls(stand: BenchStand): Promise<{ looks: number; events: number }> {
  await stand.sinch.planNextOrder({ review: ['STUCK'] });
  const { handle, sendKyc } = await startOrder(stand, 'http');
  await sendKyc();
  await reaches(handle, ({ stage }) => stage === 'IN_REVIEW');
  const counted = async () => ({
    looks: (await requests(stand)).getNumberOrder ?? 0,
    events: costOf(await handle.fetchHistory()).events,
  });
  while ((await counted()).looks === 0) await delay(100);
  const first = await counted();
  await delay(REVIEW_SECONDS * 1_000);
  const last = await counted();
  await handle.terminate();
  return { looks: last.looks - first.looks, events: last.events - first.events };
}

async function reaches(handle: WorkflowHandle, wanted: (view: OrderView) => boolean): Promise<void> {
  while (!wanted(await handle.query<OrderView>(QUERY.order))) await delay(50);
}
