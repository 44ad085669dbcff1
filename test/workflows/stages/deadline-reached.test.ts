import {
  PROOF_OF_IDENTITY,
  auMobile,
  auRegistration,
  gbMobile,
  gbRegistration,
  proofOfIdentity,
} from '../../support/kyc';
import { sinchOrderOf } from '../../support/sinch-orders';
import { standForEach } from '../../support/stands';
import { timeSkipping } from '../../support/temporal';

const MINUTE = 60_000;
const WINDOW_MINUTES = 30;
/** From here on no submit starts; a minute and a half later the reservation lapses. */
const DEADLINE = 28.5 * MINUTE;

/** Seldom enough for hours that pass in a moment. */
const POLL = { initialMs: 50, maxMs: 5 * MINUTE };

describe('row 12: the deadline is reached', () => {
  const stand = standForEach(timeSkipping, {
    fake: { reservationSeconds: WINDOW_MINUTES * 60 },
    ports: { polls: { upload: POLL, review: POLL, provisioning: POLL } },
  });

  const awaitingOrder = async (request = gbMobile) => {
    const reference = await stand.start(request);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    return reference;
  };

  const expectExpired = async (reference: string, missing: string[]) => {
    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'EXPIRED',
      missing,
      reservations: [{ state: 'LAPSED' }],
    });
    await expect(sinchOrderOf(stand, reference)).resolves.toMatchObject({ state: 'EXPIRED', submits: 0 });
    await stand.checkHistory(reference);
  };

  it('while the last piece is being sent to a Sinch that refuses it', async () => {
    stand.fake.control.fault({ operation: 'updateRegistration', effect: 'HTML', times: 'ALWAYS' });
    const reference = await awaitingOrder();
    await stand.client.register(reference, gbRegistration, { signal: true });

    await expectExpired(reference, ['registration']);
  });

  it('while the last document is being checked', async () => {
    const reference = await awaitingOrder(auMobile);
    await stand.client.register(reference, auRegistration());
    await stand.client.attach(reference, proofOfIdentity({ fileName: 'UPLOAD-STUCK.pdf' }));

    await expectExpired(reference, [PROOF_OF_IDENTITY]);
  });

  it('while Sinch refuses the submission, however long it asks to wait', async () => {
    stand.fake.control.fault({ operation: 'submit', effect: 'STATUS', status: 429, retryAfter: 7 * 24 * 3600 });
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration });

    await expectExpired(reference, []);
    expect(await stand.lifetimeOf(reference)).toBeLessThan((WINDOW_MINUTES + 5) * MINUTE);
    expect((await sinchOrderOf(stand, reference)).submitAttempts).toBe(0);
  });

  it('while Sinch is down, and the order waits to read the state of its reservation', async () => {
    const reference = await awaitingOrder();
    stand.fake.control.fault({ operation: '*', effect: 'HTML', times: 'ALWAYS' });
    await stand.environment.sleep(60 * MINUTE);
    const { stage, notices } = await stand.client.order(reference);
    expect(stage).toBe('AWAITING_KYC');
    expect(notices.at(-1)?.message).toBe('The deadline has passed; still missing registration');
    stand.fake.control.clearFaults();

    await expectExpired(reference, ['registration']);
  });

  /** An order whose reservation Sinch keeps for so much longer than the 48 hours we take it for. */
  const keptLonger = async (seconds: number) => {
    // A token that expires costs a request of its own.
    stand.fake.control.configure({ hideExpireTime: true, tokenSeconds: 30 * 86_400 });
    stand.fake.control.planNextOrder({ reservationSeconds: 48 * 3_600 + seconds });
    return awaitingOrder();
  };
  const looks = () => stand.fake.control.audit().requests.getNumberOrder?.count;

  it('but Sinch keeps the reservation: it is read three times, and left to lapse', async () => {
    const reference = await keptLonger(24 * 3_600);

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'EXPIRED',
      reservations: [{ state: 'LAPSING', expireTime: expect.any(String) }],
    });

    expect(looks()).toBe(3);
    await stand.checkHistory(reference);
  });

  it('and Sinch ends the reservation a little late: the next read finds it', async () => {
    const reference = await keptLonger(90);

    await expectExpired(reference, ['registration']);
    expect(looks()).toBe(2);
  });

  it('and Sinch temporarily does not know the reservation: the next read finds it lapsed', async () => {
    const reference = await awaitingOrder();
    stand.fake.control.fault({ operation: 'getNumberOrder', effect: 'STATUS', status: 404 });

    await expectExpired(reference, ['registration']);
    expect(looks()).toBe(2);
  });

  it('and Sinch no longer knows the reservation: it is read three times, and reported as a possible orphan', async () => {
    const reference = await awaitingOrder();
    stand.fake.control.vanishOrder((await sinchOrderOf(stand, reference)).idNumberOrder);

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'EXPIRED',
      reservations: [{ state: 'POSSIBLY_ORPHANED' }],
    });
    expect(looks()).toBe(3);
    expect(await stand.lifetimeOf(reference)).toBeLessThan((WINDOW_MINUTES + 10) * MINUTE);
    await stand.checkHistory(reference);
  });

  it('by an order that is already in review at Sinch, which continues', async () => {
    const reference = await awaitingOrder();
    const { idNumberOrder } = await sinchOrderOf(stand, reference);
    stand.fake.control.moveOrder(idNumberOrder, 'IN_REVIEW');
    await stand.environment.sleep(DEADLINE + 10 * MINUTE);
    await stand.view(reference, ({ stage }) => stage === 'IN_REVIEW');

    stand.fake.control.moveOrder(idNumberOrder, 'COMPLETED');

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'COMPLETED',
      reservations: [{ state: 'COMPLETED' }],
    });
    await stand.checkHistory(reference);
  });

  it('by an order in review, which only Sinch can end', async () => {
    stand.fake.control.planNextOrder({ review: ['STUCK'] });
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration });
    await stand.view(reference, ({ stage }) => stage === 'IN_REVIEW');
    await stand.environment.sleep(3 * WINDOW_MINUTES * MINUTE);
    await expect(stand.client.order(reference)).resolves.toMatchObject({ stage: 'IN_REVIEW' });

    stand.fake.control.moveOrder((await sinchOrderOf(stand, reference)).idNumberOrder, 'COMPLETED');

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  });

  it('and KYC is refused with the reason from then on', async () => {
    const reference = await awaitingOrder();
    await stand.environment.sleep(DEADLINE + 5_000);

    await expect(stand.client.register(reference, gbRegistration)).resolves.toMatchObject({
      status: 'REFUSED',
      reason: 'the deadline of the reservation has passed',
    });

    await expectExpired(reference, ['registration']);
  });
});
