import type { FollowedOrder } from '../followed-order';
import type { Scene } from '../scene';
import type { Story } from './story';

const usLocal = { regionCode: 'US', numberType: 'LOCAL' } as const;

export const cancelled: Story = {
  row: 15,
  title: 'The customer no longer wants it',
  prologue:
    'Sinch cannot cancel anything, so what a cancellation comes to depends on when it comes: nothing is created; the ' +
    'reservation is left to lapse; a review is followed to its end and what it buys is given back; a number that is being ' +
    'linked is given back at once.',
  tell: async (scene) => {
    const { sinch } = scene;
    await sinch.fault({ operation: 'lookupNumberRequirements', effect: 'HTML', times: 'ALWAYS' });
    const early = await scene.start({ reference: 'before-creation', ...usLocal, selection: { search: {} } });
    await early.untilStage('LOOKING_UP');
    await cancel(scene, early);
    const atLookup = await early.result();
    await sinch.clearFaults();

    const reserved = await scene.start({
      reference: 'reserved',
      regionCode: 'AU',
      numberType: 'MOBILE',
      selection: { search: {} },
    });
    await reserved.untilStage('AWAITING_KYC');
    await cancel(scene, reserved);
    const whileReserved = await reserved.result();

    const submitted = await scene.start({ reference: 'in-review', ...usLocal, selection: { search: {} } });
    await submitted.untilStage('IN_REVIEW');
    await cancel(scene, submitted);
    const inReview = await submitted.result();

    await sinch.planNextOrder({ sms: 'STUCK' });
    const bought = await scene.start({
      reference: 'being-linked',
      ...usLocal,
      selection: { search: {} },
      smsConfiguration: { servicePlanId: 'example-plan' },
    });
    await bought.untilStage('PROVISIONING');
    await cancel(scene, bought);
    const whileLinked = await bought.result();

    const results = [atLookup, whileReserved, inReview, whileLinked];
    const { orders } = await sinch.audit();
    const [lapsing, released, alsoReleased, ...others] = orders;
    return [
      { claim: 'all four ended CANCELLED', ok: results.every(({ outcome }) => outcome === 'CANCELLED') },
      {
        claim: 'before its creation: nothing was created',
        ok: atLookup.reservations.length === 0 && others.length === 0,
      },
      {
        claim: 'reserved: never submitted; the result says when it lapses',
        ok: lapsing?.submits === 0 && whileReserved.reservations[0]?.expireTime === lapsing.expireTime,
      },
      {
        claim: 'in review: bought after all, and given back',
        ok: released?.state === 'COMPLETED' && released.released,
      },
      { claim: 'being linked: given back', ok: alsoReleased?.state === 'COMPLETED' && alsoReleased.released },
    ];
  },
};

async function cancel({ orders, timeline }: Scene, { reference }: FollowedOrder): Promise<void> {
  timeline.act(reference, 'the customer cancels');
  await orders.cancel(reference, { reason: 'no longer wanted' });
}
