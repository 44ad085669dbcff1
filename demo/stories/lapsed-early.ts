import { PROOF_OF_IDENTITY } from '../kyc';
import type { Story } from './story';

export const lapsedEarly: Story = {
  row: 14,
  title: 'Sinch lets the reservation lapse before its time',
  prologue:
    'Sinch promised 48 hours, but ends the reservation after a moment. Only its state counts, not our timer: the next ' +
    'read (by a callback, a call or an operator) notices it, and the order ends as if time had run out.',
  tell: async (scene) => {
    const { sinch, orders, timeline } = scene;
    const order = await scene.start({
      reference: 'lapsed-early',
      regionCode: 'AU',
      numberType: 'MOBILE',
      selection: { search: {} },
    });
    const { sinchOrderId = '' } = await order.untilStage('AWAITING_KYC');
    timeline.act(order.reference, 'Sinch lets the reservation lapse');
    await sinch.moveOrder(sinchOrderId, 'EXPIRED');
    timeline.act(order.reference, 'an operator has Sinch asked');
    await orders.reread(order.reference, { author: 'night shift', reason: 'the dashboard says EXPIRED' });
    const { outcome, reservations, missing } = await order.result();

    const [seen, ...others] = (await sinch.audit()).orders;
    return [
      { claim: 'the order is EXPIRED, as at Sinch', ok: outcome === 'EXPIRED' && seen?.state === 'EXPIRED' },
      {
        claim: 'its result reports what has lapsed and what was missing',
        ok: reservations[0]?.state === 'LAPSED' && missing.includes(PROOF_OF_IDENTITY),
      },
      {
        claim: 'it was never submitted, and nothing else was reserved',
        ok: seen?.submits === 0 && others.length === 0,
      },
    ];
  },
};
