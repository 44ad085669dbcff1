import { readAttachment, type Attachment } from '@number-orders/contract';
import type { KeyList } from '../../data-converter/keys';
import { sign, verify } from './signed';

const AUDIENCE = 'number-orders:receipt';
const RECEIPT_CHARACTERS = 8_000;

/**
 * Represents a stored document that its order has not been told of. The page sends it back in its form, so that the document can
 * be sent again without its bytes. Signed, so that it can only name a stored document.
 */
export function signReceipt(keys: KeyList, reference: string, attachment: Attachment, expiresAt: Date) {
  return sign(keys, { audience: AUDIENCE, reference, expiresAt, claims: { attachment } });
}

/** Undefined for any fault. */
export async function verifyReceipt(
  keys: KeyList,
  reference: string,
  receipt: string,
): Promise<Attachment | undefined> {
  if (receipt.length > RECEIPT_CHARACTERS) return undefined;
  const claims = await verify(keys, receipt, AUDIENCE);
  return claims?.sub === reference ? readAttachment(reference)(claims.attachment).value : undefined;
}
