import { ORDERED_NUMBER, type NumberOrderRequest } from '@number-orders/contract';
import { alteredOrders, type AnsweredOrder, type OrderCall } from '../../support/altered-orders';
import { auMobile, proofOfIdentity } from '../../support/kyc';
import { dataAt, registrationOf, sendersOf } from '../../support/senders';
import { sinchOrderOf } from '../../support/sinch-orders';
import { standForAll } from '../../support/stands';
import { devServer } from '../../support/temporal';

/** With the Italian templates, which ask for no documents. */
const itMobile = { regionCode: 'IT', numberType: 'MOBILE' } as const;

describe('a registration with $orderedNumber', () => {
  const stand = standForAll(devServer);

  const SELECTIONS: [string, NumberOrderRequest['selection'], number][] = [
    ['the number that was asked for', { phoneNumber: '+393200000042' }, 1],
    ['the first of a search', { search: { pattern: '+3932000001', searchPattern: 'START' } }, 1],
    ['one of a quantity', { quantity: { pattern: '+3932000002', searchPattern: 'START' } }, 1],
    ['each of a quantity', { quantity: { requestedQuantity: 3 } }, 3],
  ];

  it.each(SELECTIONS)(
    'completes the order with KYC that names %s, which its sender could not know',
    async (_what, selection, count) => {
      const reference = await stand.start({ ...itMobile, selection, registration: registrationOf(ORDERED_NUMBER) });

      const { outcome, phoneNumbers, sinchOrderId } = await stand.client.result(reference);

      expect(outcome).toBe('COMPLETED');
      expect(phoneNumbers).toHaveLength(count);
      const [sender] = registrationOf(ORDERED_NUMBER).data[0];
      expect(dataAt(stand, sinchOrderId!)).toEqual([
        phoneNumbers.map((senderId) => ({ ...sender, senderId })),
        ...registrationOf(ORDERED_NUMBER).data.slice(1),
      ]);
      await stand.checkHistory(reference);
    },
  );

  it('is refused with what to write if several numbers have one place in it, and the order continues to wait', async () => {
    const { data } = registrationOf(ORDERED_NUMBER);
    const reference = await stand.start({ ...itMobile, selection: { quantity: { requestedQuantity: 2 } } });
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');

    const answer = await stand.client.register(reference, { data: [data[0][0], data[1], data[2]] });

    expect(answer).toMatchObject({
      status: 'REFUSED',
      reason: 'the registration cannot be sent to the reservation as it stands',
      violations: [
        {
          field: 'requestDetails.data[0].senderId',
          description:
            'holds $orderedNumber, but the order has 2 numbers: put the fields of each number into the only object of a list',
        },
      ],
    });
    await expect(sinchOrderOf(stand, reference)).resolves.toMatchObject({ registrationPuts: 0 });
    await expect(stand.client.register(reference, { data })).resolves.toMatchObject({ status: 'ACCEPTED' });
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  });

  it('is refused with the reason if a hundred numbers make it too large to be sent', async () => {
    const reference = await stand.start({ ...itMobile, selection: { quantity: { requestedQuantity: 100 } } });
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');

    const answer = await stand.client.register(reference, registrationOf(ORDERED_NUMBER, { note: 'x'.repeat(4_000) }));

    expect(answer).toMatchObject({ status: 'REFUSED', violations: [{ field: 'requestDetails' }] });
    expect(answer.violations[0]?.description).toContain('must be at most 262144 bytes');
    await expect(stand.client.register(reference, registrationOf(ORDERED_NUMBER))).resolves.toMatchObject({
      status: 'ACCEPTED',
    });
    const { phoneNumbers, sinchOrderId } = await stand.client.result(reference);
    expect(sendersOf(dataAt(stand, sinchOrderId!))).toEqual(phoneNumbers);
    await stand.checkHistory(reference);
  });
});

describe('a registration with $orderedNumber, when Sinch names the numbers late,', () => {
  /** What becomes of what Sinch answers; by its numbers, and the call. */
  let change: (numbers: AnsweredOrder['orderNumbers'], call: OrderCall) => AnsweredOrder['orderNumbers'];
  const alter = alteredOrders((order, call) => ({ ...order, orderNumbers: change(order.orderNumbers, call) }));
  const stand = standForAll(devServer, { alter });
  const quantity = { ...itMobile, selection: { quantity: { requestedQuantity: 2 } } };

  it('waits until they are named, and is then sent automatically', async () => {
    let looks = 0;
    change = (numbers, call) => (call === 'create' || (call === 'read' && ++looks < 3) ? [] : numbers);
    const reference = await stand.start({ ...quantity, registration: registrationOf(ORDERED_NUMBER) });

    const { outcome, phoneNumbers, sinchOrderId } = await stand.client.result(reference);

    expect(outcome).toBe('COMPLETED');
    expect(phoneNumbers).toHaveLength(2);
    expect(sendersOf(dataAt(stand, sinchOrderId!))).toEqual(phoneNumbers);
    await expect(sinchOrderOf(stand, reference)).resolves.toMatchObject({ registrationPuts: 1 });
    await stand.checkHistory(reference);
  });

  it('is sent again if they turn out to be others, so that no number is bought without its KYC', async () => {
    let first = true;
    change = (numbers) => (first ? numbers.slice(0, 1) : numbers);
    const { selection } = quantity;
    const reference = await stand.start({ ...auMobile, selection, registration: registrationOf(ORDERED_NUMBER) });
    const { sinchOrderId } = await stand.view(reference, ({ outstanding }) => !outstanding.registration);
    expect(sendersOf(dataAt(stand, sinchOrderId!))).toHaveLength(1);

    first = false;
    await stand.client.reread(reference, { author: 'Olga', reason: 'a look' });

    const { phoneNumbers } = await stand.view(reference, () => sendersOf(dataAt(stand, sinchOrderId!))?.length === 2);
    expect(sendersOf(dataAt(stand, sinchOrderId!))).toEqual(phoneNumbers);
    await stand.client.attach(reference, proofOfIdentity());
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED', phoneNumbers });
    await expect(sinchOrderOf(stand, reference)).resolves.toMatchObject({ registrationPuts: 2 });
    await stand.checkHistory(reference);
  });
});
