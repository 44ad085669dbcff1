import type { SinchProxy } from './sinch-proxy';

/** A number order as Sinch answers it. */
export type AnsweredOrder = Record<string, unknown> & { state: string; orderNumbers: { phoneNumber: string }[] };

/** Which call it answers. */
export type OrderCall = 'create' | 'read' | 'submit';

/** Alters every number order that Sinch answers. */
export function alteredOrders(change: (order: AnsweredOrder, call: OrderCall) => object): SinchProxy['change'] {
  return ({ method, url, status, responseBody }) => {
    const call = callOf(method, url.pathname);
    if (call === undefined || status !== 200) return undefined;
    return { status, body: change(JSON.parse(responseBody) as AnsweredOrder, call) };
  };
}

function callOf(method: string, path: string): OrderCall | undefined {
  if (path.endsWith('/numberOrders:createNumberOrder')) return 'create';
  if (path.endsWith('/submit')) return 'submit';
  return method === 'GET' && /\/numberOrders\/[^/]+$/.test(path) ? 'read' : undefined;
}
