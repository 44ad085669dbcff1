import type { NumberOrder, OrderPolicy } from '../../../src/activities';
import { newOrder } from '../../../src/workflows/order/order';
import { observe, startReservation } from '../../../src/workflows/reservation/reservation';
import { usLocal } from '../../support/kyc';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const CREATED = Date.parse('2026-11-23T09:00:00Z');

const atSinch = (expireTime: string | null): NumberOrder => ({
  idNumberOrder: 'sinch-1',
  state: 'CREATED',
  regionCode: 'US',
  numberType: 'LOCAL',
  orderNumbers: [{ phoneNumber: '+12125550042', capabilities: [] }],
  createTime: new Date(CREATED).toISOString(),
  expireTime,
});
const in30Minutes = new Date(CREATED + 30 * MINUTE).toISOString();

/** As its creation was answered. */
function reserved(expireTime: string | null) {
  const policy = { deadlineMarginMs: 5 * MINUTE } as OrderPolicy;
  const order = { ...newOrder({ reference: 'shop-4711', ...usLocal }), policy };
  startReservation(order, atSinch(expireTime));
  return order;
}

describe('row 1: the end of a reservation', () => {
  const NO_END = [
    ['nothing', null],
    ['the beginning of its calendar', '0001-01-01T00:00:00Z'],
    ['the moment of its creation', new Date(CREATED).toISOString()],
  ] as const;

  it.each(NO_END)('is 48 hours after its beginning if Sinch gives %s for it', (_what, expireTime) => {
    const { reservation } = reserved(expireTime);

    expect(reservation).toMatchObject({
      expiresAt: CREATED + 48 * HOUR,
      deadline: CREATED + 48 * HOUR - 5 * MINUTE,
    });
  });

  it.each(NO_END)('does not change if Sinch gives %s for it later', (_what, expireTime) => {
    const order = reserved(in30Minutes);

    observe(order, atSinch(expireTime));

    expect(order.reservation).toMatchObject({
      expiresAt: CREATED + 30 * MINUTE,
      deadline: CREATED + 28.5 * MINUTE,
    });
  });

  it('changes if Sinch says so, until the order is submitted', () => {
    const order = reserved(in30Minutes);
    const inAnHour = new Date(CREATED + HOUR).toISOString();

    observe(order, atSinch(inAnHour));
    expect(order.reservation).toMatchObject({ expiresAt: CREATED + HOUR, deadline: CREATED + 57 * MINUTE });

    observe(order, { ...atSinch(in30Minutes), state: 'IN_REVIEW' });
    expect(order.reservation).toMatchObject({ expiresAt: CREATED + HOUR, submitted: true });
  });
});
