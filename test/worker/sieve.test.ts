import { encode } from '@temporalio/common/lib/encoding';
import { coresdk } from '@temporalio/proto';
import { FORCED_MEMO } from '@number-orders/contract';
import { ACTIVATION } from '../../src/worker/activation-sieve';
import { sift } from '../../src/worker/sieve';

const { WorkflowActivation } = coresdk.workflow_activation;
type Headers = Record<string, object>;
type Activation = coresdk.workflow_activation.IWorkflowActivation;

const written = (activation: Activation) => Buffer.from(WorkflowActivation.encode(activation).finish());
const sifted = (activation: Activation) =>
  WorkflowActivation.toObject(WorkflowActivation.decode(sift(written(activation), ACTIVATION)), { bytes: String });
const asIs = (activation: Activation) =>
  WorkflowActivation.toObject(WorkflowActivation.decode(written(activation)), { bytes: String });

const encoding = encode('binary/encrypted');
const payload = { metadata: { encoding, 'encryption-key-id': encode('k') }, data: encode('its data') };
const trace = { '_tracer-data': payload };

/** What a worker is told of an order, of each kind and with nothing left out. */
const ORDINARY: Activation[] = [
  {
    runId: 'run',
    timestamp: {},
    historyLength: 7,
    jobs: [
      {
        initializeWorkflow: {
          workflowType: 'numberOrder',
          workflowId: 'number-order-1',
          arguments: [payload, payload],
          headers: trace,
          identity: 'a client',
          continuedFromExecutionRunId: 'before',
          searchAttributes: { indexedFields: { NumberOrderStage: payload } },
          attempt: 1,
        },
      },
      { signalWorkflow: { signalName: 'cancel', input: [payload], identity: 'a client', headers: trace } },
      {
        doUpdate: {
          id: 'u',
          protocolInstanceId: 'p',
          name: 'reread',
          input: [payload],
          headers: trace,
          runValidator: true,
        },
      },
      { signalWorkflow: { signalName: 'of no argument' } },
      { resolveActivity: { seq: 3, result: { completed: { result: payload } } } },
      {
        resolveActivity: {
          seq: 4,
          result: {
            failed: { failure: { message: 'm', applicationFailureInfo: { details: { payloads: [payload] } } } },
          },
        },
      },
      { fireTimer: { seq: 5 } },
      { removeFromCache: { message: 'full' } },
    ],
    availableInternalFlags: [1, 2, 3],
    lastSdkVersion: '1.24.0',
  },
  {
    runId: 'run',
    jobs: [{ queryWorkflow: { queryId: 'legacy', queryType: 'order', arguments: [payload], headers: trace } }],
  },
  { runId: 'run', jobs: [] },
  {},
];

describe('the filter of activations', () => {
  it.each(ORDINARY)('passes an ordinary message unchanged, activation %#', (activation) => {
    expect(sift(written(activation), ACTIVATION)).toEqual(written(activation));
  });

  const many = <T>(count: number, make: (index: number) => T) =>
    Array.from({ length: count }, (_, index) => make(index));
  const record = <T>(count: number, value: T) => Object.fromEntries(many(count, (index) => [`x${index}`, value]));
  const laden = {
    metadata: { ...payload.metadata, ...record(1_000, encode('?')) },
    data: payload.data,
    externalPayloads: many(1_000, () => ({})),
  };

  it.each([
    [
      'signal',
      (input: object[], headers: Headers) => ({ signalWorkflow: { signalName: 's', input, headers, identity: 'i' } }),
    ],
    [
      'update',
      (input: object[], headers: Headers) => ({ doUpdate: { id: 'u', name: 'n', input, headers, runValidator: true } }),
    ],
    [
      'query',
      (input: object[], headers: Headers) => ({
        queryWorkflow: { queryId: 'q', queryType: 't', arguments: input, headers },
      }),
    ],
  ])('drops unused parts of a %s, so that a flood of them delays no other order', (_kind, job) => {
    const activation = (input: object[], headers: Headers): Activation => ({
      runId: 'run',
      jobs: [job(input, headers), { fireTimer: { seq: 1 } }],
    });
    expect(
      sifted(
        activation(
          many(1_000, () => payload),
          { ...record(1_000, payload), ...trace },
        ),
      ),
    ).toEqual(asIs(activation([payload], trace)));
    expect(sifted(activation([laden], { '_tracer-data': laden }))).toEqual(asIs(activation([payload], trace)));
    expect(
      sifted(
        activation(
          many(1_000, () => ({})),
          {},
        ),
      ),
    ).toEqual(asIs(activation([{}], {})));
  });

  it('drops unused parts of a start, and keeps what the run before has handed over', () => {
    const start = (more: object): Activation => ({
      jobs: [
        { initializeWorkflow: { workflowType: 'numberOrder', arguments: [payload, payload], headers: trace, ...more } },
      ],
    });
    const surplus = {
      arguments: [laden, payload, ...many(1_000, () => payload)],
      headers: { ...record(1_000, payload), ...trace, '': payload },
      memo: { fields: { ...record(1_000, payload), [FORCED_MEMO]: laden } },
    };
    expect(sifted(start(surplus))).toEqual(asIs(start({ memo: { fields: { [FORCED_MEMO]: payload } } })));
  });
});
