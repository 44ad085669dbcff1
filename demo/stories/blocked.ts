import { gbRegistration, gbRegistrationWith } from '../kyc';
import type { Story } from './story';

export const blocked: Story = {
  row: 10,
  title: 'The reviewers want to know more',
  prologue:
    'Sinch says BLOCKED, which is no end: its reviewers say what they miss, somebody sends it, and the review goes on. ' +
    'The order is not submitted a second time.',
  tell: async (scene) => {
    const { sinch } = scene;
    await sinch.planNextOrder({ review: ['BLOCK', 'APPROVE'], message: 'Please describe the use case in more detail' });
    const order = await scene.start({
      reference: 'blocked',
      regionCode: 'GB',
      numberType: 'MOBILE',
      selection: { search: {} },
      registration: gbRegistration,
    });
    const { reviewLog } = await order.untilStage('ACTION_REQUIRED');
    const { status } = await scene.register(
      order,
      gbRegistrationWith({ useCase: 'Delivery notices, two for each parcel, to customers who asked for them' }),
      'a registration that says more',
    );
    const { outcome } = await order.result();

    const [seen] = (await sinch.audit()).orders;
    return [
      { claim: "the reviewers' message was in the view of the order", ok: reviewLog.length === 1 },
      { claim: 'the correction was accepted while BLOCKED', ok: status === 'ACCEPTED' && seen?.registrationPuts === 2 },
      { claim: 'the order was bought', ok: outcome === 'COMPLETED' && seen?.state === 'COMPLETED' },
      { claim: 'after one submit', ok: seen?.submits === 1 && seen.submitAttempts === 1 },
    ];
  },
};
