import { ORDERED_NUMBER, workflowIdOf, type NumberOrderRequest, type Registration } from '@number-orders/contract';
import type { Notification } from '../../../src/activities';
import { auMobile, proofOfIdentity } from '../../support/kyc';
import type { OrderStand } from '../../support/order-stand';
import { dataAt, registrationOf, sendersOf } from '../../support/senders';
import { standForAll, standForEach } from '../../support/stands';
import { timeSkipping } from '../../support/temporal';

const SENDER_FIELD = 'requestDetails.data[0][0].senderId';

/** With the Italian templates, which ask for no documents. */
const itMobile = { regionCode: 'IT', numberType: 'MOBILE' } as const;

const messagesOf = async ({ client }: OrderStand, reference: string) =>
  (await client.order(reference)).notices.map(({ message }) => message);

/** An Australian order that lacks its document, past its first reservation, whose number somebody else has taken. */
async function renewed(
  stand: OrderStand,
  registrationFor: (first: string) => Registration,
  more: Partial<NumberOrderRequest> = {},
) {
  const reference = await stand.start({ ...auMobile, onExpiry: 'renew', ...more });
  const { phoneNumbers, sinchOrderId } = await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
  const [first = ''] = phoneNumbers;
  await expect(stand.client.register(reference, registrationFor(first))).resolves.toMatchObject({ status: 'ACCEPTED' });
  expect(sendersOf(dataAt(stand, sinchOrderId!))).toEqual([first]);
  stand.fake.control.removeNumber(first);
  await stand.environment.sleep('49 hours');
  const second = await stand.view(reference, ({ attempt, stage }) => attempt === 2 && stage === 'AWAITING_KYC');
  expect(second.phoneNumbers).not.toEqual(phoneNumbers);
  return { reference, first, second };
}

describe('the requester of an order that is placed again for another number', () => {
  const told: Notification[] = [];
  const notify = (notification: Notification) => Promise.resolve(void told.push(notification));
  // It alone has this server, which no longer skips time after an order has left a child workflow behind.
  const stand = standForAll(timeSkipping, { ports: { notifier: { notify } } });

  it('is notified once that its KYC is for the old one', async () => {
    const { reference } = await renewed(stand, (number) => registrationOf(number), {
      notificationUrl: 'https://shop.example/hooks',
    });
    await stand.view(reference, ({ violations }) => violations.length > 0);
    await stand.client.register(reference, registrationOf(ORDERED_NUMBER));
    await stand.client.attach(reference, proofOfIdentity());

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED', attempts: 2 });

    const refusals = told.filter(({ type }) => type === 'order.kyc_refused');
    expect(refusals).toMatchObject([{ data: { attempt: 2, fields: [SENDER_FIELD] } }]);
    expect(refusals[0]?.data.missing).toContain('registration');
    await stand.checkHistory(reference);
  });
});

describe('an order that is placed again for another number', () => {
  const stand = standForEach(timeSkipping);

  const board = async (reference: string) => {
    const handle = stand.environment.client.workflow.getHandle(workflowIdOf(reference));
    return (await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata')).currentDetails;
  };

  it('sends KYC with $orderedNumber again, automatically, with the new number', async () => {
    const { reference, second } = await renewed(stand, () => registrationOf(ORDERED_NUMBER));
    await stand.view(reference, ({ outstanding }) => !outstanding.registration);

    await stand.client.attach(reference, proofOfIdentity());

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED', attempts: 2 });
    expect(sendersOf(dataAt(stand, second.sinchOrderId!))).toEqual(second.phoneNumbers);
    expect((await stand.client.order(reference)).violations).toEqual([]);
    await stand.checkHistory(reference);
  });

  it('never buys it with KYC for the old one: it reports that, and asks for KYC again', async () => {
    const { reference, first, second } = await renewed(stand, (number) => registrationOf(number));
    const view = await stand.view(reference, ({ violations }) => violations.length > 0);

    await stand.client.attach(reference, proofOfIdentity());

    expect(view).toMatchObject({
      stage: 'AWAITING_KYC',
      outstanding: { registration: true },
      violations: [
        {
          field: SENDER_FIELD,
          description: 'is the number of an earlier attempt: use the current number, or $orderedNumber',
        },
      ],
    });
    const notice = `Registration not sent: ${SENDER_FIELD} is the number of an earlier attempt`;
    expect((await messagesOf(stand, reference)).filter((message) => message.startsWith(notice))).toHaveLength(1);
    expect(await board(reference)).toContain(
      'Missing: `registration`, not sent to this reservation: send it again, corrected',
    );
    expect(dataAt(stand, second.sinchOrderId!)).toBeUndefined();
    // And its sender is told as well, when it is sent once more.
    await expect(stand.client.register(reference, registrationOf(first))).resolves.toMatchObject({
      status: 'REFUSED',
      violations: view.violations,
    });

    await expect(stand.client.register(reference, registrationOf(second.phoneNumbers[0]!))).resolves.toMatchObject({
      status: 'ACCEPTED',
    });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED', attempts: 2 });
    expect(sendersOf(dataAt(stand, second.sinchOrderId!))).toEqual(second.phoneNumbers);
    await stand.checkHistory(reference);
  });

  it('asks again even if Sinch needs no registration, rather than buy without the one that was sent', async () => {
    stand.fake.control.setRequirements('IT', 'MOBILE', undefined);
    stand.fake.control.fault({ operation: 'submit', effect: 'STATUS', status: 400, times: 'ALWAYS' });
    const reference = await stand.start({ ...itMobile, selection: { search: {} }, onExpiry: 'renew' });
    const { phoneNumbers } = await stand.view(reference, ({ notices }) =>
      notices.some(({ message }) => message.startsWith('Sinch refused the submission')),
    );
    await stand.client.register(reference, registrationOf(phoneNumbers[0]!));
    stand.fake.control.removeNumber(phoneNumbers[0]!);
    await stand.environment.sleep('49 hours');
    stand.fake.control.clearFaults();

    const { outstanding } = await stand.view(
      reference,
      ({ attempt, violations }) => attempt === 2 && violations.length > 0,
    );

    expect(outstanding).toEqual({ registration: true, attachments: [] });
    await stand.client.register(reference, registrationOf(ORDERED_NUMBER));
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED', attempts: 2 });
    await stand.checkHistory(reference);
  });

  it('sends KYC for a number that it has got again', async () => {
    const NUMBER = '+61480000007';
    const reference = await stand.start({
      ...auMobile,
      selection: { phoneNumber: NUMBER },
      onExpiry: 'renew',
      registration: registrationOf(NUMBER),
    });
    await stand.view(reference, ({ outstanding }) => !outstanding.registration);
    await stand.environment.sleep('49 hours');
    await stand.view(reference, ({ attempt, outstanding }) => attempt === 2 && !outstanding.registration);

    await stand.client.attach(reference, proofOfIdentity());

    const { outcome, sinchOrderId } = await stand.client.result(reference);
    expect(outcome).toBe('COMPLETED');
    expect(sendersOf(dataAt(stand, sinchOrderId!))).toEqual([NUMBER]);
    await stand.checkHistory(reference);
  });

  describe('after a rejection', () => {
    async function rejected() {
      stand.fake.control.planNextOrder({ review: ['REJECT'] });
      const reference = await stand.start({
        ...itMobile,
        selection: { search: {} },
        onRejection: 'correct',
        registration: registrationOf(ORDERED_NUMBER),
      });
      const { phoneNumbers } = await stand.view(reference, ({ stage }) => stage === 'ACTION_REQUIRED');
      // It has no other choice but to take another one.
      stand.fake.control.removeNumber(phoneNumbers[0]!);
      return { reference, first: phoneNumbers[0]! };
    }

    it('sends corrected KYC with the number that it has then', async () => {
      const { reference, first } = await rejected();

      await stand.client.register(reference, registrationOf(ORDERED_NUMBER));

      const { outcome, phoneNumbers, sinchOrderId } = await stand.client.result(reference);
      expect(outcome).toBe('COMPLETED');
      expect(phoneNumbers).not.toEqual([first]);
      expect(sendersOf(dataAt(stand, sinchOrderId!))).toEqual(phoneNumbers);
      await stand.checkHistory(reference);
    });

    it('asks again if the corrected KYC names the rejected number', async () => {
      const { reference, first } = await rejected();
      await expect(stand.client.register(reference, registrationOf(first))).resolves.toMatchObject({ status: 'KEPT' });
      // The order waits a minute for more of it.
      await stand.environment.sleep('2 minutes');

      const { sinchOrderId, outstanding } = await stand.view(
        reference,
        ({ attempt, violations }) => attempt === 2 && violations.length > 0,
      );

      expect(outstanding.registration).toBe(true);
      expect(dataAt(stand, sinchOrderId!)).toBeUndefined();
      await stand.client.register(reference, registrationOf(ORDERED_NUMBER));
      const { outcome, phoneNumbers } = await stand.client.result(reference);
      expect(outcome).toBe('COMPLETED');
      expect(sendersOf(dataAt(stand, sinchOrderId!))).toEqual(phoneNumbers);
      await stand.checkHistory(reference);
    });
  });
});
