import type { OrderAudit } from '../../fake-sinch';
import { violationsOf, type Played } from '../../proof/model/invariants';
import type { NumberOrderResult } from '@number-orders/contract';

const completedAtSinch: OrderAudit = {
  idNumberOrder: 'sinch-1',
  regionCode: 'US',
  numberType: 'LOCAL',
  phoneNumbers: ['+12125550000'],
  state: 'COMPLETED',
  createTime: '2030-01-01T00:00:00Z',
  updateTime: '2030-01-01T00:00:00Z',
  expireTime: '2030-01-03T00:00:00Z',
  submits: 1,
  submitAttempts: 1,
  registrationPuts: 1,
  registrationSha256: 'new',
  attachments: {},
  released: false,
};

const completed: NumberOrderResult = {
  reference: 'order-1',
  outcome: 'COMPLETED',
  sinchOrderId: 'sinch-1',
  phoneNumbers: ['+12125550000'],
  missing: [],
  missingTitles: [],
  reviewLog: [],
  provisioning: [],
  attempts: 1,
  reservations: [{ sinchOrderId: 'sinch-1', phoneNumbers: ['+12125550000'], state: 'COMPLETED' }],
  compensations: [],
};

const played = (changes: Partial<Played>): Played => ({
  pieces: [],
  atSinch: [completedAtSinch],
  result: completed,
  ...changes,
});
const lapsed: NumberOrderResult = {
  ...completed,
  outcome: 'EXPIRED',
  reservations: [{ sinchOrderId: 'sinch-1', phoneNumbers: ['+12125550000'], state: 'LAPSED' }],
};
const rulesBroken = (order: Played) => violationsOf(order).map(({ rule }) => rule);

test('an order that Sinch completed and whose outcome is COMPLETED breaks no rule', () => {
  expect(violationsOf(played({}))).toEqual([]);
});

test.each<[string, Partial<Played>, string]>([
  ['it was submitted twice', { atSinch: [{ ...completedAtSinch, submits: 2 }] }, 'submitted once'],
  [
    'its outcome is COMPLETED, and Sinch has it in review',
    { atSinch: [{ ...completedAtSinch, state: 'IN_REVIEW' }] },
    'true outcome',
  ],
  ['its outcome is EXPIRED, and Sinch has sold the number', { result: lapsed }, 'true outcome'],
  [
    'its outcome is CANCELLED, and the review continues',
    { result: { ...lapsed, outcome: 'CANCELLED' }, atSinch: [{ ...completedAtSinch, state: 'IN_REVIEW' }] },
    'true outcome',
  ],
  [
    'Sinch holds a reservation that is not in the result',
    { atSinch: [completedAtSinch, { ...completedAtSinch, idNumberOrder: 'sinch-2', state: 'CREATED', submits: 0 }] },
    'accounted for',
  ],
  [
    'KYC that was accepted is not what Sinch has',
    { pieces: [{ name: 'registration', sha256: 'other', sentAt: 1, heardAt: 2, answer: 'ACCEPTED' }] },
    'KYC arrived',
  ],
])('a rule is broken when %s', (_what, changes, rule) => {
  expect(rulesBroken(played(changes))).toContain(rule);
});

test('a rule is broken when an order failed although something was reserved', () => {
  expect(rulesBroken({ pieces: [], atSinch: [completedAtSinch] })).toEqual(['not lost']);
});

test('a reservation that is reported as possibly orphaned is accounted for', () => {
  const orphan = {
    ...completedAtSinch,
    idNumberOrder: 'sinch-2',
    phoneNumbers: ['+12125550001'],
    state: 'CREATED' as const,
  };
  const reservations = [
    ...completed.reservations,
    { phoneNumbers: ['+12125550001'], state: 'POSSIBLY_ORPHANED' as const },
  ];
  const result = { ...completed, reservations };
  expect(violationsOf(played({ atSinch: [completedAtSinch, { ...orphan, submits: 0 }], result }))).toEqual([]);
});

test('a reservation that had lapsed before the same number was reserved again is accounted for', () => {
  const earlier = { ...completedAtSinch, idNumberOrder: 'sinch-0', submits: 0 };
  expect(rulesBroken(played({ atSinch: [{ ...earlier, state: 'EXPIRED' }, completedAtSinch] }))).toEqual([]);
  expect(rulesBroken(played({ atSinch: [{ ...earlier, state: 'CREATED' }, completedAtSinch] }))).toEqual([
    'accounted for',
  ]);
});

test('a number that was bought although the order was cancelled, and then released, breaks no rule', () => {
  const result: NumberOrderResult = { ...completed, outcome: 'CANCELLED' };
  expect(violationsOf(played({ result, atSinch: [{ ...completedAtSinch, released: true }] }))).toEqual([]);
});

const registration = (sha256: string, sentAt: number, heardAt?: number, answer?: 'ACCEPTED') => ({
  name: 'registration',
  sha256,
  sentAt,
  ...(heardAt && { heardAt }),
  ...(answer && { answer }),
});

test('KYC that was replaced by what Sinch has breaks no rule', () => {
  const pieces = [registration('old', 1, 2, 'ACCEPTED'), registration('new', 3)];
  expect(violationsOf(played({ pieces }))).toEqual([]);
});

test('KYC that Sinch has, though its sender had heard of it before other KYC was sent, breaks one', () => {
  const pieces = [registration('new', 1, 2, 'ACCEPTED'), registration('newer', 3, 4, 'ACCEPTED')];
  expect(rulesBroken(played({ pieces }))).toEqual(['KYC arrived']);
});

test('of two pieces of KYC that were on their way at the same time, Sinch may have either, or else the later to arrive', () => {
  const one = registration('new', 1, 4, 'ACCEPTED');
  const other = registration('newer', 3, 5, 'ACCEPTED');
  expect(violationsOf(played({ pieces: [one, other] }))).toEqual([]);
  const arriving = (first: number, second: number) => ({
    pieces: [
      { ...one, arrival: first },
      { ...other, arrival: second },
    ],
  });
  expect(violationsOf(played(arriving(2, 1)))).toEqual([]);
  expect(rulesBroken(played(arriving(1, 2)))).toEqual(['KYC arrived']);
});

test('a reset order that no longer knows its number reports a possible orphan, which may have been bought', () => {
  const reservations = [{ phoneNumbers: [], state: 'POSSIBLY_ORPHANED' as const }];
  const { sinchOrderId: _forgotten, ...cancelled } = { ...completed, outcome: 'CANCELLED' as const, reservations };
  expect(rulesBroken(played({ result: cancelled, wasReset: true }))).toEqual([]);
  expect(rulesBroken(played({ result: cancelled }))).toEqual(['true outcome']);
  expect(rulesBroken(played({ result: { ...cancelled, reservations: [] }, wasReset: true }))).toContain(
    'accounted for',
  );
});
