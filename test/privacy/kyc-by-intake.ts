import { auRegistration, PROOF_OF_IDENTITY } from '../support/kyc';
import { CANARY } from './canaries';

/** Everything that went over the wire while KYC came in by the intake, sorted by who may see what. */
export interface IntakeTraffic {
  /** That anybody asked for, or was sent to. */
  urls: string[];
  cookies: string[];
  /** Answers to a POST or PUT, which may repeat what came with it. */
  own: string[];
  /** Answers to others who have the link, or a token. */
  others: string[];
}

const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** One person refuses to be stopped by advice, is refused and sends a document; another opens the same link; services ask. */
export async function sendKycByIntake(url: string, token: string, reference: string): Promise<IntakeTraffic> {
  const traffic: IntakeTraffic = { urls: [], cookies: [], own: [], others: [] };
  const ask = async (target: string, init: RequestInit = {}) => {
    const answer = await fetch(target, { redirect: 'manual', ...init });
    traffic.urls.push(target, answer.headers.get('location') ?? '');
    traffic.cookies.push(...answer.headers.getSetCookie());
    const body = await answer.text();
    const seen = text([answer.status, [...answer.headers], body]);
    const repeats = init.method !== undefined && init.body !== undefined;
    (repeats ? traffic.own : traffic.others).push(seen);
    return { answer, body };
  };
  const authorization = `Bearer ${token}`;
  const api = `${url}/v1/orders/${reference}`;

  const { body } = await ask(`${api}/kyc-links`, { method: 'POST', headers: { authorization } });
  const { url: link } = JSON.parse(body) as { url: string };
  const opened = async () => {
    await ask(link);
    const { answer } = await ask(link, { method: 'POST', headers: { origin: url } });
    return (answer.headers.get('set-cookie') ?? '').split(';')[0]!;
  };
  const [cookie, another] = [await opened(), await opened()];
  const page = `${url}/kyc/orders/${reference}`;
  const send = (values: object, file?: [name: string, content: string]) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(values)) form.append(name, text(value));
    if (file) form.append(`document.${PROOF_OF_IDENTITY}`, new Blob([file[1]], { type: 'application/pdf' }), file[0]);
    return ask(page, { method: 'POST', headers: { cookie, origin: url }, body: form });
  };
  const look = async () => {
    for (const target of [page, `${page}?details`, `${page}?language=de`]) {
      await ask(target, { headers: { cookie: another } });
    }
    for (const what of ['requirements', 'outstanding']) await ask(`${api}/${what}`, { headers: { authorization } });
    await ask(page, { headers: { cookie: `${another}x` } });
  };

  await send({ ...postedOf(auRegistration({ postalCode: CANARY.malformed })), do: 'send', odd: CANARY.malformed });
  await send({ ...postedOf(auRegistration({ postalCode: CANARY.postalCode })), do: 'anyway' });
  await look();
  const document = [`${CANARY.fileName}.pdf`, `${CANARY.content} `.repeat(1_000)] as const;
  await send({ do: 'documents' }, [...document]);
  await look();
  await send({ ...postedOf(auRegistration({ endBusinessName: CANARY.business, city: CANARY.street })), do: 'anyway' });
  await look();
  await ask(page, { method: 'POST', headers: { cookie, origin: url }, body: CANARY.malformed });
  // Names that nothing can be called, and an id that is none: errors must not pass them on.
  for (const name of [`${CANARY.fileName}.pdf`, `../${CANARY.fileName}`])
    await ask(`${api}/attachments/unknown`, {
      method: 'PUT',
      headers: {
        authorization,
        'content-type': 'application/pdf',
        'content-disposition': `attachment; filename="${name}"`,
      },
      body: CANARY.content,
    });
  return traffic;
}

/** As the page's form sends a registration. */
function postedOf(registration: object): Record<string, unknown> {
  const { data } = registration as { data: (object | object[])[] };
  const answers = data.flatMap((entries, section) =>
    [entries]
      .flat()
      .flatMap((object, entry) =>
        Object.entries(object).map(([field, value]) => [`${section}.${entry}.${field}`, value] as [string, unknown]),
      ),
  );
  return Object.fromEntries(answers);
}
