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

describe('a look at an order, made again by Temporal until it has something to say,', () => {
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

  describe('that Sinch does not know', () => {
    const lookFor = (attempt: number, deadline = 0) =>
      look(() => activities.awaitKnownAgain({ idNumberOrder: idNumberOrder(), deadline }), attempt);

    it('comes after seconds first, then further and further apart', async () => {
      fake.control.vanishOrder(idNumberOrder());

      await expect(Promise.all([1, 2, 3, 12, 13].map((attempt) => lookFor(attempt)))).resolves.toEqual([
        2_000,
        4_000,
        8_000,
        HOUR,
        HOUR,
      ]);
    });

    it('never sleeps through the deadline', async () => {
      fake.control.vanishOrder(idNumberOrder());

      expect(await lookFor(13, Date.now() + 10 * MINUTE)).toBeLessThanOrEqual(5 * MINUTE);
      expect(await lookFor(13, Date.now() + MINUTE)).toBeLessThanOrEqual(MINUTE / 2);
    });

    it('answers as soon as Sinch knows it again', async () => {
      await expect(lookFor(3)).resolves.toMatchObject({ idNumberOrder: idNumberOrder() });
    });
  });

  describe('that is blocked', () => {
    const lookAt = (entries: number, lastAt?: string) =>
      look(() =>
        activities.awaitReview({
          idNumberOrder: idNumberOrder(),
          from: 'BLOCKED',
          logRead: { entries, ...(lastAt !== undefined && { lastAt }) },
        }),
      );
    const block = (message?: string) => fake.control.moveOrder(idNumberOrder(), 'BLOCKED', message);

    it('has nothing to say while the reviewers have not', async () => {
      block();

      await expect(lookAt(0)).resolves.toBe(1_000);
    });

    it('answers when the reviewers have written something, though it is blocked still', async () => {
      block('Say more');

      await expect(lookAt(0)).resolves.toMatchObject({ state: 'BLOCKED' });
    });

    it('tells the last words from those before, also where no more are kept', async () => {
      block('Say more');

      await expect(lookAt(1, '2026-01-01T00:00:00Z')).resolves.toMatchObject({ state: 'BLOCKED' });
    });

    it('tells what they have decided, where they did so while it was read what they wrote', async () => {
      block();
      const getRegistration = sinch.getRegistration.bind(sinch);
      jest.spyOn(sinch, 'getRegistration').mockImplementation((...args) => {
        fake.control.moveOrder(idNumberOrder(), 'COMPLETED', 'The registration was approved.');
        return getRegistration(...args);
      });

      await expect(lookAt(0)).resolves.toMatchObject({ state: 'COMPLETED' });
    });

    it('is not lost with its registration', async () => {
      block('Say more');
      fake.control.fault({ operation: 'getRegistration', effect: 'STATUS', status: 404 });

      await expect(lookAt(0)).resolves.toBe(1_000);
    });
  });

  describe('whose reservation should have lapsed', () => {
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

    it('waits while Sinch has it still, and asks every quarter of an hour in the end', async () => {
      await expect(lookAt(end())).resolves.toBe(MINUTE);
      await expect(lookAt(end(), 20)).resolves.toBe(15 * MINUTE);
    });

    it.each(['EXPIRED', 'IN_REVIEW'] as const)('answers when Sinch has it %s', async (state) => {
      fake.control.moveOrder(idNumberOrder(), state);

      await expect(lookAt(end())).resolves.toMatchObject({ state });
    });

    it('answers when Sinch has given it more time', async () => {
      await expect(lookAt(end() - HOUR)).resolves.toMatchObject({ state: 'CREATED' });
    });

    it('waits for its number to be for sale again where Sinch has forgotten it', async () => {
      fake.control.vanishOrder(idNumberOrder());
      await expect(lookAt(end())).resolves.toBe(MINUTE);

      fake.control.freeNumbers(phoneNumber());

      await expect(lookAt(end())).resolves.toBeNull();
    });
  });
});
