import { randomUUID } from 'node:crypto';
import { context, propagation, SpanStatusCode, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { encode } from '@temporalio/common/lib/encoding';
import { Worker } from '@temporalio/worker';
import type { ConnectedClient } from '../../src/client';
import { workflowIdOf } from '@number-orders/contract';
import { createWorkerDataConverter } from '../../src/data-converter/worker-data-converter';
import { WithoutTexts } from '../../src/worker/spans-without-texts';
import { workflowBundle } from '../../src/worker/workflow-code';
import { gbMobile, gbRegistration } from '../support/kyc';
import { type OtlpReceiver, type ReceivedSpan, startOtlpReceiver } from '../../local/otlp-receiver';
import { openStand } from '../support/order-stand';
import { devServer } from '../support/temporal';
import { startWorkerProcess, type WorkerProcess } from '../support/worker-process';

type History = Parameters<typeof Worker.runReplayHistory>[1];

async function replay(reference: string, history: History, { traced }: { traced: boolean }): Promise<void> {
  const dataConverter = createWorkerDataConverter();
  const options = {
    workflowBundle: await workflowBundle({ dataConverter, traced }),
    dataConverter,
    sinks: { exporter: { export: { fn: () => undefined, callDuringReplay: false } } },
  };
  await Worker.runReplayHistory(options, history, workflowIdOf(reference));
}

/** The services that order numbers have an OpenTelemetry SDK of their own; this is the one here. */
function registerOwnSdk(): { exporter: InMemorySpanExporter; stop(): Promise<void> } {
  const exporter = new InMemorySpanExporter();
  const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  provider.register();
  return {
    exporter,
    stop: async () => {
      for (const api of [trace, context, propagation]) api.disable();
      await provider.shutdown();
    },
  };
}

describe('with OTEL_EXPORTER_OTLP_ENDPOINT set, an order', () => {
  const reference = `traces-${randomUUID()}`;
  let receiver: OtlpReceiver;
  let worker: WorkerProcess;
  let client: ConnectedClient;
  let history: History;
  let ours: { traceId: string; names: string[] };

  beforeAll(async () => {
    receiver = await startOtlpReceiver();
    worker = await startWorkerProcess({
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint,
      OTEL_BSP_SCHEDULE_DELAY: '100',
    });
    const sdk = registerOwnSdk();
    client = await worker.connect({ tracing: true });
    await trace.getTracer('a service').startActiveSpan('order a number', async (span) => {
      await client.orders.start({ reference, ...gbMobile });
      while ((await client.orders.order(reference)).stage !== 'AWAITING_KYC');
      await client.orders.register(reference, gbRegistration);
      await client.orders.result(reference);
      span.end();
      const { traceId } = span.spanContext();
      const mine = sdk.exporter.getFinishedSpans().filter((each) => each.spanContext().traceId === traceId);
      ours = { traceId, names: mine.map(({ name }) => name) };
    });
    history = await client.temporal.workflow.getHandle(workflowIdOf(reference)).fetchHistory();
    await sdk.stop();
    // Stopping sends what has not been sent.
    await worker.stop();
  });
  afterAll(async () => {
    await client.close();
    await receiver.close();
  });

  const named = (name: string) => receiver.spans.filter((span) => span.name === name);
  /** From a span up to the root, by name. */
  const pathOf = (span: ReceivedSpan): string[] => {
    const parent = receiver.spans.find(({ spanId }) => spanId === span.parentSpanId);
    return [span.name, ...(parent ? pathOf(parent) : [])];
  };

  it('has one trace from the service that starts it, through workflow and activities, to each call of Sinch', () => {
    expect(ours.names).toEqual(expect.arrayContaining(['StartWorkflow:numberOrder', 'order a number']));
    const [run] = named('RunWorkflow:numberOrder');
    expect(run?.traceId).toBe(ours.traceId);
    const calls = {
      lookupNumberRequirements: 'beginOrder',
      createNumberOrder: 'createNumberOrder',
      submitNumberOrder: 'submitNumberOrder',
    };
    for (const [operation, activity] of Object.entries(calls)) {
      const [call] = named(`Sinch:${operation}`);
      expect(call?.traceId).toBe(ours.traceId);
      expect(pathOf(call!)).toEqual([
        `Sinch:${operation}`,
        `RunActivity:${activity}`,
        `StartActivity:${activity}`,
        'RunWorkflow:numberOrder',
      ]);
    }
    expect(new Set(receiver.spans.map(({ traceId }) => traceId))).toEqual(new Set([ours.traceId]));
    expect(new Set(receiver.spans.map(({ service }) => service))).toEqual(new Set(['number-orders-worker']));
  });

  it('has the operation and status of every call in its trace, and neither URL nor body', () => {
    const [call] = named('Sinch:updateRegistration');
    expect(call?.attributes).toEqual({
      'sinch.operation': 'updateRegistration',
      'sinch.correlation_id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'http.response.status_code': 200,
    });
    for (const secret of ['Example Ltd', 'Alex', '+44', worker.fake.url]) {
      expect(receiver.bytes().includes(secret)).toBe(false);
    }
  });

  it('can be replayed by code that does not trace, so that switching tracing off breaks no open order', async () => {
    await expect(replay(reference, history, { traced: false })).resolves.toBeUndefined();
  });
});

it('a traced order continues when it is sent trace headers that OpenTelemetry cannot read', async () => {
  const receiver = await startOtlpReceiver();
  const worker = await startWorkerProcess({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint });
  const client = await worker.connect();
  const { orders, temporal } = client;
  const reference = `traces-${randomUUID()}`;
  await orders.reserve({ reference, ...gbMobile });

  for (const trace of ['{"traceparent": ', 'null', '{"baggage":"%"}', '{"baggage":7}']) {
    const header = { metadata: { encoding: encode('json/plain') }, data: encode(trace) };
    await temporal.workflowService.signalWorkflowExecution({
      namespace: temporal.options.namespace,
      workflowExecution: { workflowId: workflowIdOf(reference) },
      signalName: 'no-such-signal',
      header: { fields: { '_tracer-data': header } },
    });
  }

  await orders.register(reference, gbRegistration);
  await expect(orders.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
  const { notices } = await orders.order(reference);
  expect(notices.filter(({ message }) => message.startsWith('Signal no-such-signal ignored'))).toHaveLength(4);
  await client.close();
  await worker.stop();
  await receiver.close();
});

it('an untraced order can be replayed by code that traces, so that switching tracing on breaks no open order', async () => {
  const stand = await openStand(await devServer());
  const reference = await stand.start({ ...gbMobile, registration: gbRegistration });
  await stand.client.result(reference);
  const history = await stand.environment.client.workflow.getHandle(workflowIdOf(reference)).fetchHistory();
  await stand.close();
  await stand.environment.teardown();

  await expect(replay(reference, history, { traced: true })).resolves.toBeUndefined();
});

describe('the span of a failed call', () => {
  it('has the type of the error and not its text, which may contain what a sender wrote', async () => {
    const exporter = new InMemorySpanExporter();
    const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(new WithoutTexts(exporter))] });
    const span = provider.getTracer('test').startSpan('it');
    span.recordException(new RangeError('Alex is not a name'));
    span.setStatus({ code: SpanStatusCode.ERROR, message: 'Alex is not a name' });
    span.end();

    const [exported] = exporter.getFinishedSpans();

    expect(exported?.spanContext()).toEqual(span.spanContext());
    expect(exported?.events[0]?.attributes).toEqual({ 'exception.type': 'RangeError' });
    expect(exported?.status).toEqual({ code: SpanStatusCode.ERROR });
    await provider.shutdown();
  });
});
