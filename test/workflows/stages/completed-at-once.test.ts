import type { Fault } from '../../../fake-sinch';
import { SEARCH_ATTRIBUTE_KEYS, workflowIdOf } from '@number-orders/contract';
import { usLocal } from '../../support/kyc';
import { standToOpen } from '../../support/stands';
import { devServer } from '../../support/temporal';

/** What the look right after a submission may come to, other than an answer. */
const FAILED_LOOKS: [string, Partial<Fault>][] = [
  ['answers 500', { effect: 'STATUS', status: 500 }],
  ['answers 404', { effect: 'STATUS', status: 404 }],
  ['answers HTML', { effect: 'HTML' }],
  ['breaks the connection', { effect: 'RESET' }],
  ['does not answer', { effect: 'HANG' }],
];

describe('an order that Sinch completes as soon as it is submitted', () => {
  const { stand, open } = standToOpen(devServer);

  const calls = async (reference: string) =>
    (await stand.environment.client.workflow.getHandle(workflowIdOf(reference)).fetchHistory()).events
      ?.map((event) => event.activityTaskScheduledEventAttributes?.activityType?.name)
      .filter((name) => name !== undefined);

  it('ends without a call that follows the review', async () => {
    await open();

    const reference = await stand.start(usLocal);

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    expect(await calls(reference)).toEqual(['createNumberOrder', 'submitNumberOrder']);
    await stand.checkHistory(reference);
  });

  it('is found by its order at Sinch', async () => {
    await open();

    const reference = await stand.start(usLocal);

    const { sinchOrderId } = await stand.client.result(reference);
    const { typedSearchAttributes } = await stand.environment.client.workflow
      .getHandle(workflowIdOf(reference))
      .describe();
    expect(typedSearchAttributes.get(SEARCH_ATTRIBUTE_KEYS.sinchOrderId)).toBe(sinchOrderId);
  });

  it.each(FAILED_LOOKS)(
    'is followed as a review where the look after the submission fails: Sinch %s',
    async (_, fault) => {
      await open({ sinch: { timeoutMs: 2_000 } });
      stand.fake.control.fault({ operation: 'getNumberOrder', effect: 'RESET', when: 'BEFORE', ...fault });

      const reference = await stand.start(usLocal);

      await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
      expect(await calls(reference)).toEqual(['createNumberOrder', 'submitNumberOrder', 'awaitReview']);
      expect(stand.fake.control.audit().orders.at(-1)).toMatchObject({ submits: 1, submitAttempts: 1 });
      await stand.checkHistory(reference);
    },
  );
});
