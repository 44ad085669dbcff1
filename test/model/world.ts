import fc from '../support/fast-check';
import type { Fault } from '../../fake-sinch';

/** What befalls the whole world the orders of a batch share, and when: in hours after the start. */
export type Event = { hours: number } & (
  { kind: 'fault'; fault: Fault } | { kind: 'restartWorker' | 'dropCallback' | 'doubleCallback' | 'loseAnOrder' }
);

type Operation = Fault['operation'];

const WRITES = ['createNumberOrder', 'submit', 'updateRegistration', 'uploadAttachment'] satisfies Operation[];
const READS = [
  'lookupNumberRequirements',
  'searchAvailableNumbers',
  'getAvailableNumber',
  'getNumberOrder',
  'getRegistration',
  'getActiveNumber',
] satisfies Operation[];
const OPERATIONS: Operation[] = [...WRITES, ...READS, 'createNumberOrder', 'submit', 'releaseNumber', 'token'];

const times = fc.integer({ min: 1, max: 4 });
const when = fc.constantFrom('BEFORE' as const, 'AFTER' as const);

/** Whether the request was processed is left open. */
const unclear: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({
    operation: fc.constantFrom(...OPERATIONS),
    effect: fc.constantFrom('STATUS' as const, 'HTML' as const, 'RESET' as const, 'HANG' as const),
    when,
    times,
  }),
  fc.record({
    operation: fc.constantFrom(...OPERATIONS),
    effect: fc.constant('STATUS' as const),
    status: fc.constantFrom(408, 500, 502, 503, 504, 529),
    when,
    times,
  }),
);

/**
 * Refused, so that nothing was processed. Not 401 and 403, after which an order waits for five minutes; nor, of a read,
 * what only Sinch's own mistake would refuse.
 */
const refused: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({
    operation: fc.constantFrom(...WRITES, 'lookupNumberRequirements' as const, 'searchAvailableNumbers' as const),
    effect: fc.constant('STATUS' as const),
    status: fc.constantFrom(400, 402, 404, 405, 410, 413, 415, 422, 423, 451),
    times,
  }),
  fc.record({
    operation: fc.constantFrom(...READS, 'releaseNumber' as const),
    effect: fc.constant('STATUS' as const),
    status: fc.constant(404),
    times,
  }),
  fc.record({
    operation: fc.constantFrom(...OPERATIONS),
    effect: fc.constant('STATUS' as const),
    status: fc.constant(429),
    retryAfter: fc.constantFrom<(number | string)[]>(0, 1, 'soon', '-1', 'Thu, 01 Jan 1970 00:00:00 GMT'),
    times,
  }),
);

/** The request was processed, as far as it changes something, and the answer is none that Sinch documents. */
const odd: fc.Arbitrary<Fault> = fc
  .record({
    operation: fc.constantFrom(...OPERATIONS),
    status: fc.constantFrom(200, 200, 200, 201, 202, 204, 302),
    body: fc.constantFrom<NonNullable<Fault['body']>[]>(
      '',
      'OK',
      '<html>All is well</html>',
      '{"idNumberOrder":',
      [],
      {},
      { numberOrder: null },
      { idNumberOrder: '', state: '' },
      { idNumberOrder: 7, state: 'CREATED', orderNumbers: {} },
      { error: null, requirements: 'none' },
    ),
    contentType: fc.constantFrom('application/json', 'text/plain', 'text/html', 'application/octet-stream'),
    times,
  })
  .map((answer) => ({ ...answer, effect: 'ANSWER', when: 'AFTER' }));

/** An answer of another order. Not to a creation: that its number is ours, nobody but Sinch can say. */
const anothers: fc.Arbitrary<Fault> = fc
  .record({ operation: fc.constantFrom('getNumberOrder' as const, 'submit' as const), times })
  .map((answer) => ({
    ...answer,
    effect: 'ANSWER',
    when: 'AFTER',
    body: { idNumberOrder: '01JANOTHER', state: 'COMPLETED', orderNumbers: [{ phoneNumber: '+12125550009' }] },
  }));

const fault = fc.oneof(
  { weight: 4, arbitrary: unclear },
  { weight: 2, arbitrary: refused },
  { weight: 2, arbitrary: odd },
  { weight: 1, arbitrary: anothers },
);

/** Whole minutes, spread evenly over what a reservation of 48 hours lives, and some more. */
export const hours = fc.integer({ min: 0, max: 60 * 60 }).map((minutes) => minutes / 60);

export const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ hours, kind: fc.constant('fault' as const), fault }) },
  {
    weight: 3,
    arbitrary: fc.record({
      hours,
      kind: fc.constantFrom('restartWorker' as const, 'dropCallback' as const, 'doubleCallback' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ hours, kind: fc.constant('loseAnOrder' as const) }) },
);
