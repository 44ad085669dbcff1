import { ORDERED_NUMBER, type Read } from '@number-orders/contract';
import { fieldsWithNumber, holdsOrderedNumber, withOrderedNumbers } from '../../requirements/ordered-number';
import { currentReservation, type Order, type RegistrationPiece } from '../order/order';

/** Numbers that the order had, or may have had, and no longer has. */
function formerNumbers(order: Order): Set<string> {
  const former = new Set([...order.reservations, ...order.unconfirmed].flatMap(({ phoneNumbers }) => phoneNumbers));
  for (const phoneNumber of currentReservation(order).phoneNumbers) former.delete(phoneNumber);
  return former;
}

/** The registration as sent to the current reservation, or the reason why it does not fit. */
export function registrationToSend(order: Order, { requestDetails }: RegistrationPiece): Read<Record<string, unknown>> {
  const fields = fieldsWithNumber(requestDetails, formerNumbers(order));
  if (fields.length > 0) {
    const description = `is the number of an earlier attempt: use the current number, or ${ORDERED_NUMBER}`;
    return { violations: fields.map((field) => ({ field, description })) };
  }
  return withOrderedNumbers(requestDetails, currentReservation(order).phoneNumbers);
}

/** Sinch names the numbers of some orders only after it has reserved them. */
export function waitsForNumbers(order: Order, { requestDetails }: RegistrationPiece): boolean {
  return currentReservation(order).phoneNumbers.length === 0 && holdsOrderedNumber(requestDetails);
}

/** Sinch names other numbers than before: a registration that was sent with those is sent again with these. */
export function sendWithNewNumbers(order: Order): void {
  const { registration } = order;
  if (registration?.status !== 'SENT' || !holdsOrderedNumber(registration.requestDetails)) return;
  order.registration = { ...registration, status: 'RECEIVED' };
}
