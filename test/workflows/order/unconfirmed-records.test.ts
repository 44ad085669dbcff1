import type { NumberOrder } from '../../../src/activities';
import { newOrder, type Order } from '../../../src/workflows/order/order';
import { creationBehind, lapsesBy } from '../../../src/workflows/order/unconfirmed-records';
import { usLocal } from '../../support/kyc';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** The creation waited for a worker until Sinch was asked at last, and gave no answer. */
const STARTED = Date.parse('2026-11-23T09:00:00Z');
const FAILED = STARTED + 5 * HOUR;
const PHONE_NUMBER = '+12125550042';

const order: Order = {
  ...newOrder({ reference: 'shop-4711', ...usLocal, selection: { phoneNumber: PHONE_NUMBER } }),
  stage: 'UNCONFIRMED',
  unconfirmed: [{ phoneNumbers: [PHONE_NUMBER], startedAt: STARTED, failedAt: FAILED }],
};

const atSinch = (createTime: string | undefined): NumberOrder => ({
  idNumberOrder: 'sinch-1',
  state: 'CREATED',
  regionCode: 'US',
  numberType: 'LOCAL',
  orderNumbers: [{ phoneNumber: PHONE_NUMBER, capabilities: [] }],
  expireTime: null,
  createTime,
});
const createdAt = (time: number) => atSinch(new Date(time).toISOString());

describe('row 2: a creation that had to wait for hours before its answer was lost', () => {
  it.each([
    ['as soon as it was asked for', STARTED],
    ['in the midst of the wait', STARTED + 3 * HOUR],
    ['just before the answer was lost', FAILED - 1_000],
    ['a little earlier, by a clock that is slow', STARTED - 9 * MINUTE],
    ['a little later, by a clock that is fast', FAILED + 9 * MINUTE],
  ])('can be the cause of a Sinch order that was created %s', (_when, time) => {
    expect(creationBehind(order, createdAt(time))).toBe(order.unconfirmed[0]);
  });

  it.each([
    ['well before it', createdAt(STARTED - 11 * MINUTE)],
    ['well after it', createdAt(FAILED + 11 * MINUTE)],
    ['at a time Sinch does not tell', atSinch(undefined)],
  ])('is not the cause of a Sinch order that was created %s', (_when, seen) => {
    expect(creationBehind(order, seen)).toBe('its creation time is not that of ours');
  });

  it('is waited for until its reservation must have lapsed, even if it was reserved at the latest possible time', () => {
    expect(lapsesBy(order)).toBe(FAILED + 48 * HOUR + 10 * MINUTE);
  });
});
