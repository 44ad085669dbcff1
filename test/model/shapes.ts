import fc from '../support/fast-check';
import { alteredOrders, type AnsweredOrder, type OrderCall } from '../support/altered-orders';
import type { SinchProxy } from '../support/sinch-proxy';

/** Ways to answer an order that Sinch does not document. Each says which order it is, and in which state. */
const SHAPES = {
  'as documented': (order) => order,
  'prices of other types': (order) => withEach(order, { numberPrice: { setupPrice: 1.5, monthlyPrice: { units: 1 } } }),
  'prices as text': (order) => withEach(order, { numberPrice: '1.50 EUR' }),
  'nothing that decides nothing': ({ idNumberOrder, state, orderNumbers, expireTime }) => ({
    idNumberOrder,
    state,
    orderNumbers: orderNumbers.map(({ phoneNumber }) => ({ phoneNumber })),
    expireTime,
  }),
  'times of nine digits': (order) => ({ ...order, expireTime: inTime(order, '.000000001Z'), createTime: 'yesterday' }),
  'times of another zone': (order) => ({ ...order, expireTime: inTime(order, '+00'), updateTime: {} }),
  'numbers among nothing': (order) => ({ ...order, orderNumbers: [null, {}, ...order.orderNumbers, 7] }),
  'numbers as text': (order) => ({ ...order, orderNumbers: order.orderNumbers.map(({ phoneNumber }) => phoneNumber) }),
  'numbers late': (order, call) => (call === 'create' ? { ...order, orderNumbers: [] } : order),
  'more than anybody asked for': (order) => ({ ...order, more: '漢'.repeat(100_000), half: '\ud83d', deep: deep(500) }),
} satisfies Record<string, (order: AnsweredOrder, call: OrderCall) => object>;

export type Shape = keyof typeof SHAPES;

export const shape = fc.constantFrom(...(Object.keys(SHAPES) as Shape[]));

/** Answers each order in one of the shapes, by its id. */
export function inShapes(shapes: Shape[]): SinchProxy['change'] {
  return alteredOrders((order, call) => {
    const chosen = shapes[hash(String(order.idNumberOrder)) % shapes.length] ?? 'as documented';
    return SHAPES[chosen](order, call);
  });
}

function withEach(order: AnsweredOrder, more: object): object {
  return { ...order, orderNumbers: order.orderNumbers.map((number) => ({ ...number, ...more })) };
}

function inTime({ expireTime }: AnsweredOrder, ending: string): string {
  return `${String(expireTime).slice(0, 19)}${ending}`;
}

function deep(levels: number): unknown {
  return JSON.parse('['.repeat(levels) + ']'.repeat(levels));
}

function hash(text: string): number {
  return Buffer.from(text).reduce((sum, byte) => (sum * 31 + byte) % 65_521, 7);
}
