import { ApplicationFailure } from '@temporalio/common';
import { type CallKind, failingTyped } from '../../src/activities/failures';
import { SinchError, type SinchErrorType } from '../../src/sinch';

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
  const error = new SinchError('Sinch does not want it.', { ...details, type, violations, retryAfterMs });
  const failure: unknown = await failingTyped(kind, () => Promise.reject(error)).catch((reason: unknown) => reason);
  expect(failure).toBeInstanceOf(ApplicationFailure);
  return failure as ApplicationFailure;
}

describe('a call that failed, as Temporal is told of it', () => {
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
  ])('is retried by Temporal only where that mends it and harms nothing: %s', async (kind, retried) => {
    const failures = await Promise.all(ALL.map((type) => failureOf(kind, { type })));

    expect(failures.map(({ type }) => type)).toEqual(ALL);
    expect(failures.filter(({ nonRetryable }) => !nonRetryable).map(({ type }) => type)).toEqual(retried);
  });

  it('is of unknown outcome only if it must not be repeated and may have been processed', async () => {
    const lost = { type: 'SinchUnavailable', possiblyProcessed: true } as const;

    await expect(failureOf('once', lost)).resolves.toMatchObject({ type: 'SinchOutcomeUnknown', nonRetryable: true });
    await expect(failureOf('send', lost)).resolves.toMatchObject({ type: 'SinchUnavailable', nonRetryable: false });
  });

  it.each([
    ['ten minutes', 10 * MINUTE, 10 * MINUTE],
    ['a day', DAY, DAY],
    ['a month', 30 * DAY, DAY],
  ])('is repeated when Sinch asked for it, but for no longer than a day: %s', async (_asked, retryAfterMs, waits) => {
    const failure = await failureOf('read', { type: 'SinchRateLimited', retryAfterMs });

    expect(failure.nextRetryDelay).toBe(waits);
    expect(failure.details).toEqual([expect.objectContaining({ retryAfterMs: waits })]);
  });

  it('is repeated at Temporal’s pace if it may pass by itself, and slowly if somebody must mend it', async () => {
    const soon = await failureOf('read', { type: 'SinchUnavailable' });
    const slowly = await failureOf('read', { type: 'SinchUnauthorized' });

    expect(soon.nextRetryDelay).toBeUndefined();
    expect(slowly.nextRetryDelay).toBe(5 * MINUTE);
  });

  it('keeps what Sinch said of KYC in its details, which are encrypted, and nowhere else', async () => {
    const failure = await failureOf('send', { type: 'SinchInvalidArgument' });

    expect(failure.details).toEqual([{ violations: [{ field: 'data[0].name', description: 'Alex is too short' }] }]);
    expect(`${failure.message} ${failure.stack} ${String(failure.cause)}`).not.toContain('Alex');
  });

  it('is left as it is where the registry does not know it', async () => {
    const mistake = new TypeError('a mistake of ours');

    await expect(failingTyped('once', () => Promise.reject(mistake))).rejects.toBe(mistake);
  });
});
