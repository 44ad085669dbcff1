import { Hono, type Context } from 'hono';
import { REFERENCE_PATTERN } from '@number-orders/contract';
import { NumberOrdersError } from '../../client/errors';
import { opens, verifyLink, type KycLink } from '../links/link';
import { isReturnUrl } from '../links/return-url';
import type { FoundOrder } from '../order/order-desk';
import { pageOfOrder } from '../order/page-of-order';
import type { Frame } from '../page/model';
import { renderBadLinkPage, renderOpenPage, renderTroublePage } from '../page/other-pages';
import { renderPage } from '../page/render-page';
import { isLanguage, languageWanted, type Language } from '../page/words';
import { assetPaths } from './assets';
import type { Intake, IntakeEnv } from './intake';
import { keepLink, keptLink } from './link-cookie';
import { takePosted } from './take-posted';
import { UnreadableFormError } from './posted-parts';

type PageContext = Context<IntakeEnv>;

const orderPath = (reference: string) => `/kyc/orders/${reference}`;

/** A valid link, and its order. */
interface Opened {
  link: KycLink;
  order: FoundOrder;
}

/** The pages for people who have a link. */
export function kycPages(intake: Intake): Hono<IntakeEnv> {
  const { keys, desk } = intake;
  const assets = assetPaths(intake);
  const frame = (c: PageContext, link?: KycLink): Frame => ({
    language: languageOf(c, link),
    look: intake.look,
    assets,
  });
  const badLink = (c: PageContext) => c.html(renderBadLinkPage(frame(c)), 404);

  /** Undefined for any fault: see {@link renderBadLinkPage}. */
  async function open(
    token: string | undefined,
    { reference, recall = false }: { reference?: string; recall?: boolean } = {},
  ): Promise<Opened | undefined> {
    const link = token === undefined ? undefined : await verifyLink(keys, token, new Date());
    if (!link || (reference !== undefined && link.reference !== reference)) return undefined;
    const order = await (recall ? desk.findOrRecall(link.reference) : desk.find(link.reference));
    return order && opens(link, order) ? { link, order } : undefined;
  }

  const app = new Hono<IntakeEnv>();
  // Temporal or a worker is unavailable: the link may be valid.
  app.onError((error, c) => {
    if (!(error instanceof NumberOrdersError)) throw error;
    return c.html(renderTroublePage(frame(c)), 503);
  });
  // Hono's own csrf() lets content types through that a form cannot send.
  app.use('/kyc/*', async (c, next) => {
    const isOurs = c.req.header('origin') === intake.url || c.req.header('sec-fetch-site') === 'same-origin';
    return c.req.method !== 'POST' || isOurs ? next() : c.text('Forbidden', 403);
  });

  // Mail scanners open links: Temporal is not called, and nothing changes, before a person presses the button.
  app.get('/kyc/:token', async (c) => {
    const link = await verifyLink(keys, c.req.param('token'), new Date());
    return link ? c.html(renderOpenPage(frame(c, link), withLanguage(c, c.req.path))) : badLink(c);
  });

  app.post('/kyc/:token', async (c) => {
    const token = c.req.param('token');
    const opened = await open(token);
    if (!opened) return badLink(c);
    keepLink(c, token, opened.link);
    return c.redirect(withLanguage(c, orderPath(opened.link.reference)), 303);
  });

  const ownOrder = async (c: Context<IntakeEnv, '/kyc/orders/:reference'>, { recall = false } = {}) => {
    const reference = c.req.param('reference');
    return REFERENCE_PATTERN.test(reference) ? open(keptLink(c, reference), { reference, recall }) : undefined;
  };
  const show = (
    c: PageContext,
    { link, order }: Opened,
    part: ReturnType<typeof pageOfOrder>,
    status: 200 | 422 | 503 = 200,
  ) =>
    c.html(
      renderPage({
        ...frame(c, link),
        ...part,
        action: withLanguage(c, orderPath(order.reference)),
        ...(link.returnUrl !== undefined &&
          isReturnUrl(link.returnUrl, intake.returnHosts) && { returnUrl: link.returnUrl }),
      }),
      status,
    );

  app.get('/kyc/orders/:reference', async (c) => {
    const opened = await ownOrder(c);
    if (!opened) return badLink(c);
    const showDetails = c.req.query('details') !== undefined;
    return show(c, opened, pageOfOrder(opened.order.view, { showDetails, maxDocumentBytes: intake.maxDocumentBytes }));
  });

  app.post('/kyc/orders/:reference', async (c) => {
    // Temporal is asked again before anything is sent to the order.
    const opened = await ownOrder(c, { recall: true });
    if (!opened) return badLink(c);
    try {
      const { part, status, ended } = await takePosted(intake, opened.order, c.req.raw);
      return ended ? badLink(c) : show(c, opened, part, status);
    } catch (error) {
      if (error instanceof UnreadableFormError) return c.html(renderTroublePage(frame(c, opened.link)), 400);
      throw error;
    }
  });
  return app;
}

/** The language: the reader's choice on the page, then the link's, then the browser's. */
function languageOf(c: PageContext, link?: KycLink): Language {
  const chosen = c.req.query('language');
  if (isLanguage(chosen)) return chosen;
  if (isLanguage(link?.language)) return link.language;
  return languageWanted(c.req.header('accept-language')) ?? 'en';
}

function withLanguage(c: PageContext, path: string): string {
  const chosen = c.req.query('language');
  return isLanguage(chosen) ? `${path}?language=${chosen}` : path;
}
