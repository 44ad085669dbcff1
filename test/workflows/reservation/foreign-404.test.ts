import { auMobile, gbMobile, PROOF_OF_IDENTITY } from '../../support/kyc';
import { SinchProxy } from '../../support/sinch-proxy';
import { standToOpen } from '../../support/stands';
import { devServer } from '../../support/temporal';

const NO_ROUTE = { status: 404, body: { message: 'no Route matched with those values', request_id: '7f' } };

describe("a gateway's 404 in JSON", () => {
  const { stand, open } = standToOpen(devServer);
  let proxy: SinchProxy;
  let lost: RegExp | undefined;

  beforeEach(async () => {
    lost = undefined;
    proxy = await SinchProxy.before();
    proxy.change = ({ url }) => (lost?.test(url.pathname) ? NO_ROUTE : undefined);
    await open({ sinch: { numbersUrl: proxy.url } });
    proxy.target = stand.fake.url;
  });
  afterEach(() => proxy.close());

  it('does not make an order submit without the KYC that is required', async () => {
    lost = /:lookupNumberRequirements$/;
    const reference = await stand.start(auMobile);
    const asked = () => stand.fake.control.audit().requests.lookupNumberRequirements?.count ?? 0;
    while (asked() < 3) await new Promise((go) => setTimeout(go, 50));
    expect((await stand.client.order(reference)).stage).toBe('LOOKING_UP');

    lost = undefined;

    const { outstanding } = await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    expect(outstanding).toEqual({ registration: true, attachments: [PROOF_OF_IDENTITY] });
    expect(stand.fake.control.audit().orders).toMatchObject([{ submitAttempts: 0 }]);
    await stand.checkHistory(reference);
  });

  it('does not make an order that waits for its KYC count as lost', async () => {
    const reference = await stand.start(gbMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    lost = /\/numberOrders\/[^/]+$/;
    const asked = () => stand.fake.control.audit().requests.getNumberOrder?.count ?? 0;
    const looked = stand.client.reread(reference, { author: 'Olga', reason: 'a look' });
    while (asked() < 2) await new Promise((go) => setTimeout(go, 50));

    lost = undefined;

    await expect(looked).resolves.toEqual({ stage: 'AWAITING_KYC', detail: 'the order at Sinch is CREATED' });
    await stand.checkHistory(reference);
  });
});
