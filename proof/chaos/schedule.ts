import type { OrderPlan } from '../../fake-sinch';
import type { NumberOrderRequest, Selection } from '@number-orders/contract';
import { COMPANY_REGISTRATION, PROOF_OF_ADDRESS, PROOF_OF_IDENTITY } from '../model/kyc';
import type { Dice } from './dice';

/** `client` sends an update and waits for its answer. A `signal` has no answer. */
export type Sender = 'client' | 'signal';

/** What is done to an order, and how many seconds after its start. */
export type Step = { after: number } & (
  | { kind: 'register'; by: Sender; good: boolean }
  | { kind: 'attach'; by: Sender; attachmentId: string; fileName: string }
  | { kind: 'cancel'; by: 'client' | 'temporal' }
);

/** An order, and what its callers do. */
export interface Schedule {
  order: Omit<NumberOrderRequest, 'reference'>;
  /** Whether it is started again, as by a caller that has lost the answer. */
  startedTwice: boolean;
  /** Ordered by time. */
  steps: Step[];
  /** Whether corrected KYC is sent when action is required. */
  corrects: boolean;
  /** Whether operators adopt the Sinch order of an unconfirmed creation, or cancel the order. */
  adopts: boolean;
}

interface Kind extends Pick<NumberOrderRequest, 'regionCode' | 'numberType'> {
  needsRegistration: boolean;
  attachmentIds: string[];
  /** The prefix of the numbers that the fake Sinch sells, see docs/fake-sinch.md. */
  prefix: string;
  digits: number;
}

const KINDS: [number, Kind][] = [
  [4, { ...of('AU', 'MOBILE', '+614800', 5), needsRegistration: true, attachmentIds: [PROOF_OF_IDENTITY] }],
  [
    2,
    {
      ...of('DE', 'LOCAL', '+498923', 6),
      needsRegistration: true,
      attachmentIds: [PROOF_OF_ADDRESS, COMPANY_REGISTRATION],
    },
  ],
  [2, { ...of('GB', 'MOBILE', '+447911', 6), needsRegistration: true, attachmentIds: [] }],
  [2, { ...of('US', 'LOCAL', '+1415555', 4), needsRegistration: false, attachmentIds: [] }],
];

function of(regionCode: string, numberType: Kind['numberType'], prefix: string, digits: number) {
  return { regionCode, numberType, prefix, digits };
}

/** For each prefix. */
const NUMBERS_FOR_SALE = 500;
/** Reservations last 15 seconds to 2 minutes, so some KYC comes too late. */
const KYC_COMES_WITHIN_SECONDS = 60;

/** @param index of the order, from 0: only orders far apart want the same number */
export function drawSchedule(dice: Dice, index: number): Schedule {
  const kind = dice.weighted(KINDS);
  const { regionCode, numberType, needsRegistration, attachmentIds } = kind;
  const steps = [
    ...(needsRegistration ? someTimes(dice, () => registration(dice)) : []),
    ...attachmentIds.flatMap((attachmentId) => someTimes(dice, () => document(dice, attachmentId))),
    ...(dice.chance(0.08) ? [cancellation(dice)] : []),
  ];
  return {
    order: {
      regionCode,
      numberType,
      selection: selection(dice, kind, index),
      ...(dice.chance(0.4) && { smsConfiguration: { servicePlanId: 'plan' } }),
      onExpiry: dice.chance(0.2) ? 'renew' : 'end',
      maxRenewals: 1,
      onRejection: dice.chance(0.3) ? 'correct' : 'end',
      maxCorrections: 1,
      correctionWindow: '20 seconds',
    },
    startedTwice: dice.chance(0.05),
    steps: steps.sort((one, other) => one.after - other.after),
    corrects: dice.chance(0.5),
    adopts: dice.chance(0.7),
  };
}

/** What Sinch does with one reservation. */
export function drawPlan(dice: Dice): OrderPlan {
  const verdict = dice.weighted<NonNullable<OrderPlan['review']>[number]>([
    [7, 'APPROVE'],
    [1, 'REJECT'],
    [1, 'BLOCK'],
    [1, 'BLOCK_THEN_APPROVE'],
  ]);
  const reservationSeconds = dice.weighted([
    [1, 15],
    [3, 45],
    [4, 90],
    [2, 120],
  ]);
  return { review: [verdict], reservationSeconds, sms: dice.chance(0.1) ? 'FAIL' : 'SUCCEED' };
}

function selection(dice: Dice, { prefix, digits }: Kind, index: number): Selection {
  const last = NUMBERS_FOR_SALE - 1 - (index % NUMBERS_FOR_SALE);
  return dice.weighted<Selection>([
    [1, { phoneNumber: prefix + String(last).padStart(digits, '0') }],
    [1, { search: {} }],
    [1, { quantity: {} }],
  ]);
}

/** Some KYC is never sent, some is sent twice. */
function someTimes(dice: Dice, draw: () => Step): Step[] {
  const times = dice.weighted([
    [1, 0],
    [7, 1],
    [2, 2],
  ]);
  return Array.from({ length: times }, draw);
}

const moment = (dice: Dice) => dice.between(0, KYC_COMES_WITHIN_SECONDS);
const sender = (dice: Dice): Sender => (dice.chance(0.5) ? 'client' : 'signal');

const registration = (dice: Dice): Step => ({
  after: moment(dice),
  kind: 'register',
  by: sender(dice),
  good: dice.chance(0.9),
});

const document = (dice: Dice, attachmentId: string): Step => ({
  after: moment(dice),
  kind: 'attach',
  by: sender(dice),
  attachmentId,
  fileName: dice.chance(0.1) ? 'UPLOAD-FAIL.pdf' : 'document.pdf',
});

const cancellation = (dice: Dice): Step => ({
  after: moment(dice),
  kind: 'cancel',
  by: dice.chance(0.5) ? 'client' : 'temporal',
});
