import { randomUUID } from 'node:crypto';
import { workflowIdOf, WORKFLOW_TYPE } from '@number-orders/contract';
import { gbMobile, gbRegistration, usLocal } from '../../support/kyc';
import type { OrderStand } from '../../support/order-stand';
import { BY_OPERATOR, callBack, faulted, sinchOrderId, startUntil, type Kind } from './kind';

const NUMBER = '+12125550042';
const ofThisNumber = { ...usLocal, selection: { phoneNumber: NUMBER } };

const lose = (stand: OrderStand, times = 1) =>
  stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'RESET', when: 'AFTER', times });

async function unconfirmed(stand: OrderStand): Promise<string> {
  lose(stand);
  return startUntil(stand, ofThisNumber, 'UNCONFIRMED');
}

const created = (stand: OrderStand) => stand.fake.control.audit().orders[0]?.idNumberOrder ?? '';

async function lost(stand: OrderStand): Promise<{ reference: string; id: string }> {
  const reference = await startUntil(stand, gbMobile, 'AWAITING_KYC');
  const id = await sinchOrderId(stand, reference);
  stand.fake.control.vanishOrder(id);
  await stand.client.reread(reference, BY_OPERATOR);
  await stand.view(reference, ({ stage }) => stage === 'UNCONFIRMED');
  return { reference, id };
}

/** Orders that are not reserved as they should be, or that Sinch forgets. */
export const creation: Kind[] = [
  {
    name: 'failed-in-an-unknown-region',
    end: 'SinchInvalidArgument',
    play: (stand) => stand.start({ ...usLocal, regionCode: 'XX' }),
  },
  {
    name: 'failed-as-malformed',
    end: 'InvalidRequest',
    play: async ({ environment, taskQueue }) => {
      const reference = `kinds-${randomUUID()}`;
      const args = [{ reference, regionCode: 'Australia' }];
      await environment.client.workflow.start(WORKFLOW_TYPE, { workflowId: workflowIdOf(reference), taskQueue, args });
      return reference;
    },
  },
  {
    name: 'begun-in-an-outage',
    end: 'COMPLETED',
    play: async (stand) => {
      stand.fake.control.fault({ operation: 'lookupNumberRequirements', effect: 'HTML' });
      stand.fake.control.fault({ operation: 'searchAvailableNumbers', effect: 'HTML' });
      stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'STATUS', status: 429 });
      return stand.start(usLocal);
    },
  },
  {
    name: 'begun-without-local-reads',
    options: { policy: { localReads: false } },
    end: 'COMPLETED',
    play: (stand) => stand.start(usLocal),
  },
  {
    name: 'number-taken-by-others',
    end: 'COMPLETED',
    play: async (stand) => {
      const firstPage = stand.fake.control.availableNumbers('US', 'LOCAL').slice(0, 50);
      stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'DELAY', delayMs: 500 });
      const reference = await stand.start(usLocal);
      await faulted(stand, reference, 'createNumberOrder');
      stand.fake.control.takeNumbers(...firstPage);
      return reference;
    },
  },
  {
    name: 'unavailable',
    end: 'UNAVAILABLE',
    play: async (stand) => {
      stand.fake.control.takeNumbers(NUMBER);
      return stand.start(ofThisNumber);
    },
  },
  {
    name: 'creation-issued-again',
    end: 'COMPLETED',
    play: async (stand) => {
      stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'RESET' });
      return stand.start(ofThisNumber);
    },
  },
  {
    name: 'creation-left-behind',
    end: 'COMPLETED',
    play: async (stand) => {
      lose(stand);
      return stand.start(usLocal);
    },
  },
  {
    name: 'unconfirmed-and-adopted',
    end: 'COMPLETED',
    play: async (stand) => {
      const reference = await unconfirmed(stand);
      await stand.client.adoptOrder(reference, { idNumberOrder: created(stand), ...BY_OPERATOR });
      return reference;
    },
  },
  { name: 'unconfirmed-for-good', skipsTime: true, end: 'EXPIRED', play: unconfirmed },
  {
    name: 'unconfirmed-and-lapsed',
    end: 'EXPIRED',
    play: async (stand) => {
      const reference = await unconfirmed(stand);
      stand.fake.control.moveOrder(created(stand), 'EXPIRED');
      await callBack(stand, reference, created(stand), 'EXPIRED');
      return reference;
    },
  },
  {
    name: 'unconfirmed-and-cancelled',
    end: 'CANCELLED',
    play: async (stand) => {
      const reference = await unconfirmed(stand);
      await stand.client.cancel(reference, { reason: 'to be recorded' });
      return reference;
    },
  },
  {
    name: 'lost-and-found',
    end: 'COMPLETED',
    play: async (stand) => {
      const { reference, id } = await lost(stand);
      await stand.client.register(reference, gbRegistration);
      stand.fake.control.vanishOrder(id, false);
      await stand.client.reread(reference, BY_OPERATOR);
      return reference;
    },
  },
  {
    name: 'lost-for-good',
    skipsTime: true,
    options: { fake: { reservationSeconds: 2 * 3_600 } },
    end: 'EXPIRED',
    play: async (stand) => (await lost(stand)).reference,
  },
];
