import { compensations, localCompensations } from './activities';
import { callFailureOf } from './call-failure';
import { local } from './local-activity';
import type { Order } from '../order/order';

const options = { summary: 'Delete the staged documents' };

const deletion = ({ request }: Order) =>
  compensations.deleteStagedFiles.executeWithOptions(options, [request.reference]);

async function recorded(order: Order, run: () => Promise<unknown>): Promise<void> {
  const action = 'delete staged files';
  const outcome = await run().then(
    () => ({ ok: true }),
    (error: unknown) => ({ ok: false, detail: callFailureOf(error).type }),
  );
  // If files are deleted several times, the last result counts.
  order.compensations = [...order.compensations.filter((earlier) => earlier.action !== action), { action, ...outcome }];
}

/** On request, while the order is open. */
export function deleteStagedFiles(order: Order): Promise<void> {
  return recorded(order, () => deletion(order));
}

/** Whatever the outcome, an order that has ended no longer needs its staged documents. */
export async function deleteStagedFilesAtTheEnd(order: Order): Promise<void> {
  if (!order.filesStaged) return;
  const { reference } = order.request;
  const early = () => local(() => localCompensations.deleteStagedFiles.executeWithOptions(options, [reference]));
  await recorded(order, () => early().catch(() => deletion(order)));
}
