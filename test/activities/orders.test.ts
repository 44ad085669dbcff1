import { type ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { type FakeSinch, startFakeSinch } from '../../fake-sinch';
import type { ActivityPorts } from '../../src/activities';
import { orderActivities } from '../../src/activities/orders';
import { type NumberOrder, SinchClient } from '../../src/sinch';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What a look says: the order, null, or in how many milliseconds it looks again. */
type Seen = NumberOrder | null | number;

describe('an activity that reads an order, which Temporal retries until it has an answer,', () => {
  let fake: FakeSinch;
  let sinch: SinchClient;
  let activities: ReturnType<typeof orderActivities>;
  let created: NumberOrder;
  const idNumberOrder = () => created.idNumberOrder;
  const phoneNumber = () => created.orderNumbers[0]?.phoneNumber ?? '';

  beforeEach(async () => {
    fake = await startFakeSinch();
    const { url: numbersUrl, authUrl, projectId, keyId, keySecret } = fake;
    sinch = new SinchClient({ numbersUrl, authUrl, projectId, keyId, keySecret });
    const interval = { initialMs: 1_000, maxMs: HOUR };
    const polls = { upload: interval, review: interval, provisioning: interval };
    activities = orderActivities({ sinch, polls, callbackUrl: () => undefined } as unknown as ActivityPorts);
    created = await sinch.createNumberOrder({
      regionCode: 'US',
      numberType: 'LOCAL',
      numberOrderOption: { phoneNumbers: ['+12125550000'] },
    });
  });
  afterEach(() => fake.close());

  async function look(run: () => Promise<NumberOrder | null>, attempt = 1): Promise<Seen> {
    try {
      return await new MockActivityEnvironment({ attempt }).run(run);
    } catch (error) {
      expect(error).toMatchObject({ type: 'NotYet', nonRetryable: false });
      return Number((error as ApplicationFailure).nextRetryDelay);
    }
  }

  describe('for an order that Sinch does not know', () => {
    const lookFor = (attempt: number, deadline = 0) =>
      look(() => activities.awaitKnownAgain({ idNumberOrder: idNumberOrder(), deadline }), attempt);

    it('is retried after seconds first, then at growing intervals', async () => {
      fake.control.vanishOrder(idNumberOrder());

      await expect(Promise.all([1, 2, 3, 12, 13].map((attempt) => lookFor(attempt)))).resolves.toEqual([
        2_000,
        4_000,
        8_000,
        HOUR,
        HOUR,
      ]);
    });

    it('is never retried later than the deadline', async () => {
      fake.control.vanishOrder(idNumberOrder());

      expect(await lookFor(13, Date.now() + 10 * MINUTE)).toBeLessThanOrEqual(5 * MINUTE);
      expect(await lookFor(13, Date.now() + MINUTE)).toBeLessThanOrEqual(MINUTE / 2);
    });

    it('answers as soon as Sinch knows the order again', async () => {
      await expect(lookFor(3)).resolves.toMatchObject({ idNumberOrder: idNumberOrder() });
    });
  });

  describe('for an order that is blocked', () => {
    const lookAt = (entries: number, lastAt?: string) =>
      look(() =>
        activities.awaitReview({
          idNumberOrder: idNumberOrder(),
          from: 'BLOCKED',
          logRead: { entries, ...(lastAt !== undefined && { lastAt }) },
        }),
      );
    const block = (message?: string) => fake.control.moveOrder(idNumberOrder(), 'BLOCKED', message);

    it('does not answer while the reviewers have written nothing', async () => {
      block();

      await expect(lookAt(0)).resolves.toBe(1_000);
    });

    it('answers when the reviewers have written something, although the order is still blocked', async () => {
      block('Say more');

      await expect(lookAt(0)).resolves.toMatchObject({ state: 'BLOCKED' });
    });

    it('tells a new message of the reviewers from earlier ones, also when the log no longer holds the earlier ones', async () => {
      block('Say more');

      await expect(lookAt(1, '2026-01-01T00:00:00Z')).resolves.toMatchObject({ state: 'BLOCKED' });
    });

    it('answers with the decision of the reviewers if they decide while their messages are read', async () => {
      block();
      const getRegistration = sinch.getRegistration.bind(sinch);
      jest.spyOn(sinch, 'getRegistration').mockImplementation((...args) => {
        fake.control.moveOrder(idNumberOrder(), 'COMPLETED', 'The registration was approved.');
        return getRegistration(...args);
      });

      await expect(lookAt(0)).resolves.toMatchObject({ state: 'COMPLETED' });
    });

    it('is retried when Sinch does not find the registration', async () => {
      block('Say more');
      fake.control.fault({ operation: 'getRegistration', effect: 'STATUS', status: 404 });

      await expect(lookAt(0)).resolves.toBe(1_000);
    });
  });

  describe('for an order whose reservation should have lapsed', () => {
    const lookAt = (expiresAt: number, attempt = 1) =>
      look(async () => {
        const { order } = await activities.awaitLapse({
          idNumberOrder: idNumberOrder(),
          phoneNumber: phoneNumber(),
          expiresAt,
          everyMs: MINUTE,
        });
        return order;
      }, attempt);
    const end = () => Date.parse(created.expireTime ?? '');

    it('is retried while Sinch still has the reservation, at intervals of a quarter of an hour in the end', async () => {
      await expect(lookAt(end())).resolves.toBe(MINUTE);
      await expect(lookAt(end(), 20)).resolves.toBe(15 * MINUTE);
    });

    it.each(['EXPIRED', 'IN_REVIEW'] as const)('answers when the state of the order at Sinch is %s', async (state) => {
      fake.control.moveOrder(idNumberOrder(), state);

      await expect(lookAt(end())).resolves.toMatchObject({ state });
    });

    it('answers when Sinch has extended the reservation', async () => {
      await expect(lookAt(end() - HOUR)).resolves.toMatchObject({ state: 'CREATED' });
    });

    it('is retried until the number is for sale again, if Sinch no longer knows the order', async () => {
      fake.control.vanishOrder(idNumberOrder());
      await expect(lookAt(end())).resolves.toBe(MINUTE);

      fake.control.freeNumbers(phoneNumber());

      await expect(lookAt(end())).resolves.toBeNull();
    });
  });
});
