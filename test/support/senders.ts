import type { OrderStand } from './order-stand';
import { auRegistration } from './kyc';

type Data = [Record<string, unknown>[], object, object];

/** The registration that Sinch documents, of the number or numbers that a text names. */
export function registrationOf(senderId: string, more: Record<string, unknown> = {}): { data: Data } {
  const { data } = auRegistration() as { data: Data };
  return { data: [data[0].map((sender) => ({ ...sender, senderId, ...more })), data[1], data[2]] };
}

export const dataAt = ({ fake }: OrderStand, idNumberOrder: string) =>
  fake.control.registrationOf(idNumberOrder)?.data as Data | undefined;

export const sendersOf = (data: Data | undefined) => data?.[0].map(({ senderId }) => senderId);
