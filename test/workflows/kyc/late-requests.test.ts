import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { WorkflowBundleOption } from '@temporalio/worker';
import { impatientBundle } from '../../support/impatient-bundle';
import { auMobile, auRegistration, PROOF_OF_IDENTITY, proofOfIdentity } from '../../support/kyc';
import { sinchOrderOf } from '../../support/sinch-orders';
import { SinchProxy } from '../../support/sinch-proxy';
import { standToOpen } from '../../support/stands';
import { devServer } from '../../support/temporal';

/** How long Sinch takes to process a request that its sender no longer waits for. */
const LATE_MS = 3_500;

describe('a request that the order gave up and Sinch processes later', () => {
  const { stand, open } = standToOpen(devServer);
  let proxy: SinchProxy;

  beforeEach(async () => {
    proxy = await SinchProxy.before();
    await open({
      sinch: { numbersUrl: proxy.url, timeoutMs: 1_000, uploadTimeoutMs: 1_000 },
      policy: { settleMs: LATE_MS + 500 },
    });
    proxy.target = stand.fake.url;
  });
  afterEach(() => proxy.close());

  /** Holds up requests that contain this text. @returns how many of them have come so far */
  const holdUp = (text: string, requests = Infinity) => {
    let held = 0;
    proxy.hold = ({ method, requestBody }) =>
      method !== 'GET' && requestBody.includes(text) && held++ < requests ? LATE_MS : 0;
    return () => held;
  };

  const awaitingOrder = async () => {
    const reference = await stand.start(auMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    return reference;
  };

  /** Once every request that was held up has arrived, Sinch has this registration. */
  const expectAtSinch = async (reference: string, city: string, puts: number) => {
    await stand.view(reference, () =>
      stand.fake.control.audit().orders.some((order) => order.registrationPuts === puts),
    );
    const { idNumberOrder } = await sinchOrderOf(stand, reference);
    expect(stand.fake.control.registrationOf(idNumberOrder)).toEqual(auRegistration({ city }));
    await stand.client.attach(reference, proofOfIdentity());
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  };

  it('does not bring back a registration that was replaced while it was sent', async () => {
    const reference = await awaitingOrder();
    const held = holdUp('Perth');
    const first = stand.client.register(reference, auRegistration({ city: 'Perth' }));
    await stand.view(reference, () => held() === 1);

    const second = stand.client.register(reference, auRegistration({ city: 'Hobart' }));

    await expect(first).resolves.toMatchObject({ status: 'SUPERSEDED' });
    await expect(second).resolves.toMatchObject({ status: 'ACCEPTED' });
    await expectAtSinch(reference, 'Hobart', held() + 1);
  });

  it('does not bring back a registration that was sent again, taken, and then replaced', async () => {
    const reference = await awaitingOrder();
    holdUp('Perth', 1);
    await expect(stand.client.register(reference, auRegistration({ city: 'Perth' }))).resolves.toMatchObject({
      status: 'ACCEPTED',
    });

    await expect(stand.client.register(reference, auRegistration({ city: 'Hobart' }))).resolves.toMatchObject({
      status: 'ACCEPTED',
    });

    await expectAtSinch(reference, 'Hobart', 3);
  });

  const uploads = () => stand.fake.control.audit().orders.at(-1)?.attachments[PROOF_OF_IDENTITY]?.uploads;

  it('does not bring back a document that was replaced while it was sent', async () => {
    const reference = await awaitingOrder();
    const document = (text: string) => proofOfIdentity({ content: Readable.from([text]) });
    const held = holdUp('the first');
    const first = stand.client.attach(reference, document('the first'));
    await stand.view(reference, () => held() === 1);

    const second = stand.client.attach(reference, document('the second'));

    await expect(first).resolves.toMatchObject({ status: 'SUPERSEDED' });
    await expect(second).resolves.toMatchObject({ status: 'ACCEPTED' });
    await stand.view(reference, () => uploads() === held() + 1);
    const { attachments } = await sinchOrderOf(stand, reference);
    expect(attachments[PROOF_OF_IDENTITY]?.sha256).toBe(createHash('sha256').update('the second').digest('hex'));
    await stand.client.register(reference, auRegistration());
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  });
});

describe('a registration that a worker sends after it stood still', () => {
  const { stand, open } = standToOpen(devServer);
  let workflowBundle: WorkflowBundleOption;
  beforeAll(async () => {
    workflowBundle = await impatientBundle();
  });

  it('is not sent if another was sent in its place', async () => {
    let wake = (): void => undefined;
    const standsStill = new Promise<void>((resolve) => (wake = resolve));
    let late: Promise<unknown> | undefined;
    await open({
      workflowBundle,
      aroundCalls: ({ info }) => ({
        inbound: {
          execute: (input, next) => {
            if (info.activityType !== 'updateRegistration' || late) return next(input);
            late = standsStill.then(() => next(input));
            return late;
          },
        },
      }),
    });
    const reference = await stand.start(auMobile);
    await stand.client.register(reference, auRegistration({ city: 'Perth' }), { signal: true });
    await stand.view(reference, () => late !== undefined);
    // Once Temporal has given up that attempt.
    await expect(stand.client.register(reference, auRegistration({ city: 'Hobart' }))).resolves.toMatchObject({
      status: 'ACCEPTED',
    });

    wake();
    await expect(late).rejects.toThrow('Sent nothing');

    const { idNumberOrder } = await sinchOrderOf(stand, reference);
    expect(stand.fake.control.registrationOf(idNumberOrder)).toEqual(auRegistration({ city: 'Hobart' }));
    await stand.client.attach(reference, proofOfIdentity());
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  });
});
