import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { views } from '../../../src/client';
import { referenceOf, workflowIdOf, WORKFLOW_TYPE } from '@number-orders/contract';
import { createDataConverter } from '../../../src/data-converter';
import { auMobile, gbMobile, gbRegistration, usLocal } from '../../support/kyc';
import { openStand, type OrderStand } from '../../support/order-stand';
import { devServer } from '../../support/temporal';

const AT = /\d{4}-\d\d-\d\dT[\d:.]+Z/;

describe('the saved views of docs/operating.md', () => {
  let stand: OrderStand;
  const orders: Record<'dueSoon' | 'dueLate' | 'blocked' | 'unconfirmed' | 'plain', string> = {
    dueSoon: '',
    dueLate: '',
    blocked: '',
    unconfirmed: '',
    plain: 'plain-start',
  };

  beforeAll(async () => {
    stand = await openStand(await devServer({ dataConverter: createDataConverter() }), { policy: { settleMs: 100 } });
    const { control } = stand.fake;
    control.planNextOrder({ reservationSeconds: 3_600 });
    orders.dueSoon = await stand.start(auMobile);
    await stand.view(orders.dueSoon, ({ stage }) => stage === 'AWAITING_KYC');
    orders.dueLate = await stand.start(auMobile);
    await stand.view(orders.dueLate, ({ stage }) => stage === 'AWAITING_KYC');
    control.planNextOrder({ review: ['BLOCK'] });
    orders.blocked = await stand.start({ ...gbMobile, registration: gbRegistration });
    await stand.view(orders.blocked, ({ stage }) => stage === 'ACTION_REQUIRED');
    control.fault({ operation: 'createNumberOrder', effect: 'RESET', when: 'AFTER' });
    orders.unconfirmed = await stand.start({ ...usLocal, selection: { phoneNumber: '+12125550123' } });
    await stand.view(orders.unconfirmed, ({ stage }) => stage === 'UNCONFIRMED');
    // By a client that knows of neither summary nor search attributes.
    orders.plain = `plain-${orders.dueLate}`;
    await stand.environment.client.workflow.start(WORKFLOW_TYPE, {
      workflowId: workflowIdOf(orders.plain),
      taskQueue: stand.taskQueue,
      args: [{ reference: orders.plain, ...auMobile }],
    });
    await stand.view(orders.plain, ({ stage }) => stage === 'AWAITING_KYC');
  });
  afterAll(async () => {
    for (const reference of Object.values(orders)) await stand.client.cancel(reference, { reason: 'seen' });
    await stand.close();
    await stand.environment.teardown();
  });

  async function found(query: string): Promise<string[]> {
    const references: string[] = [];
    for await (const run of stand.environment.client.workflow.list({ query })) {
      references.push(referenceOf(run.workflowId) ?? '');
    }
    return references.filter((reference) => Object.values(orders).includes(reference)).sort();
  }

  /** Visibility is behind the orders themselves. */
  async function eventually(query: string, ...references: string[]): Promise<void> {
    const wanted = references.sort().join();
    for (let tries = 0; (await found(query)).join() !== wanted && tries < 100; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await found(query)).toEqual(references.sort());
  }

  it('find the orders that their names announce', async () => {
    const [dueSoon, actionRequired, unconfirmed, inAustralia] = views('AU', new Date()).map(({ query }) => query);
    await eventually(dueSoon!, orders.dueSoon);
    await eventually(actionRequired!, orders.blocked);
    await eventually(unconfirmed!, orders.unconfirmed);
    await eventually(inAustralia!, orders.dueSoon, orders.dueLate, orders.plain);
  });

  it('are printed as the command prints them', () => {
    const page = readFileSync(join(__dirname, '../../../docs/operating.md'), 'utf8');
    const printed = [...page.matchAll(/```sql\n(.*)\n```/g)].map(([, query]) => query?.replace(AT, '<time>'));
    expect(printed).toEqual(views('AU', new Date()).map(({ query }) => query.replace(AT, '<time>')));
  });
});
