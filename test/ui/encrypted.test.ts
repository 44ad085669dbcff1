import { randomBytes } from 'node:crypto';
import { authenticator } from '../../src/codec-server/authenticate';
import { createCodecServer } from '../../src/codec-server/codec-server';
import { createWorkerDataConverter } from '../../src/data-converter/worker-data-converter';
import { parseKeyList } from '../../src/data-converter/keys';
import { gbMobile } from '../support/kyc';
import { openStand, type OrderStand } from '../support/order-stand';
import { serveHttps } from '../support/serve-https';
import { describeInBrowser, screenshot, WebUi } from '../support/web-ui';

const TOKEN = 'what-an-identity-provider-gives';

describeInBrowser("Temporal's Web UI, where payloads are encrypted", () => {
  let ui: WebUi;
  let stand: OrderStand;
  let codec: Awaited<ReturnType<typeof serveHttps>>;
  const refused: string[] = [];

  beforeAll(async () => {
    const keys = parseKeyList(`one:${randomBytes(32).toString('base64')}`);
    const dataConverter = createWorkerDataConverter(keys);
    ui = await WebUi.open({ client: { dataConverter } });
    stand = await openStand(ui.environment, { dataConverter });
    const app = createCodecServer({
      keys,
      authenticate: authenticator({ token: TOKEN }),
      origin: ui.url,
      onRequest: ({ result }) => {
        if (result !== 'done') refused.push(result);
      },
    });
    // To any other address than an https one the Web UI shows no access token.
    codec = await serveHttps(app);
    await stand.client.start({ reference: 'shop-4715', ...gbMobile });
    await stand.view('shop-4715', ({ stage }) => stage === 'AWAITING_KYC');
  }, 120_000);
  afterAll(async () => {
    codec.close();
    await stand.close();
    await ui.close();
  });

  it('shows nothing of an order without the codec server', async () => {
    const page = await ui.visitOrder('shop-4715');
    await page.getByText('YmluYXJ5L2VuY3J5cHRlZA==').or(page.getByText('binary/encrypted')).first().waitFor();
    expect(await page.locator('main').innerText()).not.toContain('regionCode');
    await screenshot(page, 'payloads-encrypted');
  });

  it('shows an order to a reader who has the token of the codec server', async () => {
    const page = await ui.visitOrder('shop-4715', { codecEndpoint: codec.url, accessToken: TOKEN });
    await page.getByText('regionCode').first().waitFor();
    await screenshot(page, 'payloads-decoded');
    const { board } = await ui.board('shop-4715', { codecEndpoint: codec.url, accessToken: TOKEN });
    await expect(board()).resolves.toContain('Waiting for KYC');
    expect(refused).toEqual([]);
  });

  it('shows nothing to a reader without the token', async () => {
    const page = await ui.visitOrder('shop-4715', { codecEndpoint: codec.url, accessToken: 'stolen' });
    await page.getByText('YmluYXJ5L2VuY3J5cHRlZA==').or(page.getByText('binary/encrypted')).first().waitFor();
    expect(await page.locator('main').innerText()).not.toContain('regionCode');
    expect(refused).toContain('not authenticated');
  });
});
