import { auRegistration } from '../kyc';
import type { Story } from './story';

export const renewed: Story = {
  row: 13,
  title: 'The document comes a day late',
  prologue:
    'The registration is in, the document is not, and the reservation runs out. With onExpiry "renew" the order reserves ' +
    'the number again and sends the KYC it already has: its sender need not repeat it.',
  tell: async (scene) => {
    const { sinch } = scene;
    await sinch.planNextOrder({ reservationSeconds: 8 });
    const order = await scene.start({
      reference: 'renewed',
      regionCode: 'AU',
      numberType: 'MOBILE',
      selection: { phoneNumber: '+61480000300' },
      onExpiry: 'renew',
    });
    await order.untilStage('AWAITING_KYC');
    await scene.register(order, auRegistration, 'the registration');
    await order.until('a second reservation', ({ attempt, stage }) => attempt === 2 && stage === 'AWAITING_KYC');
    await scene.attachProofOfIdentity(order);
    const { outcome, attempts } = await order.result();

    const [first, second, ...others] = (await sinch.audit()).orders;
    return [
      { claim: 'the order was bought at the second attempt', ok: outcome === 'COMPLETED' && attempts === 2 },
      {
        claim: 'the first reservation lapsed, and was never submitted',
        ok: first?.state === 'EXPIRED' && first.submits === 0,
      },
      {
        claim: 'the registration was sent once by its sender, and reached both',
        ok:
          first?.registrationPuts === 1 &&
          second?.registrationPuts === 1 &&
          first.registrationSha256 === second.registrationSha256,
      },
      {
        claim: 'the second was submitted once, and there is no third',
        ok: second?.state === 'COMPLETED' && second.submits === 1 && others.length === 0,
      },
    ];
  },
};
