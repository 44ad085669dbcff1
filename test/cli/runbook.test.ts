import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { workflowIdOf, type Stage } from '@number-orders/contract';
import { commandLine } from '../support/command-line';
import {
  PROOF_OF_IDENTITY,
  auMobile,
  auRegistration,
  gbMobile,
  gbRegistration,
  proofOfIdentity,
  usLocal,
} from '../support/kyc';
import { LINKING_ERROR_CODES } from '../support/sinch-documented';
import { sinchOrderOf } from '../support/sinch-orders';
import { standForAll } from '../support/stands';
import { devServer } from '../support/temporal';

const ME = ['--author', 'Olga', '--reason', 'on call'];

describe('the runbook, row by row', () => {
  const stand = standForAll(devServer, { policy: { settleMs: 100 } });
  const numberOrders = commandLine(stand);
  let folder: string;
  let gbFile: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'runbook-'));
    gbFile = join(folder, 'registration.json');
    await writeFile(gbFile, JSON.stringify(gbRegistration));
  });
  afterEach(() => stand.fake.control.clearFaults());
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  const at = (reference: string, wanted: Stage) => stand.view(reference, ({ stage }) => stage === wanted);
  const done = { code: 0, err: '' };

  it('UNCONFIRMED: the operator adopts the order that the dashboard shows', async () => {
    stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'RESET', when: 'AFTER' });
    const reference = await stand.start({ ...usLocal, selection: { phoneNumber: '+12125550077' } });
    await at(reference, 'UNCONFIRMED');
    const inDashboard = stand.fake.control.audit().orders.at(-1)!.idNumberOrder;

    expect(await numberOrders(['adopt', reference, inDashboard, ...ME])).toMatchObject(done);

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
  });

  it("ACTION_REQUIRED: the operator reads the reviewers' messages and sends what they ask for", async () => {
    stand.fake.control.planNextOrder({ review: ['BLOCK', 'APPROVE'], message: 'Say more' });
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration });
    await at(reference, 'ACTION_REQUIRED');
    expect((await numberOrders(['status', reference])).printed).toContain('Say more');

    expect(await numberOrders(['register', reference, gbFile])).toMatchObject(done);

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
  });

  it.each(LINKING_ERROR_CODES)('a number could not be linked: the runbook has a remedy for %s', (code) => {
    const page = readFileSync(join(__dirname, '../../docs/runbook.md'), 'utf8');
    const section = page.slice(
      page.indexOf('## A number could not be linked'),
      page.indexOf('## Everything stands still'),
    );
    expect(section).toMatch(new RegExp(`^- .*\`${code}\`.*: .`, 'm'));
  });

  it('a number could not be linked: the status shows the code, and the number is released', async () => {
    stand.fake.control.planNextOrder({ sms: 'FAIL', smsErrorCodes: ['CAMPAIGN_EXPIRED'] });
    const smsConfiguration = { servicePlanId: 'plan', campaignId: 'campaign' };
    const reference = await stand.start({ ...usLocal, smsConfiguration });
    const { phoneNumbers } = await stand.client.result(reference);
    expect((await numberOrders(['status', reference])).printed).toMatch(/SMS {2}FAILED {2}CAMPAIGN_EXPIRED/);

    expect(await numberOrders(['release', ...phoneNumbers, '--yes'])).toMatchObject(done);

    expect((await sinchOrderOf(stand, reference)).released).toBe(true);
  });

  it('rejected: the operator gives the sender more time', async () => {
    stand.fake.control.planNextOrder({ review: ['REJECT'] });
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration, onRejection: 'correct' });
    await at(reference, 'ACTION_REQUIRED');
    const until = new Date(Date.now() + 9 * 86_400_000).toISOString();

    expect(await numberOrders(['extend', reference, until, ...ME])).toMatchObject(done);

    expect((await stand.client.order(reference)).notices.at(-1)?.message).toContain(`to ${until}: on call`);
    await stand.client.cancel(reference, { reason: 'seen' });
  });

  it('the deadline is near: the list shows it, and a requirement that Sinch does not insist on is waived', async () => {
    stand.fake.control.planNextOrder({ reservationSeconds: 3_600 });
    const reference = await stand.start({ ...gbMobile, expectedAttachments: [] });
    await at(reference, 'AWAITING_KYC');
    let printed = '';
    for (let tries = 0; !printed.includes(reference) && tries < 100; tries++) {
      await delay(100);
      ({ printed } = await numberOrders(['list', '--stage', 'AWAITING_KYC', '--due-within', '6 hours']));
    }
    expect(printed).toContain(reference);

    expect(await numberOrders(['waive', reference, 'registration', ...ME])).toMatchObject(done);
    await stand.client.cancel(reference, { reason: 'seen' });
  });

  it('Sinch is down: the operator does nothing, and the order continues afterwards', async () => {
    const reference = await stand.start(gbMobile);
    await at(reference, 'AWAITING_KYC');
    stand.fake.control.fault({ operation: '*', effect: 'HTML', times: 3 });

    await stand.client.register(reference, gbRegistration, { signal: true });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
  });

  it('credentials were rotated: doctor reports it', async () => {
    const { code, printed } = await numberOrders(['doctor'], { env: { SINCH_KEY_SECRET: 'of-yesterday' } });
    expect(code).toBe(1);
    expect(printed).toMatch(/^FAIL {2}Sinch .*Check the key id, the key secret/m);
  });

  it('no worker runs: commands say so, and the next worker processes what was sent meanwhile', async () => {
    const reference = await stand.start(gbMobile);
    await at(reference, 'AWAITING_KYC');
    await stand.stopWorker();
    await stand.client.register(reference, gbRegistration, { signal: true });
    const { code, printed } = await numberOrders(['status', reference], {
      env: { NUMBER_ORDERS_RPC_TIMEOUT: '1 second' },
    });
    expect({ code, printed }).toMatchObject({ code: 1, printed: expect.stringContaining('is a worker polling') });

    await stand.startWorker();

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
  });

  it('callbacks do not arrive: the operator has the order read from Sinch now', async () => {
    stand.fake.control.planNextOrder({ review: ['STUCK'] });
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration });
    const { sinchOrderId } = await at(reference, 'IN_REVIEW');
    stand.fake.control.moveOrder(sinchOrderId!, 'COMPLETED');

    expect(await numberOrders(['reread', reference, ...ME])).toMatchObject(done);

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
  });

  it('wrong KYC was submitted: it is refused during the review, and the order is cancelled', async () => {
    stand.fake.control.planNextOrder({ review: ['STUCK'] });
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration });
    const { sinchOrderId } = await at(reference, 'IN_REVIEW');
    expect(await numberOrders(['register', reference, gbFile])).toMatchObject({ code: 1 });

    expect(await numberOrders(['cancel', reference, ...ME])).toMatchObject(done);
    stand.fake.control.moveOrder(sinchOrderId!, 'COMPLETED');
    expect(await numberOrders(['reread', reference, ...ME])).toMatchObject(done);

    const { outcome, compensations } = await stand.client.result(reference);
    expect(outcome).toBe('CANCELLED');
    expect(compensations).toContainEqual(
      expect.objectContaining({ action: expect.stringMatching(/^release/), ok: true }),
    );
  });

  it('an attachment is unreadable: it is sent again', async () => {
    const reference = await stand.start(auMobile);
    await at(reference, 'AWAITING_KYC');
    const staged = await stand.client.stage(reference, proofOfIdentity());
    await rm(join(stand.folder, staged.key));
    await stand.environment.client.workflow.getHandle(workflowIdOf(reference)).signal('attachment', staged);
    await stand.view(reference, ({ attachments }) => attachments[0]?.status === 'REFUSED');
    expect((await numberOrders(['status', reference])).printed).toMatch(
      /REFUSED .*missing, or differs from the one announced/,
    );

    const file = join(folder, 'identity.pdf');
    await writeFile(file, '%PDF-1.7');
    expect(await numberOrders(['attach', reference, file, '--id', PROOF_OF_IDENTITY])).toMatchObject(done);
    await stand.client.register(reference, auRegistration());

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
  });

  it('erasure is requested: an open order is ended first, then deleted', async () => {
    const reference = await stand.start(gbMobile);
    await at(reference, 'AWAITING_KYC');
    expect(await numberOrders(['erase', reference, ...ME])).toMatchObject({ code: 1 });
    expect(await numberOrders(['erase', reference, '--force', ...ME])).toMatchObject(done);
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'CANCELLED', erased: true });

    const { code, printed } = await numberOrders(['erase', reference, ...ME]);

    // It does so within minutes: test/workflows/stages/erasure.test.ts waits for it.
    expect({ code, printed }).toEqual({ code: 0, printed: expect.stringContaining('Temporal deletes 1 of its runs') });
  });

  it('an order was terminated: its documents in the store are deleted', async () => {
    const reference = await stand.start(auMobile);
    await at(reference, 'AWAITING_KYC');
    await stand.client.attach(reference, proofOfIdentity());
    await stand.environment.client.workflow.getHandle(workflowIdOf(reference)).terminate('by mistake');
    expect((await numberOrders(['audit', reference])).printed).toContain('"reason": "by mistake"');

    expect(await numberOrders(['erase', reference, ...ME])).toMatchObject(done);
  });
});
