import { auMobile, auRegistration, gbMobile, gbRegistration, proofOfIdentity } from '../../support/kyc';
import { sinchOrderId, startUntil, type Kind } from './kind';

const renewing = { ...gbMobile, onExpiry: 'renew' as const };

/** Orders whose reservation ends before they do. */
export const deadline: Kind[] = [
  { name: 'expired', skipsTime: true, end: 'EXPIRED', play: (stand) => startUntil(stand, auMobile, 'AWAITING_KYC') },
  {
    name: 'expired-and-told',
    skipsTime: true,
    end: 'EXPIRED',
    play: (stand) => stand.start({ ...gbMobile, notificationUrl: 'https://crm.example/hooks' }),
  },
  {
    name: 'expired-with-documents-being-checked',
    skipsTime: true,
    end: 'EXPIRED',
    play: async (stand) => {
      const reference = await startUntil(stand, { ...auMobile, registration: auRegistration() }, 'AWAITING_KYC');
      await stand.client.attach(reference, proofOfIdentity({ fileName: 'UPLOAD-STUCK.pdf' }));
      return reference;
    },
  },
  {
    name: 'expired-while-sinch-is-down',
    skipsTime: true,
    options: { fake: { reservationSeconds: 1_800 } },
    end: 'EXPIRED',
    play: async (stand) => {
      stand.fake.control.fault({ operation: 'updateRegistration', effect: 'HTML', times: 'ALWAYS' });
      return startUntil(stand, { ...gbMobile, registration: gbRegistration }, 'AWAITING_KYC');
    },
  },
  {
    name: 'expired-early',
    end: 'EXPIRED',
    play: async (stand) => {
      const reference = await startUntil(stand, gbMobile, 'AWAITING_KYC');
      stand.fake.control.moveOrder(await sinchOrderId(stand, reference), 'EXPIRED');
      await stand.client.register(reference, gbRegistration);
      return reference;
    },
  },
  {
    name: 'renewed',
    skipsTime: true,
    end: 'COMPLETED',
    play: async (stand) => {
      const reference = await startUntil(stand, { ...auMobile, onExpiry: 'renew' }, 'AWAITING_KYC');
      await stand.client.attach(reference, proofOfIdentity());
      await stand.environment.sleep('49 hours');
      await stand.view(reference, ({ attempt, stage }) => attempt === 2 && stage === 'AWAITING_KYC');
      await stand.client.register(reference, auRegistration());
      return reference;
    },
  },
  {
    name: 'renewed-in-vain',
    skipsTime: true,
    end: 'EXPIRED',
    play: (stand) => startUntil(stand, renewing, 'AWAITING_KYC'),
  },
];
