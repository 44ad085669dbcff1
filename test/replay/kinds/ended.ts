import { workflowIdOf } from '@number-orders/contract';
import { auMobile, auRegistration, gbMobile, gbRegistration, proofOfIdentity, usLocal } from '../../support/kyc';
import type { OrderStand } from '../../support/order-stand';
import { BY_OPERATOR, faulted, FORCED, sinchOrderId, startUntil, type Kind } from './kind';

const registered = { ...gbMobile, registration: gbRegistration };
const REASON = { author: 'a caller', reason: 'changed plans' };

async function cancelled(stand: OrderStand, reference: string): Promise<string> {
  await stand.client.cancel(reference, REASON);
  return reference;
}

async function inReview(stand: OrderStand): Promise<string> {
  stand.fake.control.planNextOrder({ review: ['STUCK'] });
  return startUntil(stand, registered, 'IN_REVIEW');
}

async function decide(stand: OrderStand, reference: string, state: 'COMPLETED' | 'REJECTED'): Promise<string> {
  stand.fake.control.moveOrder(await sinchOrderId(stand, reference), state);
  await stand.client.reread(reference, BY_OPERATOR);
  return reference;
}

/** Orders that somebody ends. */
export const ended: Kind[] = [
  {
    name: 'cancelled-before-its-reservation',
    end: 'CANCELLED',
    play: async (stand) => {
      stand.fake.control.fault({ operation: 'lookupNumberRequirements', effect: 'HTML', times: 'ALWAYS' });
      return cancelled(stand, await stand.start(gbMobile));
    },
  },
  {
    name: 'cancelled-while-it-is-reserved',
    end: 'CANCELLED',
    play: async (stand) => {
      stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'DELAY', delayMs: 500 });
      const reference = await stand.start(gbMobile);
      await faulted(stand, reference, 'createNumberOrder');
      return cancelled(stand, reference);
    },
  },
  {
    name: 'cancelled-while-it-waits',
    end: 'CANCELLED',
    play: async (stand) => {
      const reference = await startUntil(stand, auMobile, 'AWAITING_KYC');
      await stand.client.attach(reference, proofOfIdentity());
      return cancelled(stand, reference);
    },
  },
  {
    name: 'cancelled-by-temporal',
    end: 'CANCELLED',
    play: async (stand) => {
      const reference = await startUntil(stand, auMobile, 'AWAITING_KYC');
      await stand.environment.client.workflow.getHandle(workflowIdOf(reference)).cancel();
      return reference;
    },
  },
  {
    name: 'cancelled-before-its-submission',
    end: 'CANCELLED',
    play: async (stand) => {
      stand.fake.control.fault({ operation: 'submit', effect: 'STATUS', status: 429, times: 'ALWAYS' });
      return cancelled(stand, await startUntil(stand, usLocal, 'SUBMITTING'));
    },
  },
  {
    name: 'cancelled-in-review-and-released',
    end: 'CANCELLED',
    play: async (stand) => decide(stand, await cancelled(stand, await inReview(stand)), 'COMPLETED'),
  },
  {
    name: 'cancelled-in-review-and-rejected',
    end: 'CANCELLED',
    play: async (stand) => decide(stand, await cancelled(stand, await inReview(stand)), 'REJECTED'),
  },
  {
    name: 'cancelled-while-it-is-linked',
    end: 'CANCELLED',
    play: async (stand) => {
      stand.fake.control.planNextOrder({ sms: 'STUCK' });
      const order = { ...usLocal, smsConfiguration: { servicePlanId: 'plan' } };
      return cancelled(stand, await startUntil(stand, order, 'PROVISIONING'));
    },
  },
  {
    name: 'cancelled-while-corrections-are-awaited',
    end: 'CANCELLED',
    play: async (stand) => {
      stand.fake.control.planNextOrder({ review: ['REJECT'] });
      return cancelled(stand, await startUntil(stand, { ...registered, onRejection: 'correct' }, 'ACTION_REQUIRED'));
    },
  },
  {
    name: 'erased-while-it-waits',
    end: 'CANCELLED',
    play: async (stand) => {
      const reference = await startUntil(stand, auMobile, 'AWAITING_KYC');
      await stand.client.register(reference, auRegistration());
      await stand.client.attach(reference, proofOfIdentity({ fileName: 'UPLOAD-STUCK.pdf' }));
      await stand.client.erase(reference, FORCED);
      return reference;
    },
  },
  {
    name: 'erased-in-review',
    end: 'CANCELLED',
    play: async (stand) => {
      const reference = await inReview(stand);
      await stand.client.erase(reference, FORCED);
      return decide(stand, reference, 'COMPLETED');
    },
  },
];
