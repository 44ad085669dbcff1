import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Readable } from 'node:stream';
import { temporal } from '@temporalio/proto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { freePort } from '../../local/free-ports';
import { type OtlpReceiver, startOtlpReceiver } from '../../local/otlp-receiver';
import { writePayloads } from '../../src/codec-server/remote-codec';
import { SIGNAL, workflowIdOf } from '@number-orders/contract';
import { type CliProcess, startCli } from '../support/cli-process';
import { startDevServer } from '../support/dev-server';
import { LETTER_OF_AUTHORIZATION, PROOF_OF_IDENTITY, auMobile, auRegistration, proofOfIdentity } from '../support/kyc';
import { startWorkerProcess, type WorkerProcess } from '../support/worker-process';
import { CANARY, leaksIn } from './canaries';
import { sendKycByIntake, type IntakeTraffic } from './kyc-by-intake';

const TOKEN = 'a-token-of-more-than-thirty-two-characters';
const HMAC_SECRET = 'a-secret-that-signs-callbacks-of-sinch';

describe('KYC, searched for in every place where it must not be,', () => {
  const references = ['reviewed', 'failed', 'open', 'by-page'].map((kind) => `canary-test-${kind}-${randomUUID()}`);
  const [reviewed, failed, open, byPage] = references as [string, string, string, string];
  let folder: string;
  let environment: TestWorkflowEnvironment;
  let collector: OtlpReceiver;
  let worker: WorkerProcess;
  let callbacks: CliProcess;
  let codec: CliProcess;
  let intake: CliProcess;
  let traffic: IntakeTraffic;
  let settings: Record<string, string>;
  let metrics: string;
  let metricsOfIntake: string;
  let answers: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'canary-'));
    environment = await startDevServer({ server: { dbFilename: path.join(folder, 'temporal.db') } });
    collector = await startOtlpReceiver();
    const [metricsAddress, callbackAddress, codecAddress] = [await address(), await address(), await address()];
    const [intakeAddress, ofIntake] = [await address(), await address()];
    const withoutMetrics = { NUMBER_ORDERS_METRICS_ADDRESS: 'off' };
    settings = {
      TEMPORAL_ADDRESS: environment.address,
      NUMBER_ORDERS_TASK_QUEUE: 'canary',
      NUMBER_ORDERS_STORE: `file:${path.join(folder, 'store')}`,
      NUMBER_ORDERS_ENCRYPTION_KEYS: `one:${randomBytes(32).toString('base64')}`,
      NUMBER_ORDERS_LOG_LEVEL: 'trace',
      NUMBER_ORDERS_LOG_FORMAT: 'json',
      NUMBER_ORDERS_METRICS_ADDRESS: metricsAddress,
      NUMBER_ORDERS_CALLBACK_ADDRESS: callbackAddress,
      NUMBER_ORDERS_CALLBACK_URL: `http://${callbackAddress}`,
      SINCH_CALLBACK_SECRET: HMAC_SECRET,
      NUMBER_ORDERS_CODEC_ADDRESS: codecAddress,
      NUMBER_ORDERS_CODEC_TOKEN: TOKEN,
      NUMBER_ORDERS_INTAKE_ADDRESS: intakeAddress,
      NUMBER_ORDERS_INTAKE_URL: `http://${intakeAddress}`,
      NUMBER_ORDERS_INTAKE_KEYS: `links:${randomBytes(32).toString('base64')}`,
      NUMBER_ORDERS_INTAKE_TOKENS: `shop:documents+links+read:${TOKEN}`,
      NUMBER_ORDERS_INTAKE_NAME: 'Example Telecom',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
    };
    [worker, callbacks, codec, intake] = await Promise.all([
      startWorkerProcess(settings, { hmacSecret: HMAC_SECRET }),
      startCli(['callbacks'], { ...settings, ...withoutMetrics }, 'Callback receiver is listening'),
      startCli(['codec'], { ...settings, ...withoutMetrics }, 'Codec server is listening'),
      startCli(['intake'], { ...settings, NUMBER_ORDERS_METRICS_ADDRESS: ofIntake }, 'Intake is listening'),
    ]);
    answers = await liveThroughEverything();
    metrics = await (await fetch(`http://${metricsAddress}/metrics`)).text();
    metricsOfIntake = await (await fetch(`http://${ofIntake}/metrics`)).text();
    await post(`http://${callbackAddress}/${CANARY.malformed}/1/mac`, JSON.stringify({ status: CANARY.malformed }));
    await post(`http://${codecAddress}/decode`, JSON.stringify(await requestOf(reviewed)));
    await post(`http://${codecAddress}/decode`, CANARY.malformed);
    await post(`http://${codecAddress}/${CANARY.malformed}`, CANARY.malformed);
  }, 120_000);

  afterAll(async () => {
    await Promise.all([worker.stop(), callbacks.stop(), codec.stop(), intake.stop()]);
    await collector.close();
    await environment.teardown();
    await rm(folder, { recursive: true, force: true });
  });

  const address = async () => `127.0.0.1:${await freePort()}`;
  const post = (url: string, body: string) =>
    fetch(url, { method: 'POST', body, headers: { authorization: `Bearer ${TOKEN}` } });

  async function historyOf(reference: string) {
    const { history } = await environment.connection.workflowService.getWorkflowExecutionHistory({
      namespace: 'default',
      execution: { workflowId: workflowIdOf(reference) },
    });
    return history!;
  }

  /** As the Web UI sends it to the codec server. */
  async function requestOf(reference: string) {
    const [started] = (await historyOf(reference)).events!;
    return writePayloads(started!.workflowExecutionStartedEventAttributes!.input!.payloads!);
  }

  /** One order is refused, corrected, blocked and completed; one fails; two stay open with a document staged. */
  async function liveThroughEverything(): Promise<string> {
    const client = await worker.connect();
    const { orders } = client;
    const kyc = auRegistration({ endBusinessName: CANARY.business, endBusinessAddress: CANARY.street });
    worker.fake.control.planNextOrder({ review: ['BLOCK_THEN_APPROVE'], message: CANARY.reviewers });
    await orders.start({ reference: reviewed, ...auMobile });
    while ((await orders.order(reviewed)).stage !== 'AWAITING_KYC');
    await orders.register(reviewed, auRegistration({ postalCode: CANARY.postalCode }));
    await client.temporal.workflow
      .getHandle(workflowIdOf(reviewed))
      .signal(SIGNAL.registration, { [CANARY.malformed]: CANARY.malformed });
    await orders.register(reviewed, kyc);
    await orders.attach(reviewed, document(PROOF_OF_IDENTITY));
    await orders.result(reviewed);

    await orders.start({ reference: failed, ...auMobile, regionCode: 'XX', registration: kyc });
    const failure = await orders.result(failed).catch((error: unknown) => error);

    await orders.start({ reference: open, ...auMobile, registration: kyc });
    while ((await orders.order(open)).stage !== 'AWAITING_KYC');
    const refusal = await orders.attach(open, document(CANARY.undeclared)).catch((error: unknown) => error);
    await orders.attach(open, document(LETTER_OF_AUTHORIZATION));

    await orders.start({ reference: byPage, ...auMobile, expectedAttachments: [LETTER_OF_AUTHORIZATION] });
    while ((await orders.order(byPage)).stage !== 'AWAITING_KYC');
    traffic = await sendKycByIntake(settings.NUMBER_ORDERS_INTAKE_URL!, TOKEN, byPage);
    await client.close();
    return `${String(failure)} ${JSON.stringify(failure)} ${String(refusal)} ${JSON.stringify(refusal)}`;
  }

  const document = (attachmentId: string) =>
    proofOfIdentity({
      attachmentId,
      fileName: `${CANARY.fileName}.pdf`,
      content: Readable.from([`${CANARY.content} `.repeat(1_000)]),
    });

  it('is in no history, although every event is there', async () => {
    for (const reference of references) {
      const bytes = Buffer.from(temporal.api.history.v1.History.encode(await historyOf(reference)).finish());
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

  it('is not readable in the folder of staged documents', async () => {
    const entries = await readdir(path.join(folder, 'store'), { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    expect(files).not.toEqual([]);
    for (const file of files) {
      const name = path.join(file.parentPath, file.name);
      expect(leaksIn(Buffer.concat([Buffer.from(name), await readFile(name)]))).toEqual([]);
    }
  });

  it('is in no line of the log of worker, callback receiver or codec server', () => {
    const log = worker.lines.map((line) => JSON.stringify(line)).join('\n');
    expect(log).toContain(workflowIdOf(reviewed));
    expect(leaksIn(log)).toEqual([]);
    expect(callbacks.printed()).toContain('signalled');
    expect(leaksIn(callbacks.printed())).toEqual([]);
    expect(codec.printed()).toContain('done');
    expect(leaksIn(codec.printed())).toEqual([]);
  });

  it('is in no log line of the intake, and in no address, cookie or page of other people', () => {
    expect(intake.printed()).toContain('/kyc/orders/:reference');
    expect(leaksIn(intake.printed())).toEqual([]);
    expect(traffic.cookies).toHaveLength(2);
    expect(leaksIn([...traffic.urls, ...traffic.cookies].join('\n'))).toEqual([]);
    // Two who opened the page, and what they saw as it was refused, had a document, and was taken.
    expect(traffic.others.join()).toMatch(/Please correct.*Received/s);
    expect(leaksIn(traffic.others.join('\n'))).toEqual([]);
  });

  it('is repeated by the intake only to the sender, and only what was sent last', () => {
    const seen = traffic.own.map((answer) => leaksIn(answer));
    // Advice, the refusal, the document, what is taken, and bodies that nothing can be read from.
    expect(seen).toEqual([[CANARY.malformed], [CANARY.postalCode], [], [], [], [], []]);
  });

  it.each([
    ['list', () => ['list']],
    ['audit', () => ['audit', reviewed]],
    ['doctor', () => ['doctor']],
  ])('is not in the output of number-orders %s', async (_command, args) => {
    const cli = await startCli(args(), {
      ...settings,
      SINCH_PROJECT_ID: worker.fake.projectId,
      SINCH_KEY_ID: worker.fake.keyId,
      SINCH_KEY_SECRET: worker.fake.keySecret,
      SINCH_NUMBERS_URL: worker.fake.url,
      SINCH_AUTH_URL: worker.fake.authUrl,
    });
    await cli.ended;
    expect(cli.printed()).not.toBe('');
    expect(leaksIn(cli.printed())).toEqual([]);
  });

  it('is in no metric and no span', async () => {
    expect(metrics).toContain('number_orders_ended_total');
    expect(metricsOfIntake).toContain('route="/kyc/orders/:reference"');
    expect(leaksIn(metrics + metricsOfIntake)).toEqual([]);
    // Spans are sent several at a time, every few seconds.
    while (collector.bytes().length === 0) await pause(100);
    expect(leaksIn(collector.bytes())).toEqual([]);
  });

  it('is in no error that a caller gets', () => {
    expect(answers).toContain('SinchInvalidArgument');
    expect(leaksIn(answers)).toEqual([]);
  });

  it('would be found by this search, in plain text and in base64', () => {
    const canary = CANARY.business;
    expect(leaksIn(`… ${canary} …`)).toEqual([canary]);
    for (const before of ['', 'a', 'ab', 'abc']) {
      const encoded = Buffer.from(`{"name":"${before}${canary}"}`).toString('base64');
      expect(leaksIn(encoded)).toEqual([canary]);
    }
  });
});
