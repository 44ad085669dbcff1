import { errors, jwtVerify, SignJWT } from 'jose';
import { readAttachment, type Attachment } from '@number-orders/contract';
import type { KeyList } from '../../data-converter/keys';

const ALGORITHM = 'HS256';
const AUDIENCE = 'number-orders:receipt';
const RECEIPT_CHARACTERS = 8_000;

/**
 * Stands for a document that is stored and of which its order could not be told: the page hands it back in its form, so that
 * it can be sent again without its bytes. Signed, so that nothing but what was stored can be named by it.
 */
export async function signReceipt(keys: KeyList, reference: string, attachment: Attachment, expiresAt: Date) {
  const { id, key } = await keys.current();
  return new SignJWT({ attachment })
    .setProtectedHeader({ alg: ALGORITHM, kid: id })
    .setSubject(reference)
    .setAudience(AUDIENCE)
    .setExpirationTime(expiresAt)
    .sign(key);
}

/** Undefined, whatever is wrong with it. */
export async function verifyReceipt(
  keys: KeyList,
  reference: string,
  receipt: string,
): Promise<Attachment | undefined> {
  if (receipt.length > RECEIPT_CHARACTERS) return undefined;
  try {
    const { payload } = await jwtVerify(
      receipt,
      async ({ kid = '' }) => {
        const found = await keys.find(kid);
        if (!found) throw new errors.JWKSNoMatchingKey();
        return found.key;
      },
      { algorithms: [ALGORITHM], audience: AUDIENCE, subject: reference },
    );
    return readAttachment(reference)(payload.attachment).value;
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}
