import { log } from '@temporalio/workflow';
import { arrivedUnencrypted } from '../../data-converter/unencrypted';
import { countUnencrypted } from '../display/metrics';
import { addNotice, type Order } from '../order/order';

/**
 * Where there are keys, KYC in plain text means a sender that is not set up: what it sends stays readable in Temporal.
 * The order takes it, and somebody is told. It comes to the same on replay with or without keys: no command depends on it.
 */
export function noteIfUnencrypted(order: Order, what: string, argument: unknown): void {
  if (!arrivedUnencrypted(argument)) return;
  addNotice(order, `${what} arrived unencrypted: its sender needs the encryption keys or the codec server`);
  countUnencrypted(order);
  log.warn('KYC arrived unencrypted', { what });
}
