import fc from '../support/fast-check';
import { LIMITS, type NumberOrderRequest } from '@number-orders/contract';
import type { OrderPlan } from '../../fake-sinch';
import {
  COMPANY_REGISTRATION,
  LETTER_OF_AUTHORIZATION,
  PROOF_OF_ADDRESS,
  PROOF_OF_IDENTITY,
  auMobile,
  deLocal,
  gbMobile,
  usLocal,
} from '../support/kyc';
import { oddMessage, oddText, type OddMessage, type OddText } from '../support/odd-messages';
import { button, type Button } from './buttons';
import { shape, type Shape } from './shapes';
import { event, hours, type Event } from './world';

/** What is done to an order, and when: in hours after the start; see play.ts for how long an hour is. */
export type Step = { hours: number } & (
  | { kind: 'register'; good: boolean; note: OddText | undefined }
  | { kind: 'attach'; attachmentId: string; fileName: string; mimeType: string; bytes: number }
  | { kind: 'waive'; what: string }
  | { kind: 'press'; button: Button }
  | { kind: 'odd'; message: OddMessage }
  /** So many callbacks that nobody sent, at once. */
  | { kind: 'flood'; messages: number }
  | { kind: 'cancel' | 'cancelAsJava' | 'temporalCancel' | 'reread' | 'extend' | 'adopt' | 'erase' }
);

export interface Schedule {
  order: Omit<NumberOrderRequest, 'reference'>;
  /** Started as Java, C# and Python do: with null for each field that is left out. */
  asJava: boolean;
  /** Whether an operator names its Sinch order when nobody knows of it, or gives it up. */
  isAdopted: boolean;
  plan: OrderPlan;
  steps: Step[];
}

export interface Batch {
  schedules: Schedule[];
  events: Event[];
  /** How Sinch answers orders, one or the other. None: as it documents. */
  shapes: Shape[];
  /** The part of its orders that the worker keeps in memory. */
  remembered: number;
}

const attachmentIds = [PROOF_OF_IDENTITY, LETTER_OF_AUTHORIZATION, PROOF_OF_ADDRESS, COMPANY_REGISTRATION];

/** Near the bound of a registration, over it, and odd. */
const note: fc.Arbitrary<OddText> = fc.oneof(
  fc.constantFrom({ character: 'x', times: 261_000 }, { character: '条', times: 87_000 }),
  fc.constantFrom({ character: 'x', times: LIMITS.registrationBytes }, { character: '条', times: 88_000 }),
  oddText(3_000),
);

const fileName = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('good.pdf', 'good.pdf', 'UPLOAD-FAIL.pdf', 'UPLOAD-STUCK.pdf') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '护照.pdf',
      '\u202efdp.exe',
      'half\ud83d.pdf',
      `${'x'.repeat(1_020)}.pdf`,
      'x'.repeat(1_025),
    ),
  },
);

/** Mostly what an order needs: too much nonsense would end every order the same way. */
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      hours,
      kind: fc.constant('register' as const),
      good: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
      note: fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: note }),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      hours,
      kind: fc.constant('attach' as const),
      attachmentId: fc.constantFrom(...attachmentIds),
      fileName,
      mimeType: fc.constantFrom('application/pdf', 'application/pdf', 'application/pdf', 'text/plain'),
      bytes: fc.oneof({ weight: 9, arbitrary: fc.constant(36) }, { weight: 1, arbitrary: fc.constant(300_000) }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      hours,
      kind: fc.constant('waive' as const),
      what: fc.constantFrom('registration', ...attachmentIds),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      hours,
      kind: fc.constantFrom(
        'cancel' as const,
        'cancelAsJava' as const,
        'temporalCancel' as const,
        'reread' as const,
        'extend' as const,
        'adopt' as const,
        'erase' as const,
      ),
    }),
  },
  { weight: 4, arbitrary: fc.record({ hours, kind: fc.constant('press' as const), button }) },
  { weight: 3, arbitrary: fc.record({ hours, kind: fc.constant('odd' as const), message: oddMessage(120_000) }) },
  {
    weight: 1,
    arbitrary: fc.record({ hours, kind: fc.constant('flood' as const), messages: fc.constantFrom(30, 150) }),
  },
);

const order: fc.Arbitrary<Schedule['order']> = fc
  .record({
    kind: fc.constantFrom(auMobile, gbMobile, deLocal, usLocal),
    quantity: fc.boolean(),
    onExpiry: fc.constantFrom('end' as const, 'renew' as const),
    onRejection: fc.constantFrom('end' as const, 'correct' as const),
    linked: fc.boolean(),
  })
  .map(({ kind, quantity, onExpiry, onRejection, linked }) => ({
    ...kind,
    ...(quantity && { selection: { quantity: {} } }),
    ...(linked && { smsConfiguration: { servicePlanId: 'plan' } }),
    onExpiry,
    maxRenewals: 1,
    onRejection,
    maxCorrections: 1,
    correctionWindow: '5 seconds',
  }));

const verdict = fc.constantFrom<NonNullable<OrderPlan['review']>[number]>(
  'APPROVE',
  'APPROVE',
  'REJECT',
  'BLOCK',
  'BLOCK_THEN_APPROVE',
);

/** All that an order asks for, early: whatever else happens, most would lapse without. */
const NEEDED: Record<string, string[]> = {
  AU: [PROOF_OF_IDENTITY],
  DE: [PROOF_OF_ADDRESS, COMPANY_REGISTRATION],
};
const allOf = (regionCode: string, from: number): Step[] => [
  { hours: from, kind: 'register', good: true, note: undefined },
  ...(NEEDED[regionCode] ?? []).map((attachmentId): Step => {
    return { hours: from, kind: 'attach', attachmentId, fileName: 'good.pdf', mimeType: 'application/pdf', bytes: 36 };
  }),
];

const schedule: fc.Arbitrary<Schedule> = fc
  .record({
    order,
    asJava: fc.constantFrom(false, false, true),
    isAdopted: fc.boolean(),
    plan: fc.record({
      review: fc.array(verdict, { minLength: 1, maxLength: 2 }),
      sms: fc.constantFrom('SUCCEED' as const, 'SUCCEED' as const, 'FAIL' as const),
      reservationSeconds: fc.constantFrom(2, 7, 20),
    }),
    steps: fc.array(step, { maxLength: 8 }),
    needed: fc.option(fc.integer({ min: 0, max: 20 })),
  })
  .map(({ needed, ...rest }) => {
    const given = needed === null ? [] : allOf(rest.order.regionCode, needed);
    return { ...rest, steps: [...given, ...rest.steps] };
  });

export const batches = (size: number): fc.Arbitrary<Batch> =>
  fc.record({
    schedules: fc.array(schedule, { minLength: size, maxLength: size }),
    events: fc.array(event, { maxLength: 12 }),
    shapes: fc.array(shape, { maxLength: 6 }),
    remembered: fc.constantFrom(0.1, 0.9, 0.9),
  });
