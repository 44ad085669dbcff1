import { errors, jwtVerify, SignJWT, type JWTPayload } from 'jose';
import type { KeyList } from '../../data-converter/keys';

const ALGORITHM = 'HS256';

/** The claims that the intake signs and gets back: for one use, one order, and until it expires. */
export interface Signed {
  /** The use: a token for one use is invalid for any other. */
  audience: string;
  reference: string;
  expiresAt: Date;
  claims: JWTPayload;
}

/** Signs with the first key. */
export async function sign(keys: KeyList, { audience, reference, expiresAt, claims }: Signed): Promise<string> {
  const { id, key } = await keys.current();
  return new SignJWT(claims)
    .setProtectedHeader({ alg: ALGORITHM, kid: id })
    .setSubject(reference)
    .setAudience(audience)
    .setExpirationTime(expiresAt.getTime() / 1_000)
    .sign(key);
}

/** The claims of a token signed by any of the keys; undefined for any fault. */
export async function verify(
  keys: KeyList,
  token: string,
  audience: string,
  now = new Date(),
): Promise<JWTPayload | undefined> {
  try {
    const keyOf = async ({ kid = '' }) => {
      const found = await keys.find(kid);
      if (!found) throw new errors.JWKSNoMatchingKey();
      return found.key;
    };
    const { payload } = await jwtVerify(token, keyOf, { algorithms: [ALGORITHM], audience, currentDate: now });
    return payload;
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}
