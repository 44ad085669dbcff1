import { gbRegistration, gbRegistrationWith } from '../kyc';
import type { Story } from './story';

export const rejected: Story = {
  row: 11,
  title: 'The reviewers say no, and the KYC is corrected',
  prologue:
    'A rejected order is dead: corrected KYC needs a new one. With onRejection "correct" the order waits for it, and ' +
    'then orders the same number again, as often as the request allows.',
  tell: async (scene) => {
    const { sinch } = scene;
    await sinch.planNextOrder({ review: ['REJECT'], message: 'The use case is not permitted' });
    const order = await scene.start({
      reference: 'second-attempt',
      regionCode: 'GB',
      numberType: 'MOBILE',
      selection: { phoneNumber: '+447911000123' },
      registration: gbRegistrationWith({ useCase: 'Cold calls to everybody' }),
      onRejection: 'correct',
      correctionWindow: '1 hour',
    });
    await order.untilStage('ACTION_REQUIRED');
    await scene.register(order, gbRegistration, 'a registration with another use case');
    const { outcome, attempts, phoneNumbers } = await order.result();

    const [first, second, ...others] = (await sinch.audit()).orders;
    return [
      { claim: 'the second attempt was bought', ok: outcome === 'COMPLETED' && attempts === 2 },
      {
        claim: 'Sinch has one order REJECTED and one COMPLETED, and no other',
        ok: first?.state === 'REJECTED' && second?.state === 'COMPLETED' && others.length === 0,
      },
      {
        claim: 'both for the same number',
        ok: [first, second].every((each) => each?.phoneNumbers.join() === phoneNumbers.join()),
      },
      { claim: 'each submitted once', ok: first?.submits === 1 && second?.submits === 1 },
    ];
  },
};
