import { randomUUID } from 'node:crypto';
import { auMobile, auRegistration, gbMobile, gbRegistration, proofOfIdentity, usLocal } from '../../support/kyc';
import { callBack, sinchOrderId, startUntil, type Kind } from './kind';

const linked = {
  ...usLocal,
  smsConfiguration: { servicePlanId: 'plan' },
  voiceConfiguration: { type: 'RTC' as const, appId: 'app' },
};

/** Orders that come to what they were made for. */
export const completed: Kind[] = [
  {
    name: 'completed',
    end: 'COMPLETED',
    play: async (stand) => {
      const reference = await startUntil(stand, auMobile, 'AWAITING_KYC');
      await stand.client.register(reference, auRegistration());
      await stand.client.attach(reference, proofOfIdentity());
      return reference;
    },
  },
  {
    name: 'completed-by-signals',
    end: 'COMPLETED',
    play: async (stand) => {
      const reference = await startUntil(stand, auMobile, 'AWAITING_KYC');
      await stand.client.attach(reference, proofOfIdentity(), { signal: true });
      await stand.client.register(reference, auRegistration(), { signal: true });
      return reference;
    },
  },
  {
    name: 'completed-and-reserved-by-update',
    end: 'COMPLETED',
    play: async (stand) => {
      const reference = `kinds-${randomUUID()}`;
      await stand.client.reserve({ reference, ...gbMobile });
      await stand.client.register(reference, gbRegistration);
      return reference;
    },
  },
  { name: 'completed-without-kyc', end: 'COMPLETED', play: (stand) => stand.start(usLocal) },
  {
    name: 'completed-with-kyc-of-the-request',
    end: 'COMPLETED',
    play: async (stand) => {
      const reference = `kinds-${randomUUID()}`;
      const attachments = [await stand.client.stage(reference, proofOfIdentity())];
      await stand.client.start({ reference, ...auMobile, registration: auRegistration(), attachments });
      return reference;
    },
  },
  {
    name: 'completed-with-early-kyc',
    end: 'COMPLETED',
    play: async (stand) => {
      stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'DELAY', delayMs: 500 });
      const reference = await startUntil(stand, auMobile, 'RESERVING');
      await stand.client.register(reference, auRegistration());
      await stand.client.attach(reference, proofOfIdentity(), { signal: true });
      return reference;
    },
  },
  {
    name: 'completed-with-one-number',
    end: 'COMPLETED',
    play: (stand) => stand.start({ ...usLocal, selection: { phoneNumber: '+12125550042' } }),
  },
  {
    name: 'completed-with-a-quantity',
    end: 'COMPLETED',
    play: (stand) => stand.start({ ...usLocal, selection: { quantity: { requestedQuantity: 2 } } }),
  },
  {
    name: 'completed-and-linked',
    skipsTime: true,
    options: { fake: { linkingSeconds: 3_600 } },
    end: 'COMPLETED',
    play: (stand) => stand.start(linked),
  },
  {
    name: 'completed-but-not-linked',
    end: 'COMPLETED',
    play: async (stand) => {
      stand.fake.control.planNextOrder({ sms: 'FAIL' });
      return stand.start(linked);
    },
  },
  {
    name: 'completed-but-never-linked',
    skipsTime: true,
    end: 'COMPLETED',
    play: async (stand) => {
      stand.fake.control.planNextOrder({ voice: 'STUCK' });
      return stand.start(linked);
    },
  },
  {
    name: 'completed-after-callbacks',
    end: 'COMPLETED',
    play: async (stand) => {
      stand.fake.control.planNextOrder({ review: ['STUCK'] });
      const reference = await startUntil(stand, usLocal, 'IN_REVIEW');
      const ours = await sinchOrderId(stand, reference);
      await callBack(stand, reference, ours);
      await callBack(stand, reference, 'another-order');
      stand.fake.control.moveOrder(ours, 'COMPLETED');
      await callBack(stand, reference, ours, 'COMPLETED');
      return reference;
    },
  },
  {
    name: 'completed-and-told',
    end: 'COMPLETED',
    play: (stand) =>
      stand.start({ ...gbMobile, registration: gbRegistration, notificationUrl: 'https://crm.example/hooks' }),
  },
  {
    name: 'completed-after-a-week-of-review',
    skipsTime: true,
    options: { fake: { reviewSeconds: 7 * 86_400, tokenSeconds: 30 * 86_400 } },
    end: 'COMPLETED',
    play: (stand) => stand.start({ ...gbMobile, registration: gbRegistration }),
  },
];
