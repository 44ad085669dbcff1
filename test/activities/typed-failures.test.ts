import { ApplicationFailure } from '@temporalio/common';
import { type CallKind, failingTyped, meaningOf } from '../../src/activities/typed-failures';
import type { FailureType } from '@number-orders/contract';
import { SinchError, type SinchErrorType } from '../../src/sinch';
import { failureOfAnswer } from '../../src/sinch/failed-call';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

interface Failed {
  type: SinchErrorType;
  possiblyProcessed?: boolean;
  retryAfterMs?: number;
}

/** The failure with which an activity of this kind ends when the client throws. */
async function failureOf(kind: CallKind, { type, possiblyProcessed = false, retryAfterMs }: Failed) {
  const details = { operation: 'createNumberOrder', correlationId: 'an-id', possiblyProcessed };
  const violations = [{ field: 'data[0].name', description: 'Alex is too short' }];
  const said = 'Who is Alex?';
  const error = new SinchError('Sinch does not want it.', { ...details, type, violations, said, retryAfterMs });
  const failure: unknown = await failingTyped(kind, () => Promise.reject(error)).catch((reason: unknown) => reason);
  expect(failure).toBeInstanceOf(ApplicationFailure);
  return failure as ApplicationFailure;
}

describe('a failed call, as it is reported to Temporal,', () => {
  const ALL: SinchErrorType[] = [
    'SinchInvalidArgument',
    'SinchNotFound',
    'SinchUnauthorized',
    'SinchTooLarge',
    'SinchRateLimited',
    'SinchUnavailable',
  ];

  it.each<[CallKind, SinchErrorType[]]>([
    ['beforeReservation', ['SinchRateLimited', 'SinchUnavailable']],
    ['send', ['SinchUnauthorized', 'SinchRateLimited', 'SinchUnavailable']],
    ['read', ALL.filter((type) => type !== 'SinchNotFound')],
    ['once', []],
    ['bought', ALL],
  ])('is retried by Temporal only if that can help and is safe: %s', async (kind, retried) => {
    const failures = await Promise.all(ALL.map((type) => failureOf(kind, { type })));

    expect(failures.map(({ type }) => type)).toEqual(ALL);
    expect(failures.filter(({ nonRetryable }) => !nonRetryable).map(({ type }) => type)).toEqual(retried);
  });

  it('has an unknown outcome only if it must not be repeated and may have been processed', async () => {
    const lost = { type: 'SinchUnavailable', possiblyProcessed: true } as const;

    await expect(failureOf('once', lost)).resolves.toMatchObject({ type: 'SinchOutcomeUnknown', nonRetryable: true });
    await expect(failureOf('send', lost)).resolves.toMatchObject({ type: 'SinchUnavailable', nonRetryable: false });
  });

  it.each([
    ['ten minutes', 10 * MINUTE, 10 * MINUTE],
    ['a day', DAY, DAY],
    ['a month', 30 * DAY, DAY],
  ])('is retried when Sinch asked for it, but after a day at most: %s', async (_asked, retryAfterMs, waits) => {
    const failure = await failureOf('read', { type: 'SinchRateLimited', retryAfterMs });

    expect(failure.nextRetryDelay).toBe(waits);
    expect(failure.details).toEqual([expect.objectContaining({ retryAfterMs: waits })]);
  });

  it('is retried at Temporal’s intervals if it may pass by itself, and slowly if an operator must fix it', async () => {
    const soon = await failureOf('read', { type: 'SinchUnavailable' });
    const slowly = await failureOf('read', { type: 'SinchUnauthorized' });

    expect(soon.nextRetryDelay).toBeUndefined();
    expect(slowly.nextRetryDelay).toBe(5 * MINUTE);
  });

  it('keeps what Sinch said about KYC only in its details, which are encrypted', async () => {
    const failure = await failureOf('send', { type: 'SinchInvalidArgument' });

    expect(failure.details).toEqual([
      { violations: [{ field: 'data[0].name', description: 'Alex is too short' }], said: 'Who is Alex?' },
    ]);
    expect(`${failure.message} ${failure.stack} ${String(failure.cause)}`).not.toContain('Alex');
  });

  it('is passed on unchanged if the registry does not know it', async () => {
    const mistake = new TypeError('a mistake of ours');

    await expect(failingTyped('once', () => Promise.reject(mistake))).rejects.toBe(mistake);
  });
});

/** Every answer that is not a success: what it means for a call of each kind, in words of its own. */
describe('an answer, with any status,', () => {
  const STATUSES = Array.from({ length: 300 }, (_, index) => 300 + index);
  const readsOnly = (kind: CallKind) => kind === 'beforeReservation' || kind === 'read';

  const means = (status: number, body: string, kind: CallKind) => {
    const call = { operation: 'aCall', correlationId: 'an-id', now: 0 };
    return meaningOf(failureOfAnswer({ status, body, retryAfter: undefined }, call, readsOnly(kind)), kind);
  };

  /** By status alone; what else is a 4xx is a refusal, and the rest is Sinch's trouble. */
  const NAMED: Record<number, FailureType> = {
    401: 'SinchUnauthorized',
    403: 'SinchUnauthorized',
    404: 'SinchNotFound',
    408: 'SinchUnavailable',
    413: 'SinchTooLarge',
    429: 'SinchRateLimited',
    499: 'SinchUnavailable',
  };
  const usual = (status: number): FailureType =>
    NAMED[status] ?? (status >= 400 && status < 500 ? 'SinchInvalidArgument' : 'SinchUnavailable');
  const table = (body: string, kind: CallKind) =>
    STATUSES.map((status): [number, ReturnType<typeof means>] => [status, means(status, body, kind)]);
  const expected = (meaning: (status: number) => FailureType, retried: FailureType[]) =>
    STATUSES.map((status) => [status, { type: meaning(status), retried: retried.includes(meaning(status)) }]);

  const BODIES = [
    ['JSON', '{"error":{"code":404,"message":"no","status":"NOT_FOUND","details":[]}}'],
    ['HTML', '<html><body>no</body></html>'],
    ['nothing', ''],
  ] as const;
  const WAITED_OUT: FailureType[] = ['SinchRateLimited', 'SinchUnavailable'];

  it.each(BODIES)(
    'leaves the outcome of a creation or submission unknown only if it proves nothing: %s',
    (_name, body) => {
      const unclear = (status: number) => status < 400 || status >= 500 || [408, 409, 499].includes(status);
      const meaning = (status: number): FailureType => {
        if (unclear(status)) return 'SinchOutcomeUnknown';
        return status === 404 && !body.startsWith('{') ? 'SinchUnavailable' : usual(status);
      };
      expect(table(body, 'once')).toEqual(expected(meaning, []));
    },
  );

  it.each(BODIES)('returns refused KYC to its sender, whether Sinch or a proxy refused it: %s', (_name, body) => {
    const meaning = (status: number) => (status === 404 && !body.startsWith('{') ? 'SinchUnavailable' : usual(status));
    expect(table(body, 'send')).toEqual(expected(meaning, [...WAITED_OUT, 'SinchUnauthorized']));
  });

  it.each(BODIES)(
    'never stops an order from being read again, unless Sinch does not know the order: %s',
    (_name, body) => {
      const read = table(body, 'read');
      const final = read.filter(([, { retried }]) => !retried);
      expect(final.map(([status]) => status)).toEqual(body.startsWith('{') ? [404, 410] : []);
      expect(new Set(final.map(([, { type }]) => type))).toEqual(
        new Set(body.startsWith('{') ? ['SinchNotFound'] : []),
      );
    },
  );

  it.each(BODIES)('fails an order that has nothing yet only if Sinch itself refuses it: %s', (_name, body) => {
    const meaning = (status: number): FailureType => {
      const ofProxy = !body.startsWith('{') && ['SinchInvalidArgument', 'SinchNotFound'].includes(usual(status));
      return ofProxy ? 'SinchUnavailable' : usual(status);
    };
    expect(table(body, 'beforeReservation')).toEqual(expected(meaning, WAITED_OUT));
  });

  it.each(BODIES)('never prevents a later release of a number: %s', (_name, body) => {
    expect(table(body, 'bought').filter(([, { retried }]) => !retried)).toEqual([]);
  });
});
