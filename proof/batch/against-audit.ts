import type { Audit } from '../../fake-sinch';
import type { BatchLine } from '../../src/client';

type AtSinch = Audit['orders'][number];

/** How a line of `batch report` differs from what Sinch's audit has for its order. */
export function contradictions({ state, phoneNumbers }: BatchLine, atSinch: readonly AtSinch[]): string[] {
  const bought = atSinch.filter((order) => order.state === 'COMPLETED' && !order.released);
  const numbers = bought.flatMap((order) => order.phoneNumbers);
  if (state === 'COMPLETED') {
    return same(phoneNumbers, numbers) ? [] : [`${said(phoneNumbers)} bought by the report, ${said(numbers)} by Sinch`];
  }
  const endings = ['EXPIRED', 'REJECTED', 'CANCELLED', 'UNAVAILABLE', 'FAILED'];
  return [
    ...(endings.includes(state) ? [] : [`${state} by the report, long after the end of the batch`]),
    ...(numbers.length > 0 ? [`${state} by the report, but Sinch has sold ${said(numbers)}`] : []),
  ];
}

const same = (one: readonly string[], other: readonly string[]) => [...one].sort().join() === [...other].sort().join();
const said = (numbers: readonly string[]) => numbers.join(', ') || 'nothing';
