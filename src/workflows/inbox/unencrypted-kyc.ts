import { log } from '@temporalio/workflow';
import { arrivedUnencrypted } from '../../data-converter/unencrypted';
import { countUnencrypted } from '../display/metrics';
import { addNotice, type Order } from '../order/order';

/**
 * Where encryption keys are set, KYC in plain text means a sender without them: its messages stay readable in Temporal. The order
 * accepts them and alerts operators. Replay is the same with or without keys, as no command depends on it.
 */
export function noteIfUnencrypted(order: Order, what: string, argument: unknown): void {
  if (!arrivedUnencrypted(argument)) return;
  addNotice(order, `${what} arrived unencrypted: its sender needs the encryption keys or the codec server`);
  countUnencrypted(order);
  log.warn('KYC arrived unencrypted', { what });
}
