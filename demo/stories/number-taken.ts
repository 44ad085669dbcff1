import { setTimeout as delay } from 'node:timers/promises';
import type { Scene } from '../scene';
import type { Story } from './story';

export const numberTaken: Story = {
  row: 3,
  title: 'Another customer takes the number between search and order',
  prologue:
    'A search finds a number; before the order reaches Sinch, another customer has it. The order takes another one.',
  tell: async (scene) => {
    const { sinch, timeline } = scene;
    await sinch.fault({ operation: 'createNumberOrder', effect: 'DELAY', delayMs: 2_000 });
    const order = await scene.start({
      reference: 'contested',
      regionCode: 'US',
      numberType: 'LOCAL',
      selection: { search: { pattern: '+1212', searchPattern: 'START' } },
    });
    await creationUnderWay(scene);
    // Which number an order tries first follows from its reference.
    const [contested, next] = ['+12125550003', '+12125550299'];
    timeline.act(order.reference, `another customer takes ${contested}`);
    await sinch.takeNumbers(contested);
    const { outcome, phoneNumbers } = await order.result();

    const { orders, requests } = await sinch.audit();
    return [
      { claim: 'the next one of its choice was bought', ok: outcome === 'COMPLETED' && phoneNumbers.join() === next },
      {
        claim: 'two creations were tried, one reservation came of it',
        ok: requests.createNumberOrder?.count === 2 && orders.length === 1,
      },
      { claim: 'it looked once more before the second', ok: requests.searchAvailableNumbers?.count === 2 },
    ];
  },
};

async function creationUnderWay({ sinch }: Scene): Promise<void> {
  while ((await sinch.audit()).requests.createNumberOrder === undefined) await delay(50);
}
