import { type Client, QueryRejectedError, ServiceError, WorkflowNotFoundError } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import {
  NoAnswerError,
  OrderEndedError,
  OrderNotFoundError,
  OrderPausedError,
  TemporalUnavailableError,
} from '../../src/client';
import { TemporalCalls } from '../../src/client/temporal-calls';

const notFound = () => Promise.reject(new WorkflowNotFoundError('not found', 'number-order-any', undefined));
const gone = () =>
  Promise.reject(Object.assign(new Error('14 UNAVAILABLE'), { code: 14, details: 'no connection', metadata: {} }));

/** Temporal as far as a message needs it: it finds no open order, and is then asked whether there is a closed one. */
function messageTo(describe: () => Promise<unknown>): Promise<unknown> {
  const client = { workflow: { getHandle: () => ({ describe }) } } as unknown as Client;
  return new TemporalCalls(client, 'number-orders', Infinity).call('any', notFound);
}

test('a message to an order that has ended throws OrderEndedError', async () => {
  await expect(messageTo(() => Promise.resolve({}))).rejects.toThrow(OrderEndedError);
});

test('a message to an order that never existed throws OrderNotFoundError', async () => {
  await expect(messageTo(notFound)).rejects.toThrow(OrderNotFoundError);
});

test('a message throws TemporalUnavailableError, not OrderNotFoundError, if Temporal goes down between the two calls', async () => {
  await expect(messageTo(gone)).rejects.toThrow(TemporalUnavailableError);
});

// As server 1.32.1 answers; the one that tests run on cannot pause.
const whilePaused = [
  new QueryRejectedError(temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_PAUSED),
  new ServiceError('Workflow Update failed', {
    cause: Object.assign(new Error('9 FAILED_PRECONDITION'), {
      code: 9,
      details: 'Workflow is paused. Cannot update the workflow.',
      metadata: {},
    }),
  }),
];
test.each(whilePaused)(
  'a call to an order that an operator has paused reports the pause, not that no worker polls: %s',
  async (error) => {
    const calls = new TemporalCalls({} as unknown as Client, 'number-orders', Infinity);
    await expect(calls.call('any', () => Promise.reject(error))).rejects.toThrow(OrderPausedError);
  },
);

// A server that forgets a query cannot be had at will: docs/upstream/lost-query.cjs needs a busy machine and many turns.
describe('a query that Temporal does not answer', () => {
  const unanswered = () =>
    Promise.reject(
      new ServiceError('Failed to query Workflow', {
        cause: Object.assign(new Error('4 DEADLINE_EXCEEDED'), { code: 4, details: 'Deadline exceeded', metadata: {} }),
      }),
    );
  const queryOf = (ask: () => Promise<unknown>, timeoutMs: number) => {
    const client = {
      workflow: { getHandle: () => ({ query: ask }) },
      withDeadline: (_deadline: number, run: () => Promise<unknown>) => run(),
    } as unknown as Client;
    return new TemporalCalls(client, 'number-orders', timeoutMs).query('any', 'order');
  };

  it('is asked again', async () => {
    const ask = jest.fn(() => Promise.resolve('the view')).mockImplementationOnce(unanswered);

    await expect(queryOf(ask, 30_000)).resolves.toBe('the view');
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('fails once the time of the call is over', async () => {
    await expect(queryOf(unanswered, 30)).rejects.toThrow(NoAnswerError);
  });
});
