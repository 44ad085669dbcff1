import { readAttachment, type Attachment } from '@number-orders/contract';
import type { KeyList } from '../../data-converter/keys';
import { sign, verify } from './signed';

const AUDIENCE = 'number-orders:receipt';
const RECEIPT_CHARACTERS = 8_000;

/**
 * Stands for a document that is stored and of which its order could not be told: the page hands it back in its form, so that
 * it can be sent again without its bytes. Signed, so that nothing but what was stored can be named by it.
 */
export function signReceipt(keys: KeyList, reference: string, attachment: Attachment, expiresAt: Date) {
  return sign(keys, { audience: AUDIENCE, reference, expiresAt, claims: { attachment } });
}

/** Undefined, whatever is wrong with it. */
export async function verifyReceipt(
  keys: KeyList,
  reference: string,
  receipt: string,
): Promise<Attachment | undefined> {
  if (receipt.length > RECEIPT_CHARACTERS) return undefined;
  const claims = await verify(keys, receipt, AUDIENCE);
  return claims?.sub === reference ? readAttachment(reference)(claims.attachment).value : undefined;
}
