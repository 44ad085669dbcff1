import { getConnInfo } from '@hono/node-server/conninfo';
import { Hono, type Context } from 'hono';
import { matchedRoutes } from 'hono/route';
import { secureHeaders } from 'hono/secure-headers';
import { addProbes } from '../../http/probes';
import { AddressList, senderOf } from '../../http/sender-address';
import { api } from '../api/api';
import { problem } from '../api/problem';
import { assets, logoPath } from './assets';
import type { Intake, IntakeEnv } from './intake';
import { kycPages } from './kyc-pages';

/** The web application where people and services submit KYC. */
export function createIntake(given: Intake): Hono<IntakeEnv> {
  const logo = logoPath(given);
  const intake = { ...given, look: { ...given.look, ...(logo !== undefined && { logo }) } };
  const trustedProxies = new AddressList(intake.trustedProxies);
  const sender = (c: Context<IntakeEnv>) =>
    senderOf(getConnInfo(c).remote.address ?? '', c.req.header('x-forwarded-for'), trustedProxies);

  const app = new Hono<IntakeEnv>();
  app.use(async (c, next) => {
    const started = performance.now();
    await next();
    intake.onRequest?.({
      method: c.req.method,
      route: matchedRoutes(c).at(-1)?.path ?? '',
      status: c.res.status,
      milliseconds: Math.round(performance.now() - started),
      ...(c.get('caller') !== undefined && { caller: c.get('caller') }),
      ...(c.error && { error: c.error.name }),
    });
  });
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        scriptSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
      // With no-referrer, browsers would send `Origin: null` with the page's own forms.
      referrerPolicy: 'same-origin',
      permissionsPolicy: { camera: false, microphone: false, geolocation: false, payment: false },
      strictTransportSecurity: intake.url.startsWith('https:') ? 'max-age=31536000' : false,
    }),
  );
  app.use(async (c, next) => {
    await next();
    if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store');
  });
  app.onError((_error, c) => c.text('Internal Server Error', 500));
  addProbes(app, () => intake.desk.reachesTemporal());
  app.get('/robots.txt', (c) => c.text('User-agent: *\nDisallow: /\n'));
  app.route('/', assets(intake));
  app.use(async (c, next) => {
    if (await intake.quotas.mayRequest(sender(c))) return next();
    if (c.req.path.startsWith('/v1/')) return problem(c, 'too-many-requests');
    c.header('retry-after', '60');
    return c.text('Too many requests. Try again in a minute.', 429);
  });
  app.route('/', api(intake));
  app.route('/', kycPages(intake));
  return app;
}
