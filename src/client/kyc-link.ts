import type { Violation } from '@number-orders/contract';
import { InvalidRequestError, KycLinkError, OrderEndedError, OrderNotFoundError } from './errors';

/** The address of `number-orders intake`, and this service's token there, with the scope `links`. */
export interface IntakeAddress {
  url: string;
  token: string;
}

export interface KycLinkOptions {
  /** Such as `48 hours`; 7 days when left out. */
  expiresIn?: string;
  /** The page's language, such as `de`; the reader's own when left out. */
  language?: string;
  /** Where the page links back to: https, a host that the intake allows. */
  returnUrl?: string;
}

/** A secret: anyone who has it can open the page. `expiresAt` is RFC 3339. */
export interface SignedKycLink {
  url: string;
  expiresAt: string;
}

export async function askForKycLink(
  { url, token }: IntakeAddress,
  reference: string,
  options: KycLinkOptions,
  timeoutMs: number,
): Promise<SignedKycLink> {
  const { status, body } = await post(
    `${url}/v1/orders/${encodeURIComponent(reference)}/kyc-links`,
    token,
    options,
    timeoutMs,
  );
  const { title, errors } = body as { title?: string; errors?: Violation[] };
  if (status === 201) return body as SignedKycLink;
  if (status === 404) throw new OrderNotFoundError(reference);
  if (status === 409) throw new OrderEndedError(reference);
  if (status === 400 && Array.isArray(errors)) throw new InvalidRequestError(errors, 'The request for a link');
  throw new KycLinkError(`the intake answered ${status}${title === undefined ? '' : ` (${title})`}`);
}

async function post(url: string, token: string, options: KycLinkOptions, timeoutMs: number) {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(options),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: answer.status, body: await answer.json() };
  } catch (cause) {
    throw new KycLinkError('the intake could not be reached, or its answer was unexpected', { cause });
  }
}
