import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { intakeSettings } from '../../demo/settings';
import { FakeControl } from '../../local/fake-control';
import { lastingPorts } from '../../local/free-ports';
import { intake, worker, workerIsReady } from '../../local/programs';
import { told, type Claim } from '../../local/verdict';
import { connectNumberOrders, readClientSettings, type NumberOrdersClient } from '../../src/client';
import { Memory } from '../bench/memory';
import { runPlay } from '../cluster/acts';
import { PROOF_OF_IDENTITY } from '../model/kyc';

const MB = 1e6;
const MOST_GROWTH_MB = 50;

runPlay({
  usage: `npm run intake-memory                      what a document of 100 MB takes of the intake's memory
npm run intake-memory -- --server postgres   on the topology people run
npm run intake-memory -- --report <file>     write what must hold, and whether it did, as JSON`,
  logs: 'intake-memory',
  devServer: true,
  acts: async ({ settings: common, fakeSinch }, { processes }) => {
    const [port = 0] = await lastingPorts(1);
    const settings: Record<string, string> = {
      ...common,
      ...intakeSettings(port),
      NUMBER_ORDERS_ENCRYPTION_KEYS: `proof:${randomBytes(32).toString('base64')}`,
      NUMBER_ORDERS_INTAKE_DOCUMENT_MB: '200',
      NUMBER_ORDERS_INTAKE_ORDER_MB: '2000',
    };
    await new FakeControl(fakeSinch).changeSettings({ uploadSeconds: 0, attachmentLimitBytes: 200 * MB });
    await processes.start(worker(settings)).whenReady(workerIsReady);
    const service = intake(settings);
    const started = processes.start(service);
    await started.whenReady(service.isReady);
    const client = await connectNumberOrders(readClientSettings(settings));
    try {
      const memory = new Memory(started.pid);
      return [
        await growth('handed in by HTTP', memory, await byHttp(client.orders, settings)),
        await growth('sent by the page', memory, await byPage(client.orders, settings)),
      ];
    } finally {
      await client.close();
    }
  },
});

/** Sends a document of this many megabytes. */
type Send = (megabytes: number) => Promise<void>;

async function growth(how: string, memory: Memory, send: Send): Promise<Claim> {
  // The first documents load code, open connections and allocate buffers that Node reuses.
  for (let count = 0; count < 5; count++) await send(1);
  await delay(1_000);
  memory.forgetPeak();
  const resting = memory.now();
  await send(100);
  const grown = (memory.peak() - resting) / MB;
  const claim = `a document of 100 MB, ${how} and encrypted into a folder, takes ${grown.toFixed(1)} MB more memory of the intake`;
  return told(`${claim}; ${MOST_GROWTH_MB} at most`, grown < MOST_GROWTH_MB);
}

async function waiting(orders: NumberOrdersClient, reference: string): Promise<string> {
  await orders.reserve({ reference, regionCode: 'AU', numberType: 'MOBILE', selection: { search: {} } });
  return reference;
}

async function byHttp(orders: NumberOrdersClient, settings: Record<string, string>): Promise<Send> {
  const order = `${settings.NUMBER_ORDERS_INTAKE_URL}/v1/orders/${await waiting(orders, 'by-http')}`;
  return async (megabytes) => {
    const answer = await stream(`${order}/attachments/${PROOF_OF_IDENTITY}`, 'PUT', pieces(megabytes), {
      authorization: `Bearer ${settings.NUMBER_ORDERS_INTAKE_TOKEN}`,
      'content-type': 'application/pdf',
      'content-disposition': 'attachment; filename="passport.pdf"',
    });
    if (!answer.includes('"ACCEPTED"')) throw new Error(`The intake answered ${answer}`);
  };
}

async function byPage(orders: NumberOrdersClient, settings: Record<string, string>): Promise<Send> {
  const origin = settings.NUMBER_ORDERS_INTAKE_URL ?? '';
  const reference = await waiting(orders, 'by-page');
  const { url } = await orders.kycLink(reference);
  const opened = await fetch(url, { method: 'POST', redirect: 'manual', headers: { origin } });
  const cookie = (opened.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const boundary = 'a-boundary-of-the-proof';
  return async (megabytes) => {
    const answer = await stream(`${origin}/kyc/orders/${reference}`, 'POST', form(boundary, megabytes), {
      origin,
      cookie,
      'content-type': `multipart/form-data; boundary=${boundary}`,
    });
    if (!answer.includes('Received. Thank you.')) throw new Error('The page does not say that it has received it');
  };
}

async function stream(url: string, method: string, content: Iterable<Buffer>, headers: Record<string, string>) {
  const body = Readable.toWeb(Readable.from(content)) as ReadableStream;
  const answer = await fetch(url, { method, headers, body, duplex: 'half' });
  return answer.text();
}

function* form(boundary: string, megabytes: number): Generator<Buffer> {
  const name = `name="document.${PROOF_OF_IDENTITY}"; filename="passport.pdf"`;
  yield Buffer.from(
    `--${boundary}\r\ncontent-disposition: form-data; ${name}\r\ncontent-type: application/pdf\r\n\r\n`,
  );
  yield* pieces(megabytes);
  yield Buffer.from(`\r\n--${boundary}--\r\n`);
}

/** Bytes that differ in each document. */
function* pieces(megabytes: number): Generator<Buffer> {
  const piece = randomBytes(64 * 1_024);
  for (let left = megabytes * MB; left > 0; left -= piece.length) yield piece.subarray(0, left);
}
