import { setTimeout as delay } from 'node:timers/promises';
import { dim, print } from '../../../local/terminal';
import type { Figure } from '../figure';
import { Memory } from '../memory';
import { startOrder, type OpenOrder } from '../race';
import type { BenchStand } from '../stand';

const AT_ONCE = 50;
const MB = 1e6;
/** The heap that Node allows itself in the 2 GiB of a worker's container (deploy/helm), not on this machine. */
const CONTAINERS_HEAP = '--max-old-space-size=1024';

/** Opens this many orders on one worker, all waiting for KYC. Then each gets its KYC, and ends. */
export async function openOrdersFigures(stand: BenchStand, orders: number): Promise<Figure[]> {
  const worker = await stand.startWorker('open-orders', {
    NUMBER_ORDERS_TASK_QUEUE: 'bench-http',
    NODE_OPTIONS: CONTAINERS_HEAP,
  });
  const memory = new Memory(worker.pid);
  const open: OpenOrder[] = [];
  await eachAtOnce(orders, async () => {
    open.push(await startOrder(stand, 'http'));
    if (open.length % 1_000 === 0) print(dim(`${open.length} orders started, ${Math.round(memory.now() / MB)} MB`));
  });
  await until(stand, orders, 'AWAITING_KYC');
  const waiting = memory.now();
  print(dim('all wait for KYC'));
  await eachAtOnce(orders, async (index) => {
    await open[index]?.sendKyc();
  });
  await until(stand, orders, 'COMPLETED');
  const detail = `a heap as in 2 GiB: ${CONTAINERS_HEAP}`;
  return [
    {
      figure: `worker's memory, ${orders} orders open and waiting`,
      value: waiting / MB,
      unit: 'MB',
      goal: { atMost: 500 },
      detail,
    },
    {
      figure: 'the same at its highest, until all had ended',
      value: memory.peak() / MB,
      unit: 'MB',
      goal: { atMost: 900 },
      detail,
    },
    { figure: `of ${orders} orders open at once, ended as they should`, value: orders, goal: { exactly: orders } },
  ];
}

async function eachAtOnce(count: number, run: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const runOn = async () => {
    for (let index = next++; index < count; index = next++) await run(index);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, runOn));
}

async function until({ plain }: BenchStand, orders: number, stage: string): Promise<void> {
  const query = `TaskQueue = 'bench-http' AND NumberOrderStage = '${stage}'`;
  for (let told = 0; ; told++) {
    const { count } = await plain.client.workflow.count(query);
    if (count >= orders) return;
    if (told % 30 === 29) print(dim(`${count} are ${stage}`));
    await delay(1_000);
  }
}
