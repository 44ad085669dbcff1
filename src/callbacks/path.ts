import { createHmac, timingSafeEqual } from 'node:crypto';
import { REFERENCE_PATTERN } from '@number-orders/contract';

/** The content of a callback's path, once its mac has been checked. */
export interface CallbackTarget {
  reference: string;
  /** Which attempt of the order: 1, and one more for each renewal or correction. */
  attempt: number;
  /** Undefined: the default project. */
  project?: string;
}

/** The hmacSecrets of the named projects. */
export type ProjectSecrets = ReadonlyMap<string, string>;

/**
 * `<reference>/<attempt>/<mac>`, with `<project>/` before it for a named one, to be appended to `NUMBER_ORDERS_CALLBACK_URL`. The
 * mac keeps paths from being guessed: a callback's signature covers its body alone, so a captured one could otherwise be sent to
 * any order.
 * @param secret the project's
 */
export function callbackPath(secret: string, reference: string, attempt: number, project?: string): string {
  const said = [...(project === undefined ? [] : [project]), reference, attempt].join('/');
  return `${said}/${macOf(secret, said)}`;
}

/**
 * The order a request path leads to, or undefined when it is not one of ours. Only the last segments count: a proxy may pass on
 * the path of `NUMBER_ORDERS_CALLBACK_URL` or strip it.
 * @param secret the default project's
 */
export function verifyCallbackPath(
  secret: string,
  path: string,
  projectSecrets: ProjectSecrets = new Map(),
): CallbackTarget | undefined {
  const [project = '', reference = '', attempt = '', mac = ''] = ['', ...path.split('/')].slice(-4);
  if (!REFERENCE_PATTERN.test(reference) || !/^[1-9]\d{0,5}$/.test(attempt)) return undefined;
  const target = { reference, attempt: Number(attempt) };
  // That segment may be part of the URL: the mac decides.
  const ofProject = projectSecrets.get(project);
  if (ofProject !== undefined && isSame(mac, macOf(ofProject, `${project}/${reference}/${attempt}`))) {
    return { ...target, project };
  }
  return isSame(mac, macOf(secret, `${reference}/${attempt}`)) ? target : undefined;
}

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** 128 bits, base64url. The key is derived, so that a mac reveals nothing about signatures made with the secret itself. */
function macOf(secret: string, said: string): string {
  const key = createHmac('sha256', secret).update('number-orders callback path').digest();
  return createHmac('sha256', key).update(said).digest().subarray(0, 16).toString('base64url');
}
