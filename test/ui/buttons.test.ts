import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workflowIdOf } from '@number-orders/contract';
import { gbMobile } from '../support/kyc';
import { openStand, type OrderStand } from '../support/order-stand';
import { describeInBrowser, WebUi } from '../support/web-ui';

const page = readFileSync(join(__dirname, '../../docs/operators-buttons.md'), 'utf8');
const [, forCalls = '', forOrders = ''] = page.split(/^## /m);
/** The buttons in the headings of a part, such as _Reset_. */
const explained = (part: string) =>
  (part.match(/^### .+$/gm) ?? []).flatMap((heading) => [...heading.matchAll(/_([^_]+)_/g)].map(([, name]) => name));

describeInBrowser("the docs explain every button of Temporal's Web UI", () => {
  let ui: WebUi;
  let stand: OrderStand;

  beforeAll(async () => {
    ui = await WebUi.open();
    stand = await openStand(ui.environment);
  }, 120_000);
  afterAll(async () => {
    await stand.close();
    await ui.close();
  });

  it('for an order, and for a call that is under way', async () => {
    stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'HANG', when: 'BEFORE' });
    const reference = await stand.start(gbMobile);
    await stand.view(reference, ({ stage }) => stage === 'RESERVING');
    const { runId } = await stand.environment.client.workflow.getHandle(workflowIdOf(reference)).describe();
    const visited = await ui.visit(`workflows/${workflowIdOf(reference)}/${runId}/pending-activities`);

    const pause = visited.getByRole('button', { name: 'Pause', exact: true });
    await pause.waitFor();
    const card = await visited.locator('main').last().getByRole('button').allInnerTexts();
    const named = card.map((text) => text.trim());
    const ofCall = named.slice(named.indexOf('Pause')).filter((text) => text !== '');
    expect(ofCall).toEqual(expect.arrayContaining(['Pause', 'Reset']));
    expect(explained(forCalls)).toEqual(expect.arrayContaining(ofCall));

    await visited.getByRole('button', { name: 'More Actions' }).click();
    await visited.getByRole('menuitem', { name: 'Terminate' }).waitFor();
    const items = await visited.getByRole('menuitem').filter({ visible: true }).allInnerTexts();
    const ofOrder = items.map((item) => item.split('\n')[0]!.trim());
    expect(explained(forOrders)).toEqual(expect.arrayContaining([...ofOrder, 'Request Cancellation']));
  });
});
