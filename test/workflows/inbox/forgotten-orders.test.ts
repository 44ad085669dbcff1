import { setTimeout as pause } from 'node:timers/promises';
import { SIGNAL, workflowIdOf } from '@number-orders/contract';
import type { AttachmentStore } from '../../../src/store/attachment-store';
import { FileAttachmentStore } from '../../../src/store/file-store';
import type { History } from '../../support/check-histories';
import { auMobile, auRegistration, proofOfIdentity } from '../../support/kyc';
import { sinchOrderOf } from '../../support/sinch-orders';
import { openStand } from '../../support/order-stand';
import { standForEach } from '../../support/stands';
import { devServer } from '../../support/temporal';

describe('an order that its worker has dropped from its cache', () => {
  const stand = standForEach(devServer);

  it('accepts an update after workflow tasks without commands, and has a history that replays', async () => {
    const reference = await stand.start(auMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    const { control } = stand.fake;
    const calls = (operation: 'updateRegistration' | 'getNumberOrder') => control.audit().requests[operation]?.count;
    control.fault({ operation: 'updateRegistration', effect: 'STATUS', status: 400 });
    control.fault({ operation: 'getNumberOrder', effect: 'DELAY', delayMs: 1_000 });

    // Refused, so the order is read again; meanwhile comes a signal that is ignored. Neither has anything follow.
    await stand.client.register(reference, auRegistration(), { signal: true });
    while (calls('getNumberOrder') !== 1) await pause(20);
    const handle = stand.environment.client.workflow.getHandle(workflowIdOf(reference));
    await handle.signal(SIGNAL.attachment, {});
    await stand.view(reference, ({ notices }) => notices.some(({ message }) => message.includes('ignored')));
    // Until Sinch has answered.
    await pause(1_500);

    await stand.stopWorker();
    const registered = stand.client.register(reference, auRegistration());
    await pause(500);
    await stand.startWorker();

    await expect(registered).resolves.toMatchObject({ status: 'ACCEPTED' });
    expect(calls('updateRegistration')).toBe(2);
    await stand.client.attach(reference, proofOfIdentity());
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  });

  it('ends as before, even if the check of a document was cancelled while the staged ones were deleted', async () => {
    const reference = await stand.start(auMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    await stand.client.attach(reference, proofOfIdentity({ fileName: 'UPLOAD-STUCK.pdf' }), { signal: true });
    await stand.view(reference, ({ attachments }) => attachments.some(({ status }) => status === 'UPLOADED'));
    stand.fake.control.moveOrder((await sinchOrderOf(stand, reference)).idNumberOrder, 'EXPIRED');

    await stand.client.reread(reference, { author: 'a test', reason: 'there is news' });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'EXPIRED' });
    await stand.checkHistory(reference);
  });
});

describe('an order that deletes its documents', () => {
  const stand = standForEach(devServer);

  it('has a history that replays, even if Temporal ends the task meanwhile', async () => {
    const reference = await stand.start(auMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    await stand.client.attach(reference, proofOfIdentity());
    const { idNumberOrder } = await sinchOrderOf(stand, reference);
    await stand.stopWorker();
    await stand.client.cancel(reference, { reason: 'a test' });
    const deletions: string[] = [];
    const store = new FileAttachmentStore(stand.folder);
    const deleteAll = async (order: string) => {
      deletions.push(order);
      await pause(2_000);
      await store.deleteAll(order);
    };
    await stand.startWorker({
      ports: { store: Object.assign(Object.create(store) as AttachmentStore, { deleteAll }) },
    });
    while (deletions.length === 0) await pause(20);

    // Temporal ends a task for which more than a hundred messages wait, and makes another one.
    const handle = stand.environment.client.workflow.getHandle(workflowIdOf(reference));
    const event = { resourceType: 'NUMBER_ORDER', resourceId: idNumberOrder, status: 'IN_REVIEW' };
    const messages = Array.from({ length: 150 }, (_, each) => ({ ...event, eventId: `${each}` }));
    await Promise.all(messages.map((message) => handle.signal(SIGNAL.sinchEvent, message)));

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'CANCELLED' });
    const [{ events }] = (await stand.runs(reference)) as [History];
    expect(events?.some(({ workflowTaskFailedEventAttributes: failed }) => failed)).toBe(true);
    await stand.checkHistory(reference);
  });
});

it('an order that is asked how it stands while it begins gives no task back', async () => {
  const environment = await devServer();
  const stand = await openStand(environment);
  await stand.stopWorker();
  const reference = await stand.start(auMobile);
  const { control } = stand.fake;
  control.fault({ operation: 'lookupNumberRequirements', effect: 'DELAY', delayMs: 2_000 });
  // It comes with the first task, which Core then ends early, while the local activity runs.
  const asked = stand.client.order(reference);
  await pause(500);
  const handle = stand.environment.client.workflow.getHandle(workflowIdOf(reference));
  // One of these comes after that task has started, and before it has ended.
  const messages: Promise<void>[] = [];
  const sending = setInterval(() => messages.push(handle.signal(SIGNAL.sinchEvent, { eventId: 'one' })), 5);
  await stand.startWorker();
  await asked;
  clearInterval(sending);
  await Promise.all(messages);

  await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
  await stand.checkHistory(reference);
  await stand.close();
  await environment.teardown();
});
