import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { OrderEndedError, OrderNotFoundError, TemporalUnavailableError } from '../../src/client';
import { TemporalCalls } from '../../src/client/temporal-calls';

const notFound = () => Promise.reject(new WorkflowNotFoundError('not found', 'number-order-any', undefined));
const gone = () =>
  Promise.reject(Object.assign(new Error('14 UNAVAILABLE'), { code: 14, details: 'no connection', metadata: {} }));

/** Temporal as far as a message needs it: it finds no open order, and is then asked whether there is a closed one. */
function messageTo(describe: () => Promise<unknown>): Promise<unknown> {
  const client = { workflow: { getHandle: () => ({ describe }) } } as unknown as Client;
  return new TemporalCalls(client, 'number-orders', Infinity).call('any', notFound);
}

test('a message to an order that has ended says so', async () => {
  await expect(messageTo(() => Promise.resolve({}))).rejects.toThrow(OrderEndedError);
});

test('a message to an order that never was says so', async () => {
  await expect(messageTo(notFound)).rejects.toThrow(OrderNotFoundError);
});

test('where Temporal goes away between the two questions, nobody says that there is no such order', async () => {
  await expect(messageTo(gone)).rejects.toThrow(TemporalUnavailableError);
});
