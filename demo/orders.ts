import type { Claim } from '../local/verdict';
import type { NumberOrderRequest, Outcome } from '@number-orders/contract';
import type { FollowedOrder } from './followed-order';
import { auRegistration, auRegistrationWithMistakes } from './kyc';
import type { Scene } from './scene';

/** An order of the demo, and how it is told to end. */
export interface Act {
  request: NumberOrderRequest;
  told: Outcome;
  prepare?: (scene: Scene) => Promise<unknown>;
  /** What is done once it has its reservation. */
  play?: (scene: Scene, order: FollowedOrder) => Promise<void>;
}

const noKyc: Act = {
  request: {
    reference: 'no-kyc',
    regionCode: 'AU',
    numberType: 'MOBILE',
    selection: { search: { pattern: '+614800001', searchPattern: 'START' } },
  },
  told: 'EXPIRED',
  prepare: ({ sinch }) => sinch.planNextOrder({ reservationSeconds: 15 }),
};

const auMobile: Act = {
  request: {
    reference: 'au-mobile',
    regionCode: 'AU',
    numberType: 'MOBILE',
    selection: { phoneNumber: '+61480000007' },
  },
  told: 'COMPLETED',
  play: async (scene, order) => {
    await order.untilStage('AWAITING_KYC');
    await scene.register(order, auRegistrationWithMistakes, 'a registration with two mistakes');
    await order.until('a refusal', ({ violations }) => violations.length > 0);
    await scene.register(order, auRegistration, 'the corrected registration');
    await scene.attachProofOfIdentity(order);
  },
};

const usBySearch: Act = {
  request: {
    reference: 'us-by-search',
    regionCode: 'US',
    numberType: 'LOCAL',
    selection: { search: { pattern: '+1212', searchPattern: 'START', capabilities: ['SMS'] } },
  },
  told: 'COMPLETED',
};

const startedTwice: Act = {
  request: {
    reference: 'started-twice',
    regionCode: 'US',
    numberType: 'LOCAL',
    selection: { search: { pattern: '+1415', searchPattern: 'START' } },
  },
  told: 'COMPLETED',
  play: async ({ orders, timeline }, { reference }) => {
    timeline.act(reference, 'starts the same order once more');
    const { attached } = await orders.start(startedTwice.request);
    timeline.event(reference, attached ? 'attached to the order that is there already' : 'A SECOND ORDER WAS STARTED');
  },
};

const byPage: Act = {
  request: {
    reference: 'by-page',
    regionCode: 'AU',
    numberType: 'MOBILE',
    selection: { phoneNumber: '+61480000023' },
  },
  told: 'COMPLETED',
  play: async (scene, order) => {
    await order.untilStage('AWAITING_KYC');
    if (scene.person) await scene.answerOnPage(order, scene.person);
  },
};

const ACTS: readonly Act[] = [noKyc, auMobile, usBySearch, startedTwice];

/** Left out without a browser: no one could fill in the page. */
export const actsOf = ({ person }: Scene): readonly Act[] => (person ? [...ACTS, byPage] : ACTS);

/** What the fake Sinch saw, independent of the orders' own view. */
export async function claimsOf({ sinch }: Scene, acts: readonly Act[]): Promise<Claim[]> {
  const { orders, requests } = await sinch.audit();
  const states = orders.map(({ state }) => state);
  return [
    {
      claim: `${acts.length} references, ${acts.length} reservations: the one that was started twice has one`,
      ok: orders.length === acts.length && requests.createNumberOrder?.count === acts.length,
    },
    {
      claim: `${acts.length - 1} numbers were bought`,
      ok: states.filter((state) => state === 'COMPLETED').length === acts.length - 1,
    },
    {
      claim: 'the reservation whose KYC never came has lapsed, and was never submitted',
      ok: orders.filter(({ state, submits }) => state === 'EXPIRED' && submits === 0).length === 1,
    },
    {
      claim: 'each number that was bought was submitted once',
      ok: orders.every(({ state, submits }) => submits === (state === 'COMPLETED' ? 1 : 0)),
    },
  ];
}
