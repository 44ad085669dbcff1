import type { OrderView } from '@number-orders/contract';
import { auMobile } from '../../support/kyc';
import { standForEach } from '../../support/stands';
import { devServer } from '../../support/temporal';

const search = { ...auMobile, selection: { search: {} } };

describe('orders that search at once', () => {
  const stand = standForEach(devServer, { maxCachedWorkflows: 100 });

  async function reserveAtOnce(count: number) {
    // They all look before any of them has reserved.
    stand.fake.control.fault({ operation: '*', effect: 'DELAY', delayMs: 300, times: 'ALWAYS' });
    const references = await Promise.all(Array.from({ length: count }, () => stand.start(search)));
    const views: OrderView[] = [];
    for (const reference of references)
      views.push(await stand.view(reference, ({ stage }) => stage !== 'LOOKING_UP' && stage !== 'RESERVING'));
    const { requests } = stand.fake.control.audit();
    return { references, views, creations: requests.createNumberOrder?.count ?? 0 };
  }

  it('each get their own number, with few creations', async () => {
    const { references, views, creations } = await reserveAtOnce(60);

    expect(views.map(({ stage }) => stage)).toEqual(views.map(() => 'AWAITING_KYC'));
    expect(new Set(views.flatMap(({ phoneNumbers }) => phoneNumbers)).size).toBe(60);
    expect(creations).toBeLessThanOrEqual(2 * 60);
    await stand.checkHistory(references[0] ?? '');
  });

  it('each get one even if there are only as many numbers as orders', async () => {
    const all = stand.fake.control.availableNumbers('AU', 'MOBILE');
    stand.fake.control.takeNumbers(...all.slice(30));

    const { references, views } = await reserveAtOnce(30);

    expect(views.flatMap(({ phoneNumbers }) => phoneNumbers).sort()).toEqual(all.slice(0, 30));
    await stand.checkHistory(references[0] ?? '');
  });
});
