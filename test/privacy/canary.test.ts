import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { temporal } from '@temporalio/proto';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { SIGNAL, workflowIdOf } from '../../src/contract';
import { devServerOptions } from '../support/dev-server';
import { auMobile, auRegistration, proofOfIdentity } from '../support/kyc';
import { type OtlpReceiver, startOtlpReceiver } from '../../local/otlp-receiver';
import { freePort, startWorkerProcess, type WorkerProcess } from '../support/worker-process';

/** Unmistakable, as KYC: whoever finds one of these outside its place has found a leak. */
const CANARIES = [
  'canary-business-5c1e',
  'canary-street-88d2',
  'canary-postcode-0b7f',
  'canary-file-name-e3a4',
  'canary-content-91c6',
  'canary-reviewer-d40a',
  'canary-malformed-2f9b',
  'canary-undeclared-6ae8',
];

/** As base64 shows a text, wherever in the encoded bytes it begins. */
function base64Forms(text: string): string[] {
  return [0, 1, 2].map((offset) => {
    const encoded = Buffer.from('x'.repeat(offset) + text).toString('base64');
    // The first and the last group may share bits with what stands beside the text.
    return encoded.slice(offset === 0 ? 0 : 4, Math.floor(encoded.length / 4) * 4 - 4);
  });
}

function leaksIn(bytes: Buffer): string[] {
  return CANARIES.filter((canary) => [canary, ...base64Forms(canary)].some((form) => bytes.includes(form)));
}

describe('KYC, searched for wherever it must not be', () => {
  const references = ['reviewed', 'failed', 'open'].map((kind) => `canary-test-${kind}-${randomUUID()}`);
  const [reviewed, failed, open] = references as [string, string, string];
  let folder: string;
  let environment: TestWorkflowEnvironment;
  let collector: OtlpReceiver;
  let worker: WorkerProcess;
  let metrics: string;
  let answers: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'canary-'));
    environment = await TestWorkflowEnvironment.createLocal({
      server: { ...devServerOptions(), dbFilename: path.join(folder, 'temporal.db') },
    });
    collector = await startOtlpReceiver();
    const metricsAddress = `127.0.0.1:${await freePort()}`;
    worker = await startWorkerProcess({
      TEMPORAL_ADDRESS: environment.address,
      NUMBER_ORDERS_STORE: `file:${path.join(folder, 'store')}`,
      NUMBER_ORDERS_ENCRYPTION_KEYS: `one:${randomBytes(32).toString('base64')}`,
      NUMBER_ORDERS_METRICS_ADDRESS: metricsAddress,
      NUMBER_ORDERS_LOG_LEVEL: 'trace',
      NUMBER_ORDERS_LOG_FORMAT: 'json',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
    });
    answers = await liveThroughEverything();
    metrics = await (await fetch(`http://${metricsAddress}/metrics`)).text();
  }, 120_000);

  afterAll(async () => {
    await worker.stop();
    await collector.close();
    await environment.teardown();
    await rm(folder, { recursive: true, force: true });
  });

  /** One order is refused, corrected, blocked and completed; one fails; one stays open with a document staged. */
  async function liveThroughEverything(): Promise<string> {
    const client = await worker.connect();
    const { orders } = client;
    const kyc = auRegistration({ endBusinessName: CANARIES[0], endBusinessAddress: CANARIES[1] });
    worker.fake.control.planNextOrder({ review: ['BLOCK_THEN_APPROVE'], message: CANARIES[5] });
    await orders.start({ reference: reviewed, ...auMobile });
    while ((await orders.order(reviewed)).stage !== 'AWAITING_KYC');
    await orders.register(reviewed, auRegistration({ postalCode: CANARIES[2] }));
    await client.temporal.workflow
      .getHandle(workflowIdOf(reviewed))
      .signal(SIGNAL.registration, { [CANARIES[6]!]: CANARIES[6] });
    await orders.register(reviewed, kyc);
    await orders.attach(reviewed, document('proofOfIdentity'));
    await orders.result(reviewed);

    await orders.start({ reference: failed, ...auMobile, regionCode: 'XX', registration: kyc });
    const failure = await orders.result(failed).catch((error: unknown) => error);

    await orders.start({ reference: open, ...auMobile, registration: kyc });
    while ((await orders.order(open)).stage !== 'AWAITING_KYC');
    const refusal = await orders.attach(open, document(CANARIES[7]!)).catch((error: unknown) => error);
    await orders.attach(open, document('letterOfAuthorization'));
    await client.close();
    return `${String(failure)} ${JSON.stringify(failure)} ${String(refusal)} ${JSON.stringify(refusal)}`;
  }

  const document = (attachmentId: string) =>
    proofOfIdentity({
      attachmentId,
      fileName: `${CANARIES[3]}.pdf`,
      content: Readable.from([`${CANARIES[4]} `.repeat(1_000)]),
    });

  it('is in no history, though everything that happened is', async () => {
    for (const reference of references) {
      const { history } = await environment.connection.workflowService.getWorkflowExecutionHistory({
        namespace: 'default',
        execution: { workflowId: workflowIdOf(reference) },
      });
      const bytes = Buffer.from(temporal.api.history.v1.History.encode(history!).finish());
      expect(bytes.length).toBeGreaterThan(1_000);
      expect(leaksIn(bytes)).toEqual([]);
    }
  });

  it('is in no search attribute, memo or summary', async () => {
    const { workflowService } = environment.connection;
    const { executions } = await workflowService.listWorkflowExecutions({ namespace: 'default' });
    const described = await Promise.all(
      references.map((reference) =>
        workflowService.describeWorkflowExecution({
          namespace: 'default',
          execution: { workflowId: workflowIdOf(reference) },
        }),
      ),
    );
    const type = temporal.api.workflowservice.v1;
    const bytes = Buffer.concat([
      type.ListWorkflowExecutionsResponse.encode({ executions }).finish(),
      ...described.map((each) => type.DescribeWorkflowExecutionResponse.encode(each).finish()),
    ]);
    expect(executions).toHaveLength(references.length);
    expect(leaksIn(bytes)).toEqual([]);
  });

  it("is not in the files of Temporal's database", async () => {
    const files = (await readdir(folder)).filter((name) => name.startsWith('temporal.db'));
    expect(files).not.toEqual([]);
    for (const name of files) expect(leaksIn(await readFile(path.join(folder, name)))).toEqual([]);
  });

  it('is not readable where documents are staged', async () => {
    const entries = await readdir(path.join(folder, 'store'), { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    expect(files).not.toEqual([]);
    for (const file of files) {
      const name = path.join(file.parentPath, file.name);
      expect(leaksIn(Buffer.concat([Buffer.from(name), await readFile(name)]))).toEqual([]);
    }
  });

  it('is in no line of the log, metric or span', async () => {
    const log = worker.lines.map((line) => JSON.stringify(line)).join('\n');
    expect(log).toContain(workflowIdOf(reviewed));
    expect(leaksIn(Buffer.from(log))).toEqual([]);
    expect(metrics).toContain('number_orders_ended_total');
    expect(leaksIn(Buffer.from(metrics))).toEqual([]);
    expect(leaksIn(collector.bytes())).toEqual([]);
  });

  it('is in no error a caller is handed', () => {
    expect(answers).toContain('SinchInvalidArgument');
    expect(leaksIn(Buffer.from(answers))).toEqual([]);
  });

  it('would be found: the search sees what is there, plain and in base64', () => {
    const [canary] = CANARIES as [string];
    expect(leaksIn(Buffer.from(`… ${canary} …`))).toEqual([canary]);
    for (const before of ['', 'a', 'ab', 'abc']) {
      const encoded = Buffer.from(`{"name":"${before}${canary}"}`).toString('base64');
      expect(leaksIn(Buffer.from(encoded))).toEqual([canary]);
    }
  });
});
