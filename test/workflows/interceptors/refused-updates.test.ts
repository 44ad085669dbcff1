import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { UPDATE, workflowIdOf } from '@number-orders/contract';
import { auMobile, proofOfIdentity } from '../../support/kyc';
import { standToOpen } from '../../support/stands';
import { devServer } from '../../support/temporal';

/**
 * An update that is refused leaves no trace, but it has the workflow looked at: conditions are asked, at a time and with a
 * history of their own. What they find must not come of the clock or of the history's length, as a replay is not there.
 */
describe('updates that are refused', () => {
  const { stand, open } = standToOpen(devServer);

  /** As fast as they are answered. */
  async function refuseUpdates(reference: string, until: () => Promise<boolean>): Promise<void> {
    const handle = stand.environment.client.workflow.getHandle(workflowIdOf(reference));
    let over = false;
    const refuse = async () => {
      while (!over) await handle.executeUpdate(UPDATE.submitRegistration, { args: [{}] }).catch(() => undefined);
    };
    const refusing = Array.from({ length: 4 }, refuse);
    while (!(await until())) await pause(20);
    over = true;
    await Promise.all(refusing);
  }

  it('at a deadline leave a history that replays', async () => {
    await open();
    for (let orders = 0; orders < 10; orders++) {
      stand.fake.control.planNextOrder({ reservationSeconds: 1 });
      const reference = `test-${randomUUID()}`;
      const document = { ...proofOfIdentity(), fileName: 'UPLOAD-STUCK.pdf' };
      const attachments = [await stand.client.stage(reference, document)];
      await stand.client.start({ reference, ...auMobile, attachments });
      await refuseUpdates(reference, async () => (await stand.client.order(reference)).stage === 'EXPIRED');
      await stand.checkHistory(reference);
    }
    // Ten deadlines, and a machine that may have other things to do.
  }, 180_000);

  it.each([14, 15])('before a new run that is due after %d events leave a history that replays', async (events) => {
    await open({ policy: { continueAsNewEvents: events } });
    const reference = await stand.start(auMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    const until = Date.now() + 1_000;
    await refuseUpdates(reference, () => Promise.resolve(Date.now() > until));
    await stand.client.cancel(reference, { author: 'somebody', reason: 'enough' });
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'CANCELLED' });
    await stand.checkHistory(reference);
  });
});
