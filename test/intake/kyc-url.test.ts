import { Readable } from 'node:stream';
import { KYC_NOTIFICATIONS } from '@number-orders/contract';
import type { Notification } from '../../src/notifications/notifier';
import { kycUrlOf } from '../../src/intake/links/kyc-url';
import { historyToJson } from '../support/history-json';
import { auMobile, auRegistration, PROOF_OF_IDENTITY, proofOfIdentity } from '../support/kyc';
import { openStand, type OrderStand } from '../support/order-stand';
import { sinchOrderOf } from '../support/sinch-orders';
import { devServer } from '../support/temporal';
import { newKeys, openIntake, type OpenIntake } from './open-intake';

const OPERATOR = { author: 'Olga', reason: 'the link was forwarded' };

describe('a link to the KYC page in notifications', () => {
  const told: Notification[] = [];
  const keys = newKeys();
  let refusals = 0;
  let stand: OrderStand;
  let intake: OpenIntake;

  beforeAll(async () => {
    const notifier = {
      notify: async (notification: Notification) => {
        if (refusals-- > 0) throw new Error('the receiver is away');
        told.push(notification);
      },
    };
    stand = await openStand(await devServer(), {
      policy: { continueAsNewMessages: 2 },
      ports: { notifier, kycUrl: async (order) => (await kycUrlOf({ url: intake.url, keys }, order)).url },
    });
    intake = await openIntake(stand, { keys });
  });
  afterAll(async () => {
    await intake.close();
    await stand.close();
  });

  const start = async () => {
    const reference = await stand.start({ ...auMobile, notificationUrl: 'https://shop.example/hooks' });
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    return reference;
  };
  const about = (reference: string) => told.filter((notification) => notification.reference === reference);
  async function linkIn(reference: string, type: string): Promise<string> {
    for (
      const until = Date.now() + 20_000;
      Date.now() < until;
      await new Promise((resolve) => setTimeout(resolve, 50))
    ) {
      const url = about(reference).find((notification) => notification.type === type)?.data.kycUrl;
      if (url !== undefined) return url;
    }
    throw new Error(`${type} was not told with a link`);
  }
  const press = async (link: string) => {
    const { status } = await fetch(link, { method: 'POST', redirect: 'manual', headers: { origin: intake.url } });
    return status;
  };

  it('opens the order in every run of it, and is in no history, even if it was delivered at the second attempt', async () => {
    refusals = 1;
    const reference = await start();
    const link = await linkIn(reference, 'order.reserved');
    expect(await press(link)).toBe(303);

    await stand.client.register(reference, auRegistration({ postalCode: 'unknown' }));
    const second = await linkIn(reference, 'order.kyc_refused');
    for (const each of [1, 2, 3]) await stand.client.reread(reference, { author: 'Olga', reason: `look ${each}` });
    await stand.client.register(reference, auRegistration({ postalCode: 'unknown' }));
    const runs = await stand.runs(reference);
    expect(runs.length).toBeGreaterThan(1);
    expect([await press(link), await press(second)]).toEqual([303, 303]);

    await stand.client.register(reference, auRegistration());
    await stand.client.attach(reference, proofOfIdentity());
    await stand.client.result(reference);
    expect(await press(link)).toBe(404);
    for (const { type, data } of about(reference))
      expect([type, data.kycUrl !== undefined]).toEqual([type, KYC_NOTIFICATIONS.includes(type)]);
    const tokens = about(reference).flatMap(({ data }) => data.kycUrl?.split('/').at(-1) ?? []);
    const histories = (await stand.runs(reference)).map(historyToJson).join('');
    const inTheClear = [...histories.matchAll(/"data":\s*"([\w+/=]*)"/g)].map(([, data]) =>
      Buffer.from(data!, 'base64'),
    );
    for (const token of tokens) expect(histories + Buffer.concat(inTheClear).toString()).not.toContain(token);
    expect(tokens.length).toBeGreaterThan(1);
    await stand.checkHistory(reference);
  });

  it('does not open the order once links are revoked, and a later link does', async () => {
    const reference = await start();
    const link = await linkIn(reference, 'order.reserved');
    expect(await press(link)).toBe(303);

    const answer = await stand.client.revokeKycLinks(reference, OPERATOR);
    expect(answer).toMatchObject({ stage: 'AWAITING_KYC' });
    expect(await press(link)).toBe(404);
    expect(await press(await intake.link(reference))).toBe(303);

    // Whatever continues the order keeps it.
    for (const each of [1, 2, 3]) await stand.client.reread(reference, { author: 'Olga', reason: `look ${each}` });
    for (const postalCode of ['1', '2', '3']) await stand.client.register(reference, auRegistration({ postalCode }));
    expect((await stand.runs(reference)).length).toBeGreaterThan(1);
    expect([await press(link), await press(await intake.link(reference))]).toEqual([404, 303]);
    const { notices } = await stand.client.order(reference);
    expect(notices.map(({ message }) => message)).toContainEqual(expect.stringContaining('the link was forwarded'));
    await stand.checkHistory(reference);
  });

  it('uploads one document to Sinch if the same bytes are sent again', async () => {
    const reference = await start();
    const again = () => proofOfIdentity({ content: Readable.from(['the very same document']) });
    const answers = [];
    for (let times = 0; times < 3; times++) answers.push(await stand.client.attach(reference, again()));
    expect(answers.map(({ status }) => status)).toEqual(['ACCEPTED', 'ACCEPTED', 'ACCEPTED']);
    expect(await sinchOrderOf(stand, reference)).toMatchObject({
      attachments: { [PROOF_OF_IDENTITY]: { uploads: 1 } },
    });
    await stand.client.attach(reference, proofOfIdentity());
    expect(await sinchOrderOf(stand, reference)).toMatchObject({
      attachments: { [PROOF_OF_IDENTITY]: { uploads: 2 } },
    });
    await stand.checkHistory(reference);
  });
});
