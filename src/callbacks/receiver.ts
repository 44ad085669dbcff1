import { getConnInfo } from '@hono/node-server/conninfo';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { SinchEvent } from '@number-orders/contract';
import { addProbes } from '../http/probes';
import { parseEvent } from './event';
import { verifyCallbackPath, type ProjectSecrets } from './path';
import { RecentEvents } from './recent-events';
import { AddressList, senderOf } from '../http/sender-address';
import { isSignedBySinch, SIGNATURE_HEADER } from './signature';

/** Delivers an event to its order. `unknown`: no open order of this reference. Throws when Temporal cannot say. */
export type SignalOrder = (reference: string, event: SinchEvent) => Promise<'signalled' | 'unknown'>;

/** The outcomes of a request, with their status codes. */
const ANSWERS = {
  signalled: 200,
  /** No such order, or it is closed: a retry would not change that. */
  unknown: 200,
  duplicate: 200,
  malformed: 400,
  forged: 401,
  'address not allowed': 403,
  'path not ours': 404,
  'too large': 413,
  /** Temporal could not be reached: Sinch should retry. */
  'not delivered': 503,
} as const;
export type CallbackResult = keyof typeof ANSWERS;

/** For logs and metrics. Has nothing of the body, and the reference only if the path's mac is valid. */
export interface CallbackReport {
  result: CallbackResult;
  status: number;
  reference?: string;
  /** Why it was not delivered, or which fields are malformed. */
  detail?: string;
}

export interface CallbackReceiverOptions {
  /** The default project's hmacSecret. */
  secret: string;
  projectSecrets?: ProjectSecrets;
  signalOrder: SignalOrder;
  maxBodyBytes?: number;
  /** IP addresses and networks callbacks may come from; any, when left out. */
  allowedAddresses?: readonly string[];
  /** Proxies whose X-Forwarded-For is trusted. */
  trustedProxies?: readonly string[];
  onCallback?: (report: CallbackReport) => void;
  /** Whether orders can be signalled now. Left out: not checked. */
  reachesTemporal?: () => Promise<boolean>;
}

const EVENTS_REMEMBERED = 10_000;

/**
 * The web application that Sinch posts its callbacks to. It trusts only the path and the signature, tells the order that
 * something may have happened, and lets the order read what did.
 */
export function createCallbackReceiver(options: CallbackReceiverOptions): Hono {
  const { projectSecrets = new Map<string, string>(), signalOrder, maxBodyBytes = 64 * 1024, onCallback } = options;
  const allowed = options.allowedAddresses && new AddressList(options.allowedAddresses);
  const trustedProxies = new AddressList(options.trustedProxies ?? []);
  const recent = new RecentEvents(EVENTS_REMEMBERED);

  function answer(
    c: Context,
    result: CallbackResult,
    more: Pick<CallbackReport, 'reference' | 'detail'> = {},
  ): Response {
    const status = ANSWERS[result];
    onCallback?.({ result, status, ...more });
    return c.json({ result }, status);
  }

  function isAllowed(c: Context): boolean {
    const peer = getConnInfo(c).remote.address ?? '';
    return !allowed || allowed.includes(senderOf(peer, c.req.header('x-forwarded-for'), trustedProxies));
  }

  async function receive(c: Context): Promise<Response> {
    const target = verifyCallbackPath(options.secret, c.req.path, projectSecrets);
    if (!target) return answer(c, 'path not ours');
    const { reference, project } = target;
    const secret = project === undefined ? options.secret : projectSecrets.get(project);

    const rawBody = Buffer.from(await c.req.arrayBuffer());
    if (secret === undefined || !isSignedBySinch(secret, rawBody, c.req.header(SIGNATURE_HEADER)))
      return answer(c, 'forged', { reference });

    const parsed = parseEvent(rawBody);
    if (parsed.violations) {
      return answer(c, 'malformed', { reference, detail: parsed.violations.map(({ field }) => field).join(', ') });
    }
    // Only the body is signed: the same event under another order's path is another callback.
    const { eventId } = parsed.value;
    const key = eventId === undefined ? undefined : `${reference}/${eventId}`;
    if (key !== undefined && recent.has(key)) return answer(c, 'duplicate', { reference });
    try {
      const result = await signalOrder(reference, parsed.value);
      // Remembered only after delivery: one that failed must get through when Sinch retries.
      if (key !== undefined) recent.add(key);
      return answer(c, result, { reference });
    } catch (error) {
      return answer(c, 'not delivered', {
        reference,
        detail: error instanceof Error ? error.message : 'unknown error',
      });
    }
  }

  const app = new Hono();
  // For example a sender that disconnected while sending its body.
  app.onError((error, c) => answer(c, 'not delivered', { detail: error.message }));
  addProbes(app, options.reachesTemporal);
  app.post(
    '*',
    async (c, next) => (isAllowed(c) ? next() : answer(c, 'address not allowed')),
    bodyLimit({ maxSize: maxBodyBytes, onError: (c) => answer(c, 'too large') }),
    receive,
  );
  return app;
}
