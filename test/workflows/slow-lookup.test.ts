import { setTimeout as pause } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import { UPDATE, WORKFLOW_TYPE, workflowIdOf } from '../../src/contract';
import { auMobile, auRegistration } from '../support/kyc';
import { openStand, type OrderStand } from '../support/order-stand';
import { devServer } from '../support/temporal';

describe('a lookup that outlasts a workflow task', () => {
  let stand: OrderStand;
  beforeAll(async () => {
    stand = await openStand(await devServer());
  });
  afterAll(async () => {
    await stand.close();
    await stand.environment.teardown();
  });

  it('leaves a history that replays, whatever has arrived meanwhile', async () => {
    const reference = `test-${randomUUID()}`;
    stand.fake.control.fault({ operation: 'lookupNumberRequirements', effect: 'DELAY', delayMs: 2_000 });
    const handle = await stand.environment.client.workflow.start(WORKFLOW_TYPE, {
      workflowId: workflowIdOf(reference),
      taskQueue: stand.taskQueue,
      // A worker sends a sign of life before it is over: the lookup goes on in the next task.
      workflowTaskTimeout: '1 second',
      args: [{ reference, ...auMobile, selection: { quantity: {} } }],
    });
    await pause(300);
    const answer = await handle.executeUpdate(UPDATE.submitRegistration, { args: [auRegistration()] });
    expect(answer).toMatchObject({ status: 'KEPT' });
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    const [h] = await stand.runs(reference); console.log((h?.events ?? []).map((e) => `${String(e.eventId)} ${Object.keys(e).find((k) => k.endsWith('Attributes') && (e as any)[k])}`).join('\n'));
    await stand.checkHistory(reference);
  });
});
