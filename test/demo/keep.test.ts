import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from '@swc/core';
import type { Browser, Page } from 'playwright-core';
import auRegistration from '../../demo/examples/au-registration.json';
import { codeBlocks } from '../support/documentation';
import { describeInBrowser, launchBrowser } from '../support/web-ui';
import { KeptDemo, root } from './kept-demo';

// A demo, and orders that take their time.
jest.setTimeout(240_000);

const base64 = (text: string) => Buffer.from(text).toString('base64');

let demo: KeptDemo;
beforeAll(async () => (demo = await KeptDemo.start()));
afterAll(async () => {
  expect(await demo.stop()).toEqual([0, null]);
});

describe('with a kept demo around it, the README', () => {
  const blockWith = (language: string, what: string) => {
    const [block] = codeBlocks('README.md', language).filter((code) => code.includes(what));
    if (block === undefined) throw new Error(`README.md has no block of ${language} with ${what}`);
    return block;
  };

  it('shows how to start an order from a service', async () => {
    const folder = mkdtempSync(join(root, '.number-orders/readme-'));
    const source = `const kycFields = ${JSON.stringify(auRegistration.data)};
      ${blockWith('ts', 'connectNumberOrders')}
      console.log(outcome);`;
    const { code } = transformSync(source, {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'es6' },
    });
    writeFileSync(join(folder, 'service.mjs'), code);
    try {
      const command = `${demo.environment}; node ${join(folder, 'service.mjs')}`;
      expect(await demo.run(command, join(root, 'demo/examples'))).toBe('COMPLETED\n');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('shows how to start, signal and query an encrypted order with the plain CLI', async () => {
    const commands = `set -e; ${demo.environment}
      # Only the flags that are printed: the same settings would hide that they are missing.
      unset TEMPORAL_CODEC_ENDPOINT TEMPORAL_CODEC_AUTH
      ${blockWith('sh', 'temporal workflow start')}`;
    const printed = await demo.run(commands);
    expect(printed).toContain('number-order-shop-4712');
    expect(printed).toContain('"reference":"shop-4712"');
    const { events } = JSON.parse(
      await demo.run(
        `${demo.environment}; unset TEMPORAL_CODEC_ENDPOINT TEMPORAL_CODEC_AUTH
        temporal workflow result --workflow-id number-order-shop-4712 > /dev/null
        temporal workflow show --workflow-id number-order-shop-4712 -o json`,
      ),
    ) as { events: Record<string, { input?: object }>[] };
    for (const sent of ['workflowExecutionStartedEventAttributes', 'workflowExecutionSignaledEventAttributes']) {
      const input = events.find((event) => sent in event)?.[sent]?.input;
      expect(input).toMatchObject({ payloads: [{ metadata: { encoding: base64('binary/encrypted') } }] });
    }
  });

  it('shows how to run doctor', async () => {
    const [doctor = ''] = /^node dist.* doctor\b/m.exec(blockWith('sh', 'doctor')) ?? [];
    expect(await demo.run(`${demo.environment}; ${doctor}`)).not.toContain('FAIL');
  });
});

describe('with a kept demo around it, curl alone, as the docs print it,', () => {
  const answerTo = async (what: string) => {
    const [printed = ''] = codeBlocks('docs/http-intake.md', 'sh').filter((code) => code.includes(what));
    const command = printed
      .replace('curl', 'curl --silent --show-error')
      .replace('passport.pdf', 'demo/examples/identity.pdf')
      .replace('https://kyc.example', '$NUMBER_ORDERS_INTAKE_URL')
      .replace('shop-4711', 'visitor-page');
    return JSON.parse(await demo.run(`${demo.environment}; TOKEN=$NUMBER_ORDERS_INTAKE_TOKEN; ${command}`)) as unknown;
  };

  it('uploads a document', async () => {
    expect(await answerTo('--upload-file')).toEqual({ status: 'ACCEPTED', violations: [] });
  });

  it('gets a link to the KYC page', async () => {
    expect(await answerTo('kyc-links')).toMatchObject({ url: expect.stringContaining('/kyc/') });
  });

  it('gets the state of an order', async () => {
    expect(await answerTo('outstanding')).toMatchObject({ stage: 'AWAITING_KYC', phoneNumbers: ['+61480000031'] });
  });
});

describeInBrowser('the Web UI of a demo', () => {
  let browser: Browser;
  beforeAll(async () => (browser = await launchBrowser()));
  afterAll(() => browser.close());

  const visitOrder = (page: Page) => page.goto(`${demo.uiUrl}/namespaces/default/workflows/number-order-au-mobile`);

  it('shows orders in plain text without any settings', async () => {
    const page = await browser.newPage();
    await visitOrder(page);
    await page.getByText('regionCode').first().waitFor();
    expect(await page.locator('main').innerText()).toContain('"reference": "au-mobile"');
  });

  it('shows nothing of an order when it cannot reach the codec server', async () => {
    const page = await browser.newPage();
    await page.route('**/decode', (route) => route.abort());
    await visitOrder(page);
    await page.getByText(base64('binary/encrypted')).or(page.getByText('binary/encrypted')).first().waitFor();
    expect(await page.locator('main').innerText()).not.toContain('regionCode');
  });

  it('comes with a KYC page: the link that a kept demo prints opens it, with a number reserved', async () => {
    const page = await browser.newPage();
    await page.goto(demo.kycUrl);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'What is needed' }).waitFor();
    await page.getByText('+61480000031').first().waitFor();
  });

  it('is the only page that the codec server accepts requests from', async () => {
    const { Codec } = (await (await fetch(`${demo.uiUrl}/api/v1/settings`)).json()) as { Codec: { Endpoint: string } };
    const ask = async (headers: Record<string, string>) =>
      (await fetch(`${Codec.Endpoint}/decode`, { method: 'POST', headers, body: '{}' })).status;
    expect(await ask({ origin: demo.uiUrl })).toBe(200);
    expect(await ask({ origin: 'http://page.example' })).toBe(401);
    expect(await ask({})).toBe(401);
  });
});

// Last: they leave a fault behind for the next order.
test('the commands that a kept demo prints work as printed', async () => {
  const printed = await demo.run(demo.commands);
  expect(printed).not.toContain('FAILED');
  expect(printed).toContain('Registration REFUSED');
  expect(printed).toContain('Registration ACCEPTED');
  expect(printed).toMatch(/^visitor-au {2}COMPLETED$/m);
  expect(printed).toMatch(/"stage": "AWAITING_KYC"/);
  expect(printed).toMatch(/Result +\{.*"outcome":"COMPLETED".*"reference":"visitor-gb"/);
  expect(printed).toMatch(/^visitor-de {2}CANCELLED$/m);
  expect(printed).toMatch(/"phoneNumbers":\["\+61480000042"\],"state":"COMPLETED"/);
});
