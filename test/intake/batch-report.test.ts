import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { ReportLine } from '../../src/cli/batch/report';
import { commandLine } from '../support/command-line';
import { asSetting } from '../support/keys';
import { auMobile, auRegistration, PROOF_OF_IDENTITY, usLocal } from '../support/kyc';
import { openStand, type OrderStand } from '../support/order-stand';
import { devServer } from '../support/temporal';
import { newKeys, openIntake, SERVICES, type OpenIntake } from './open-intake';

describe('the report of a batch, where the intake runs', () => {
  const keys = newKeys();
  let stand: OrderStand;
  let intake: OpenIntake;

  beforeAll(async () => {
    stand = await openStand(await devServer());
    intake = await openIntake(stand, { keys });
  });
  afterAll(async () => {
    await intake.close();
    await stand.close();
  });

  it.each([
    ['the intake signs it for a token', { NUMBER_ORDERS_INTAKE_TOKEN: SERVICES[0].token }],
    ['the operator holds the keys', { NUMBER_ORDERS_INTAKE_KEYS: asSetting(keys) }],
  ])('has a link for each waiting row, which opens its page and accepts its KYC (%s)', async (_which, secret) => {
    const batch = `report-${randomUUID()}`;
    const [bought, waiting] = [`${batch}-bought`, `${batch}-waiting`];
    await stand.client.batches.start(batch, [
      { reference: bought, ...usLocal },
      { reference: waiting, ...auMobile, registration: auRegistration() },
    ]);
    while ((await stand.client.batches.view(batch)).taken < 2) await delay(50);
    await stand.client.result(bought);
    await stand.view(waiting, ({ stage }) => stage === 'AWAITING_KYC');
    const cli = commandLine(stand);
    const env = { NUMBER_ORDERS_INTAKE_URL: intake.url, ...secret };

    const { code, out } = await cli(['batch', 'report', batch, '--format', 'json'], { env });

    expect(code).toBe(0);
    const [first, second] = JSON.parse(out) as ReportLine[];
    expect(first).toMatchObject({ reference: bought, state: 'COMPLETED' });
    expect(first).not.toHaveProperty('kycLink');
    expect(second).toMatchObject({ reference: waiting, missing: [{ title: 'Proof of identity' }] });
    const opened = await fetch(second!.kycLink!, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: intake.url },
    });
    const page = `${intake.url}/kyc/orders/${waiting}`;
    expect([opened.status, opened.headers.get('location')]).toEqual([303, `/kyc/orders/${waiting}`]);
    const cookie = (opened.headers.get('set-cookie') ?? '').split(';')[0]!;
    const html = await (await fetch(page, { headers: { cookie } })).text();
    for (const shown of ['Proof of identity', ...second!.phoneNumbers]) expect(html).toContain(shown);

    const body = new FormData();
    body.append(`document.${PROOF_OF_IDENTITY}`, new Blob(['%PDF'], { type: 'application/pdf' }), 'identity.pdf');
    body.append('do', 'documents');
    const sent = await fetch(page, { method: 'POST', headers: { cookie, origin: intake.url }, body });
    expect(sent.status).toBe(200);
    await expect(stand.client.result(waiting)).resolves.toMatchObject({ outcome: 'COMPLETED' });

    const after = await cli(['batch', 'report', batch], { env });
    expect(after.out).not.toContain('/kyc/');
  });
});
