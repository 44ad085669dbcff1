import { auMobile, auRegistration, gbMobile, gbRegistration, proofOfIdentity, usLocal } from '../../support/kyc';
import { BY_OPERATOR, sinchOrderId, startUntil, type Kind } from './kind';

const registered = { ...gbMobile, registration: gbRegistration };
const correcting = { ...registered, onRejection: 'correct' as const };

/** Orders that are not simply approved. */
export const review: Kind[] = [
  {
    name: 'submission-unclear',
    end: 'COMPLETED',
    play: async (stand) => {
      stand.fake.control.fault({ operation: 'submit', effect: 'RESET', when: 'AFTER' });
      return stand.start(usLocal);
    },
  },
  {
    name: 'submission-issued-again',
    end: 'COMPLETED',
    play: async (stand) => {
      stand.fake.control.fault({ operation: 'submit', effect: 'RESET' });
      return stand.start(usLocal);
    },
  },
  {
    name: 'blocked-and-corrected',
    end: 'COMPLETED',
    play: async (stand) => {
      stand.fake.control.planNextOrder({ review: ['BLOCK', 'APPROVE'], message: 'Say more about the use' });
      const reference = await startUntil(stand, auMobile, 'AWAITING_KYC');
      await stand.client.register(reference, auRegistration());
      await stand.client.attach(reference, proofOfIdentity());
      await stand.view(reference, ({ stage }) => stage === 'ACTION_REQUIRED');
      await stand.client.register(reference, auRegistration());
      return reference;
    },
  },
  {
    name: 'blocked-and-approved',
    end: 'COMPLETED',
    play: async (stand) => {
      stand.fake.control.planNextOrder({ review: ['BLOCK'] });
      const reference = await startUntil(stand, registered, 'ACTION_REQUIRED');
      stand.fake.control.moveOrder(await sinchOrderId(stand, reference), 'COMPLETED');
      await stand.client.reread(reference, BY_OPERATOR);
      return reference;
    },
  },
  {
    name: 'rejected',
    end: 'REJECTED',
    play: async (stand) => {
      stand.fake.control.planNextOrder({ review: ['REJECT'], message: 'The use is not permitted' });
      return stand.start(registered);
    },
  },
  {
    name: 'rejected-and-corrected',
    skipsTime: true,
    end: 'COMPLETED',
    play: async (stand) => {
      stand.fake.control.planNextOrder({ review: ['REJECT'] });
      const reference = await startUntil(stand, correcting, 'ACTION_REQUIRED');
      await stand.client.register(reference, gbRegistration);
      return reference;
    },
  },
  {
    name: 'rejected-again',
    skipsTime: true,
    end: 'REJECTED',
    play: async (stand) => {
      for (const _attempt of [1, 2]) stand.fake.control.planNextOrder({ review: ['REJECT'] });
      const reference = await startUntil(stand, { ...correcting, maxCorrections: 1 }, 'ACTION_REQUIRED');
      await stand.client.register(reference, gbRegistration);
      return reference;
    },
  },
  {
    name: 'rejected-and-never-corrected',
    skipsTime: true,
    end: 'REJECTED',
    play: async (stand) => {
      stand.fake.control.planNextOrder({ review: ['REJECT'] });
      const reference = await startUntil(stand, correcting, 'ACTION_REQUIRED');
      const until = new Date((await stand.environment.currentTimeMs()) + 30 * 86_400_000).toISOString();
      await stand.client.extendCorrectionWindow(reference, { until, ...BY_OPERATOR });
      return reference;
    },
  },
];
