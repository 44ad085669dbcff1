import { SIGNAL, workflowIdOf } from '@number-orders/contract';
import { costOf } from '../../../proof/bench/history-cost';
import { readWorkerSettings } from '../../../src/config/settings';
import { gbMobile, gbRegistration, usLocal } from '../../support/kyc';
import { standToOpen } from '../../support/stands';
import { timeSkipping } from '../../support/temporal';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('row 16: a review of three weeks', () => {
  const { stand, open } = standToOpen(timeSkipping);

  const handle = (reference: string) => stand.environment.client.workflow.getHandle(workflowIdOf(reference));
  const signal = (reference: string, message: string) => handle(reference).signal(SIGNAL.registration, message);
  const eventsOf = async (reference: string) =>
    (await stand.runs(reference)).flatMap(({ events }) => events ?? []).length;

  it('is followed by polls that back off to the setting and add no events to history', async () => {
    await open({ fake: { reviewSeconds: (21 * DAY) / 1_000, tokenSeconds: (30 * DAY) / 1_000 } });
    const reference = await stand.start(usLocal);

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });

    expect(await stand.lifetimeOf(reference)).toBeGreaterThanOrEqual(21 * DAY);
    // One an hour, but for the first, which come after 50 ms, 100 ms, 200 ms and so on.
    const polls = stand.fake.control.audit().requests.getNumberOrder?.count ?? 0;
    expect(polls).toBeGreaterThanOrEqual(21 * 24);
    expect(polls).toBeLessThan(21 * 24 + 20);
    expect(await eventsOf(reference)).toBeLessThan(50);
    await stand.checkHistory(reference);
  });

  const CALLBACKS = {
    NUMBER_ORDERS_CALLBACK_URL: 'https://callbacks.example',
    SINCH_CALLBACK_SECRET: '0123456789abcdef0123456789abcdef',
  };
  it.each([
    ['250 Actions where Sinch does not call back', {}, 250],
    ['30 Actions where Sinch calls back', CALLBACKS, 30],
  ])('costs at most %s, so that a year of reviews stays cheap', async (_most, env, most) => {
    const credentials = { SINCH_PROJECT_ID: 'p', SINCH_KEY_ID: 'k', SINCH_KEY_SECRET: 's' };
    const { polls } = readWorkerSettings({ ...credentials, ...env });
    await open({ fake: { reviewSeconds: (21 * DAY) / 1_000, tokenSeconds: (30 * DAY) / 1_000 }, ports: { polls } });
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration });
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    const events = (await stand.runs(reference)).flatMap((run) => run.events ?? []);

    const review = events.filter(({ activityTaskStartedEventAttributes: started }) => (started?.attempt ?? 0) > 1);

    expect(costOf({ events: review }).actions).toBeGreaterThan(10);
    expect(costOf({ events: review }).actions).toBeLessThanOrEqual(most);
  });

  it('has the same deadline for its reservation over several runs', async () => {
    await open({ policy: { continueAsNewEvents: 20 } });
    const reference = await stand.start(gbMobile);
    const { expireTime } = await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    for (let fifteenHours = 0; fifteenHours < 3; fifteenHours++) {
      await stand.environment.sleep(15 * HOUR);
      for (const message of ['noted', 'too']) await signal(reference, message);
    }

    const result = await stand.client.result(reference);

    expect(result).toMatchObject({ outcome: 'EXPIRED', missing: ['registration'] });
    expect((await stand.runs(reference)).length).toBeGreaterThan(1);
    const closed = await handle(reference).describe();
    const late = (closed.closeTime?.getTime() ?? NaN) - Date.parse(expireTime ?? '');
    expect(late).toBeGreaterThanOrEqual(0);
    expect(late).toBeLessThan(10 * 60_000);
    await stand.checkHistory(reference);
  });

  it('has the same correction window over several runs', async () => {
    await open({ policy: { continueAsNewEvents: 20 } });
    stand.fake.control.planNextOrder({ review: ['REJECT'] });
    const reference = await stand.start({
      ...gbMobile,
      registration: gbRegistration,
      onRejection: 'correct',
      correctionWindow: '10 days',
    });
    const began = await stand.environment.currentTimeMs();
    for (let threeDays = 0; threeDays < 3; threeDays++) {
      await stand.environment.sleep(3 * DAY);
      await signal(reference, 'a message that is noted');
    }

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'REJECTED' });

    const closed = await handle(reference).describe();
    const waited = (closed.closeTime?.getTime() ?? NaN) - began;
    expect(waited).toBeGreaterThan(9.9 * DAY);
    expect(waited).toBeLessThan(10.1 * DAY);
    expect((await stand.runs(reference)).length).toBeGreaterThan(1);
    await stand.checkHistory(reference);
  });
});
