import { SIGNAL } from '@number-orders/contract';
import type { Fault } from '../../../fake-sinch';
import type { OrderStand } from '../../support/order-stand';
import {
  LETTER_OF_AUTHORIZATION as LETTER,
  auMobile,
  auRegistration,
  gbMobile,
  gbRegistration,
  proofOfIdentity,
} from '../../support/kyc';
import { BY_OPERATOR, faulted, signal, startUntil, type Kind } from './kind';

/** A registration is replaced while this befalls it. */
const replacedDuring = (fault: Pick<Fault, 'effect' | 'delayMs'>) => async (stand: OrderStand) => {
  stand.fake.control.fault({ operation: 'updateRegistration', ...fault });
  const reference = await startUntil(stand, gbMobile, 'AWAITING_KYC');
  await stand.client.register(reference, gbRegistration, { signal: true });
  await faulted(stand, reference, 'updateRegistration');
  await stand.client.register(reference, gbRegistration);
  return reference;
};

/** Orders whose KYC does not come as it should. */
export const kyc: Kind[] = [
  {
    name: 'registration-refused-and-corrected',
    end: 'COMPLETED',
    play: async (stand) => {
      const reference = await startUntil(stand, auMobile, 'AWAITING_KYC');
      await stand.client.attach(reference, proofOfIdentity());
      await stand.client.register(reference, auRegistration({ postalCode: '2' }));
      await stand.client.register(reference, auRegistration({ city: '' }), { signal: true });
      await stand.view(reference, ({ violations }) => violations.some(({ field }) => field.endsWith('city')));
      await stand.client.register(reference, auRegistration(), { signal: true });
      return reference;
    },
  },
  {
    name: 'registration-replaced-on-its-way',
    end: 'COMPLETED',
    play: replacedDuring({ effect: 'DELAY', delayMs: 500 }),
  },
  {
    name: 'registration-replaced-while-it-is-in-doubt',
    end: 'COMPLETED',
    play: replacedDuring({ effect: 'HTML' }),
  },
  {
    name: 'registration-sent-through-an-outage',
    end: 'COMPLETED',
    play: async (stand) => {
      stand.fake.control.fault({ operation: 'updateRegistration', effect: 'HTML' });
      return stand.start({ ...gbMobile, registration: gbRegistration });
    },
  },
  {
    name: 'document-refused-and-sent-again',
    end: 'COMPLETED',
    play: async (stand) => {
      const reference = await startUntil(stand, { ...auMobile, registration: auRegistration() }, 'AWAITING_KYC');
      await stand.client.attach(reference, proofOfIdentity({ mimeType: 'text/plain' }));
      await stand.client.attach(reference, proofOfIdentity({ attachmentId: 'birthCertificate' }), { signal: true });
      await stand.client.attach(reference, proofOfIdentity({ fileName: 'UPLOAD-FAIL.pdf' }));
      await stand.view(reference, ({ attachments }) => attachments.some(({ status }) => status === 'FAILED'));
      await stand.client.attach(reference, proofOfIdentity());
      return reference;
    },
  },
  {
    name: 'document-checked-for-an-hour',
    skipsTime: true,
    options: { fake: { uploadSeconds: 3_600 } },
    end: 'COMPLETED',
    play: async (stand) => {
      const order = { ...auMobile, registration: auRegistration(), expectedAttachments: [LETTER] };
      const reference = await startUntil(stand, order, 'AWAITING_KYC');
      await stand.client.attach(reference, proofOfIdentity({ attachmentId: LETTER }));
      await stand.client.attach(reference, proofOfIdentity());
      return reference;
    },
  },
  {
    name: 'requirement-waived',
    end: 'COMPLETED',
    play: async (stand) => {
      const order = { ...auMobile, registration: auRegistration(), expectedAttachments: [LETTER] };
      const reference = await startUntil(stand, order, 'AWAITING_KYC');
      await stand.client.attach(reference, proofOfIdentity());
      await stand.client.waiveRequirement(reference, { attachmentId: LETTER, ...BY_OPERATOR });
      return reference;
    },
  },
  {
    name: 'requirement-waived-in-vain',
    end: 'COMPLETED',
    play: async (stand) => {
      const reference = await startUntil(stand, gbMobile, 'AWAITING_KYC');
      await stand.client.waiveRequirement(reference, { attachmentId: 'registration', ...BY_OPERATOR });
      await stand.view(reference, ({ stage, violations }) => stage === 'AWAITING_KYC' && violations.length > 0);
      await stand.client.register(reference, gbRegistration);
      return reference;
    },
  },
  {
    name: 'malformed-messages',
    end: 'COMPLETED',
    play: async (stand) => {
      const reference = await startUntil(stand, gbMobile, 'AWAITING_KYC');
      await signal(stand, reference, SIGNAL.registration, 'not a registration');
      await signal(stand, reference, SIGNAL.attachment, { attachmentId: 7 });
      await signal(stand, reference, 'unheardOf', {});
      await stand.client.register(reference, gbRegistration);
      return reference;
    },
  },
];
