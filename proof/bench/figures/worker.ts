import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from '../../../local/paths';
import { bareBundle } from '../bare-bundle';
import { median, rounded, type Figure } from '../figure';
import { Memory } from '../memory';
import { startOrder } from '../race';
import type { BenchStand } from '../stand';

const STARTS = 5;
const MB = 1e6;

/** The size of a worker's code, how long it takes to start, and how much memory a large document needs. */
export async function workerFigures(stand: BenchStand): Promise<Figure[]> {
  const ours = (await stat(join(root, 'dist/workflow-bundle.js'))).size;
  const bare = Buffer.byteLength((await bareBundle()).code);
  const ready: number[] = [];
  for (let start = 0; start < STARTS; start++) {
    const startedAt = performance.now();
    const worker = await stand.startWorker(`ready-${start}`);
    ready.push((performance.now() - startedAt) / 1_000);
    await worker.stop();
  }
  return [
    {
      figure: 'workflow bundle ÷ bare workflow’s',
      value: ours / bare,
      goal: { atMost: 1.15 },
      detail: `${rounded(ours / MB)} MB; bare ${rounded(bare / MB)} MB`,
    },
    {
      figure: 'time until a worker is ready',
      value: median(ready),
      unit: 's',
      goal: { atMost: 2 },
      detail: ready.map((seconds) => String(rounded(seconds))).join(', '),
    },
    await largeDocument(stand),
  ];
}

async function largeDocument(stand: BenchStand): Promise<Figure> {
  const worker = await stand.startWorker('large-document', { NUMBER_ORDERS_TASK_QUEUE: 'bench-http' });
  // The first uploads load code, open connections and allocate buffers that Node reuses.
  for (let count = 0; count < 5; count++) await upload(stand, 1);
  await delay(1_000);
  const memory = new Memory(worker.pid);
  memory.forgetPeak();
  const resting = memory.now();
  await upload(stand, 100);
  const growth = (memory.peak() - resting) / MB;
  await worker.stop();
  return { figure: 'growth of memory by a document of 100 MB', value: growth, unit: 'MB', goal: { atMost: 32 } };
}

async function upload(stand: BenchStand, megabytes: number): Promise<void> {
  const { handle, sendKyc } = await startOrder(stand, 'http', Readable.from(pieces(megabytes)));
  await sendKyc();
  await handle.result();
}

/** Bytes that differ in each document. */
function* pieces(megabytes: number): Generator<Buffer> {
  const piece = randomBytes(64 * 1_024);
  for (let left = megabytes * MB; left > 0; left -= piece.length) yield piece.subarray(0, left);
}
