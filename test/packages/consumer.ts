/** A service of somebody's, in a project of its own: test/packages/packages.test.ts copies it there, compiles and runs it. */
import {
  NumberOrdersClient,
  numberOrders,
  openStore,
  OrderRefusedError,
  readClientSettings,
} from '@number-orders/client';
import { SIGNAL, type NumberOrderRequest } from '@number-orders/contract';
import { startFakeSinch } from '@number-orders/fake-sinch';
import { Client, Connection } from '@temporalio/client';

async function main(reference: string, attachmentId: string): Promise<void> {
  const { temporal, store, encryptionKeys, taskQueue } = readClientSettings(process.env);
  // @ts-expect-error: it has types, and is not `any`, also where no worker is installed
  temporal.connectionOptions.address satisfies number | undefined;
  const connection = await Connection.connect(temporal.connectionOptions);
  const client = new Client({ connection, plugins: [numberOrders(encryptionKeys && { encryptionKeys })] });
  const orders = new NumberOrdersClient({ client, taskQueue, store: openStore(store, encryptionKeys) });

  const request: NumberOrderRequest = {
    reference,
    regionCode: 'AU',
    numberType: 'MOBILE',
    selection: { search: { capabilities: ['SMS'] } },
  };
  const { stage } = await orders.reserve(request);
  const content = Buffer.from('a document');
  const document = { attachmentId, fileName: 'a.pdf', mimeType: 'application/pdf', content };
  const { status } = await orders.attach(reference, document);
  const refused = await orders
    .waiveRequirement(reference, { attachmentId: 'nothing', author: 'Olga', reason: 'a test' })
    .catch((error: unknown) => error instanceof OrderRefusedError && error.name);
  await orders.cancel(reference, { reason: 'enough seen' });
  const { outcome } = await orders.result(reference);
  const seen = (await orders.audit(reference)).some(({ name }) => name === SIGNAL.cancel);
  await connection.close();

  // A fake of its own, within the process, as tests have it.
  const fake = await startFakeSinch();
  const numbers = fake.control.availableNumbers('AU', 'MOBILE').length > 0;
  await fake.close();
  console.log(JSON.stringify({ stage, taken: status !== 'REFUSED', refused, outcome, seen, numbers }));
}

main(process.argv[2] ?? '', process.argv[3] ?? '').catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
