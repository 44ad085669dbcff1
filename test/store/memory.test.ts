import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { PROOF_OF_IDENTITY, auMobile, proofOfIdentity } from '../support/kyc';
import { describeOnS3, S3Server } from '../support/s3-server';
import { startWorkerProcess, type WorkerProcess } from '../support/worker-process';

const MiB = 1024 * 1024;
const KEY = `current:${randomBytes(32).toString('base64')}`;

describe('an upload of 100 MB takes less than 32 MB of memory of the worker', () => {
  it('from a folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'memory-'));
    await holdsMemory({ NUMBER_ORDERS_STORE: `file:${folder}` });
    await rm(folder, { recursive: true });
  });

  describeOnS3('kept in S3', () => {
    let s3: S3Server;
    beforeAll(async () => {
      s3 = await S3Server.start();
    });
    afterAll(() => s3.close());

    it('from a bucket, encrypted', () =>
      holdsMemory({
        NUMBER_ORDERS_STORE: `s3://${s3.bucket}/kyc`,
        NUMBER_ORDERS_S3_ENDPOINT: s3.endpoint,
        NUMBER_ORDERS_ENCRYPTION_KEYS: KEY,
        ...S3Server.credentials,
      }));
  });
});

async function holdsMemory(env: Record<string, string>): Promise<void> {
  const worker = await startWorkerProcess(
    { NODE_OPTIONS: `--require ${require.resolve('../support/report-memory.cjs')}`, ...env },
    { attachmentLimitBytes: 200 * MiB },
  );
  const client = await worker.connect();
  const { orders } = client;
  try {
    const reference = `memory-${randomUUID()}`;
    await orders.start({ reference, ...auMobile });
    let uploads = 0;
    const upload = async (size: number) => {
      const content = Readable.from(piecesOf(size));
      await orders.attach(reference, proofOfIdentity({ fileName: `${size}.pdf`, content }));
      await uploaded(worker, ++uploads);
    };
    // What only the first uploads need: code, connections, the buffers that Node keeps to use again.
    for (let count = 0; count < 5; count++) await upload(MiB);
    await delay(1_000);
    const before = worker.lines.length;
    const resting = memoryIn(worker.lines.slice(0, before)).at(-1) ?? 0;

    await upload(100 * MiB);
    const growth = Math.max(...memoryIn(worker.lines.slice(before))) - resting;
    expect(growth).toBeLessThan(32 * MiB);
    await orders.cancel(reference, { reason: 'test' });
    await orders.result(reference);
  } finally {
    await client.close();
    await worker.stop();
  }
}

/** Bytes that no two uploads have in common. */
function* piecesOf(size: number): Generator<Buffer> {
  yield randomBytes(16);
  const piece = Buffer.alloc(64 * 1024, 'lease');
  for (let left = size - 16; left > 0; left -= piece.length) yield piece.subarray(0, left);
}

/** Waits until Sinch has so many documents. */
async function uploaded({ fake }: WorkerProcess, count: number): Promise<void> {
  while ((fake.control.audit().orders[0]?.attachments[PROOF_OF_IDENTITY]?.uploads ?? 0) < count) await delay(20);
}

const memoryIn = (lines: WorkerProcess['lines']): number[] =>
  lines.filter(({ msg }) => msg === 'memory').map(({ rss }) => Number(rss));
