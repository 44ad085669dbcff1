import type { NumberSearch, Selection } from './request';

/** What an order asks for, in words for people. */
export function describeSelection(selection: Selection): string {
  if ('phoneNumber' in selection) return selection.phoneNumber;
  if ('search' in selection) return `the first number found${describeSearch(selection.search)}`;
  const { requestedQuantity = 1, sequential } = selection.quantity;
  return `${requestedQuantity} ${sequential ? 'sequential ' : ''}by quantity${describeSearch(selection.quantity)}`;
}

const WHERE = { START: 'starting with', CONTAINS: 'containing', END: 'ending in' };

function describeSearch({ pattern, searchPattern, capabilities }: NumberSearch): string {
  const matching = pattern ? ` ${searchPattern ? WHERE[searchPattern] : 'matching'} ${pattern}` : '';
  return `${matching}${capabilities?.length ? ` with ${capabilities.join(' and ')}` : ''}`;
}
