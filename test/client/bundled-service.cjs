/** A service that orders a number. The test bundles it, with all that it requires. */
const { Readable } = require('node:stream');
const { connectNumberOrders, readClientSettings, OrderRefusedError } = require('@number-orders/client');
const { SIGNAL } = require('@number-orders/contract');

async function main([reference, attachmentId]) {
  const { orders, close } = await connectNumberOrders(readClientSettings(process.env), { tracing: true });
  const { stage } = await orders.reserve({
    reference,
    regionCode: 'AU',
    numberType: 'MOBILE',
    selection: { search: { capabilities: ['SMS'] } },
  });
  const content = Readable.from(['a document']);
  const document = { attachmentId, fileName: 'a.pdf', mimeType: 'application/pdf', content };
  const { status } = await orders.attach(reference, document);
  const refused = await orders
    .waiveRequirement(reference, { attachmentId: 'nothing', author: 'Olga', reason: 'a test' })
    .catch((error) => error instanceof OrderRefusedError && error.name);
  await orders.cancel(reference, { reason: 'enough seen' });
  const { outcome } = await orders.result(reference);
  const seen = (await orders.audit(reference)).some(({ name }) => name === SIGNAL.cancel);
  await close();
  console.log(JSON.stringify({ stage, taken: status !== 'REFUSED', refused, outcome, seen }));
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
