import { randomUUID } from 'node:crypto';
import { commandLine } from '../support/command-line';
import { gbMobile, usLocal } from '../support/kyc';
import { standForAll } from '../support/stands';
import { devServer } from '../support/temporal';

describe('number-orders reconcile', () => {
  const stand = standForAll(devServer, {
    ports: { callbackUrl: (reference) => `https://x.example/${reference}/1/mac` },
  });
  // Orders of other tests are in the same namespace: a project of its own keeps them out.
  const project = `reconcile-${randomUUID()}`;
  const cli = commandLine(stand);
  const env = () => {
    const { projectId, keyId, keySecret } = stand.fake;
    return { SINCH_PROJECTS: JSON.stringify({ [project]: { projectId, keyId, keySecret } }) };
  };
  const reconcile = (...args: string[]) => cli(['reconcile', '--project', project, ...args], { env: env() });

  /** Bought without any order of ours. */
  async function buyElsewhere(phoneNumber: string): Promise<void> {
    const { url, projectId, keyId, keySecret } = stand.fake;
    const headers = { authorization: `Basic ${Buffer.from(`${keyId}:${keySecret}`).toString('base64')}` };
    const post = async (path: string, body?: object) => {
      const init = { method: 'POST', headers, ...(body && { body: JSON.stringify(body) }) };
      return (await (await fetch(`${url}/v1/projects/${projectId}/numberOrders${path}`, init)).json()) as {
        idNumberOrder: string;
      };
    };
    const order = { regionCode: 'US', numberType: 'LOCAL', callbackUrl: 'https://x.example/lost-order/1/mac' };
    const { idNumberOrder } = await post(':createNumberOrder', {
      ...order,
      numberOrderOption: { phoneNumbers: [phoneNumber] },
    });
    await post(`/${idNumberOrder}/submit`);
  }

  /** Visibility is behind the orders. */
  async function until(wanted: (out: string) => boolean) {
    for (;;) {
      const ran = await reconcile();
      if (wanted(ran.out)) return ran;
    }
  }

  it("finds every bought number and its order, on every page of Sinch's list, and exits with 0", async () => {
    // Two pages of one kind, and an order that waits for KYC, which has bought nothing yet.
    const many = { ...usLocal, project, selection: { quantity: { requestedQuantity: 60 } } };
    const references = [await stand.start(many), await stand.start(many)];
    const waiting = await stand.start({ ...gbMobile, project });
    await stand.view(waiting, ({ stage }) => stage === 'AWAITING_KYC');
    for (const reference of references) {
      expect(await stand.client.result(reference)).toMatchObject({ outcome: 'COMPLETED' });
    }
    const { code, out } = await until((printed) => printed.includes('known: 120'));
    expect({ code, out }).toEqual({
      code: 0,
      out: 'Bought and known: 120\nBought and unknown: 0\nKnown and gone: 0\n',
    });
    await stand.client.cancel(waiting, { reason: 'seen' });
  });

  it('exits with 1 if a number is bought that no order knows, or a number that an order bought is gone', async () => {
    const reference = await stand.start({ ...usLocal, project, selection: { phoneNumber: '+14155550490' } });
    await stand.client.result(reference);
    await until((printed) => printed.includes('known: 121'));
    await buyElsewhere('+14155550499');
    const month = 31 * 86_400_000;
    await cli(['release', '+14155550490', '--yes']);
    stand.fake.control.advance(month);

    const { code, out } = await reconcile();

    expect({ code, out }).toEqual({
      code: 1,
      out: [
        'Bought and known: 120',
        'Bought and unknown: 1',
        '  +14155550499  by its callback URL of lost-order',
        'Known and gone: 1',
        `  +14155550490  of ${reference}`,
        '',
      ].join('\n'),
    });
    const json = await reconcile('--json');
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out)).toMatchObject({
      unknown: [{ phoneNumber: '+14155550499', perhapsOf: 'lost-order' }],
      gone: [{ phoneNumber: '+14155550490', reference }],
    });
  });

  it('does not report a number as missing that its order released by itself', async () => {
    stand.fake.control.planNextOrder({ sms: 'STUCK' });
    const sms = { smsConfiguration: { servicePlanId: 'plan' } };
    const selection = { phoneNumber: '+14155550480' };
    const reference = await stand.start({ ...usLocal, ...sms, project, selection });
    await stand.view(reference, ({ stage }) => stage === 'PROVISIONING');
    await stand.client.cancel(reference, { reason: 'not needed' });
    expect(await stand.client.result(reference)).toMatchObject({ outcome: 'CANCELLED' });
    await until((printed) => printed.includes('known: 121'));
    stand.fake.control.advance(31 * 86_400_000);
    expect((await reconcile()).out).toContain('Known and gone: 1\n  +14155550490');
  });
});
