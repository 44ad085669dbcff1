import { gbMobile, gbRegistration, usLocal } from '../../support/kyc';
import type { OrderStand } from '../../support/order-stand';
import { BY_OPERATOR, callBack, sinchOrderId, startUntil, type Kind } from './kind';

const MESSAGES_A_RUN = 3;
const options = { policy: { continueAsNewMessages: MESSAGES_A_RUN } };

/** Sends messages that mean nothing to the order until it has begun anew. */
async function beginAnew(stand: OrderStand, reference: string): Promise<void> {
  for (let message = 0; message < MESSAGES_A_RUN; message++) await callBack(stand, reference, 'another-order');
  for (let tries = 0; (await stand.runs(reference)).length === 1; tries++) {
    if (tries > 400) throw new Error('The order does not continue as new');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Orders of more runs than one. */
export const continued: Kind[] = [
  {
    name: 'continued-while-it-waits',
    options,
    end: 'COMPLETED',
    play: async (stand) => {
      stand.fake.control.fault({ operation: 'updateRegistration', effect: 'HTML', times: 'ALWAYS' });
      const reference = await startUntil(stand, gbMobile, 'AWAITING_KYC');
      await stand.client.register(reference, gbRegistration, { signal: true });
      await beginAnew(stand, reference);
      stand.fake.control.clearFaults();
      return reference;
    },
  },
  {
    name: 'continued-in-review',
    options,
    end: 'COMPLETED',
    play: async (stand) => {
      stand.fake.control.planNextOrder({ review: ['STUCK'] });
      const reference = await startUntil(stand, usLocal, 'IN_REVIEW');
      await beginAnew(stand, reference);
      stand.fake.control.moveOrder(await sinchOrderId(stand, reference), 'COMPLETED');
      await stand.client.reread(reference, BY_OPERATOR);
      return reference;
    },
  },
];
