import type { Notification } from '../../../src/activities';
import type { NotificationType, NumberOrderRequest } from '@number-orders/contract';
import { gbMobile, gbRegistration } from '../../support/kyc';
import { sinchOrderOf } from '../../support/sinch-orders';
import { standForAll, standThatTells } from '../../support/stands';
import { devServer, timeSkipping } from '../../support/temporal';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ASKED = 'Please name Alex Example’s local number';

const registered = {
  ...gbMobile,
  registration: gbRegistration,
  notificationUrl: 'https://requester.example/hooks',
};

describe('row 10: while reviewers wait for an answer, the requester', () => {
  const { stand, told } = standThatTells(timeSkipping);

  const submitted = (review: 'ASK' | 'BLOCK' | 'REJECT', changes: Partial<NumberOrderRequest> = {}) => {
    stand.fake.control.planNextOrder({ review: [review], message: ASKED });
    return stand.start({ ...registered, ...changes });
  };
  const reminders = () => told.filter(({ type }) => type === 'order.kyc_reminder');
  /** How much of a time had gone when it was reminded, in percent. */
  const percentGone = (begin: string | undefined, time: number) =>
    reminders().map((reminder) => Math.round((100 * (Date.parse(reminder.time) - Date.parse(begin ?? ''))) / time));

  it.each([
    ['BLOCK', 'ACTION_REQUIRED'],
    ['ASK', 'IN_REVIEW'],
  ] as const)(
    'is reminded before they give up, when their verdict is %s and the order is %s',
    async (verdict, stage) => {
      const reference = await submitted(verdict);

      const result = await stand.client.result(reference);

      expect(result).toMatchObject({ outcome: 'REJECTED', reviewLog: [{ message: ASKED }, expect.anything()] });
      expect(percentGone(result.reviewLog[0]?.createTime, DAY)).toEqual([50, 75, 90]);
      expect(reminders().map(({ data }) => data.stage)).toEqual([stage, stage, stage]);
      const { notices } = await stand.client.order(reference);
      expect(notices.map(({ message }) => message)).toContain('Reminder: the reviewers wait for KYC');
      await stand.checkHistory(reference);
    },
  );

  it('is not reminded of an order that is being cancelled, which then waits without a reminder timer', async () => {
    const reference = await submitted('BLOCK');
    await stand.view(reference, ({ stage }) => stage === 'ACTION_REQUIRED');
    await stand.environment.sleep(13 * HOUR);
    expect(reminders()).toHaveLength(1);

    await stand.client.cancel(reference, { reason: 'no longer wanted' });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'CANCELLED' });
    expect(reminders()).toHaveLength(1);
    const [run] = await stand.runs(reference);
    // A reminder that is due and never sent would have its timer fire again and again.
    expect(run?.events?.filter(({ timerFiredEventAttributes }) => timerFiredEventAttributes).length).toBeLessThan(10);
    await stand.checkHistory(reference);
  });

  it('is reminded before the correction window ends if they have rejected the order', async () => {
    const reference = await submitted('REJECT', { onRejection: 'correct', correctionWindow: '10 days' });

    const result = await stand.client.result(reference);

    expect(result).toMatchObject({ outcome: 'REJECTED' });
    expect(percentGone(result.reviewLog[0]?.createTime, 10 * DAY)).toEqual([50, 75, 90]);
    const { notices } = await stand.client.order(reference);
    expect(notices.map(({ message }) => message)).toContain('Reminder: corrected KYC is awaited');
    await stand.checkHistory(reference);
  });
});

describe('row 10: a message that reviewers write while the order is IN_REVIEW', () => {
  const NEWS = { author: 'a test', reason: 'there is news' };
  const told: Notification[] = [];
  const notifier = { notify: async (notification: Notification) => void told.push(notification) };
  const stand = standForAll(devServer, { ports: { notifier } });

  const occasions = (reference: string, wanted: NotificationType) =>
    new Set(told.filter((each) => each.reference === reference && each.type === wanted).map(({ id }) => id)).size;
  const asked = async () => {
    stand.fake.control.planNextOrder({ review: ['ASK', 'APPROVE'], message: ASKED });
    const reference = await stand.start(registered);
    await stand.view(reference, ({ reviewLog }) => reviewLog.length === 1);
    return reference;
  };

  it('is reported to the requester without its text, and can be answered', async () => {
    const reference = await asked();
    await expect(stand.client.order(reference)).resolves.toMatchObject({
      stage: 'IN_REVIEW',
      reviewLog: [{ message: ASKED }],
    });
    await stand.view(reference, () => occasions(reference, 'order.review_feedback') === 1);

    await expect(stand.client.register(reference, gbRegistration)).resolves.toMatchObject({ status: 'ACCEPTED' });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED', attempts: 1 });
    await expect(sinchOrderOf(stand, reference)).resolves.toMatchObject({ submits: 1, registrationPuts: 2 });
    expect(occasions(reference, 'order.review_feedback')).toBe(1);
    expect(occasions(reference, 'order.action_required')).toBe(0);
    expect(JSON.stringify(told)).not.toContain('Alex Example');
    await stand.checkHistory(reference);
  });

  it('is reported once each time, when an operator has the order read from Sinch', async () => {
    const reference = await asked();
    const { idNumberOrder } = await sinchOrderOf(stand, reference);
    stand.fake.control.moveOrder(idNumberOrder, 'IN_REVIEW', 'And more still');

    await stand.client.reread(reference, NEWS);
    await stand.client.reread(reference, NEWS);

    const { stage, reviewLog } = await stand.client.order(reference);
    expect({ stage, said: reviewLog.map(({ message }) => message) }).toEqual({
      stage: 'IN_REVIEW',
      said: [ASKED, 'And more still'],
    });
    await stand.view(reference, () => occasions(reference, 'order.review_feedback') === 2);
    stand.fake.control.moveOrder(idNumberOrder, 'COMPLETED');
    await stand.client.reread(reference, NEWS);
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    expect(occasions(reference, 'order.review_feedback')).toBe(2);
    await stand.checkHistory(reference);
  });
});
