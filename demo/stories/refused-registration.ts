import { gbRegistration, gbRegistrationWith } from '../kyc';
import type { Story } from './story';

export const refusedRegistration: Story = {
  row: 7,
  title: 'The registration is refused, and refused again',
  prologue:
    'The sender is told which fields to correct, and the order waits: nothing is lost. A correction may come as an ' +
    'update, which is answered, or as a signal, which is not.',
  tell: async (scene) => {
    const { sinch, orders, timeline } = scene;
    const order = await scene.start({
      reference: 'third-time-lucky',
      regionCode: 'GB',
      numberType: 'MOBILE',
      selection: { search: {} },
    });
    await order.untilStage('AWAITING_KYC');
    const first = await scene.register(
      order,
      gbRegistrationWith({ businessName: '', useCase: 'news' }),
      'a registration',
    );
    await order.until('the fields', ({ violations }) => violations.length === 2);
    const second = await scene.register(
      order,
      gbRegistrationWith({ useCase: 'news' }),
      'it again, one field corrected',
    );
    await order.until('the field', ({ violations }) => violations.length === 1);
    timeline.act(order.reference, 'sends it a third time, as a signal, without an answer');
    await orders.register(order.reference, gbRegistration, { signal: true });
    const { outcome } = await order.result();

    const audit = await sinch.audit();
    return [
      { claim: 'both senders were answered REFUSED', ok: first.status === 'REFUSED' && second.status === 'REFUSED' },
      { claim: 'the order was bought', ok: outcome === 'COMPLETED' && audit.orders[0]?.state === 'COMPLETED' },
      {
        claim: 'Sinch was sent the correct one alone: what its requirements rule out costs no call',
        ok: audit.orders[0]?.registrationPuts === 1,
      },
    ];
  },
};
