import { DAY_MS, parseDuration, type Violation } from '@number-orders/contract';
import { InvalidRequestError } from '../../client/errors';
import { LINK_LASTS_AT_MOST_MS, type LinkWish } from '../links/kyc-url';
import { isReturnUrl } from '../links/return-url';
import { isLanguage, LANGUAGES } from '../page/words';

/** Reads `{ expiresIn?, language?, returnUrl? }`; null means left out. @throws {InvalidRequestError} */
export function readLinkWish(
  body: unknown,
  returnHosts: readonly string[],
): Pick<LinkWish, 'lastsMs' | 'language' | 'returnUrl'> {
  const violations: Violation[] = [];
  const wrong = (field: string, description: string) => void violations.push({ field, description });
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  if (!isObject) wrong('body', 'must be a JSON object, such as {"expiresIn": "2 days"}');
  const {
    expiresIn = null,
    language = null,
    returnUrl = null,
    ...unknown
  } = (isObject ? body : {}) as Record<string, unknown>;
  for (const name of Object.keys(unknown).slice(0, 10)) wrong(name.slice(0, 100), 'is unknown');
  const lastsMs = typeof expiresIn === 'string' ? parseDuration(expiresIn) : undefined;
  if (expiresIn !== null && (lastsMs === undefined || lastsMs <= 0 || lastsMs > LINK_LASTS_AT_MOST_MS))
    wrong('expiresIn', `must be a time such as 48 hours or 7 days, at most ${LINK_LASTS_AT_MOST_MS / DAY_MS} days`);
  if (language !== null && !isLanguage(language))
    wrong('language', `must be one of ${Object.keys(LANGUAGES).join(', ')}`);
  if (returnUrl !== null && !(typeof returnUrl === 'string' && isReturnUrl(returnUrl, returnHosts)))
    wrong('returnUrl', 'must be an https URL whose host is one of NUMBER_ORDERS_INTAKE_RETURN_HOSTS');
  if (violations.length > 0) throw new InvalidRequestError(violations, 'The request for a link');
  return {
    ...(lastsMs !== undefined && { lastsMs }),
    ...(isLanguage(language) && { language }),
    ...(typeof returnUrl === 'string' && { returnUrl }),
  };
}
