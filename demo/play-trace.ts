import { setTimeout as delay } from 'node:timers/promises';
import { bold, dim, print } from '../local/terminal';
import { allHold, printClaims } from '../local/verdict';
import { auRegistration, proofOfIdentity } from './kyc';
import type { Scene } from './scene';
import { branchesOf } from './trace-tree';
import type { Tracing } from './tracing';

const REFERENCE = 'traced';
const LOOK_EVERY_MS = 100;
const PATIENCE_MS = 20_000;

/** Plays one order, and prints its trace whole. True: every call that the fake Sinch saw is in it. */
export async function playTrace({ orders, sinch, timeline }: Scene, tracing: Tracing): Promise<boolean> {
  const traceId = await tracing.record('order a number', async () => {
    timeline.act(REFERENCE, 'reserves an Australian number');
    await orders.reserve({
      reference: REFERENCE,
      regionCode: 'AU',
      numberType: 'MOBILE',
      selection: { search: { capabilities: ['SMS'] } },
    });
    timeline.act(REFERENCE, 'sends the registration');
    await orders.register(REFERENCE, auRegistration);
    timeline.act(REFERENCE, 'sends a document: proof of identity');
    await orders.attach(REFERENCE, proofOfIdentity());
    timeline.act(REFERENCE, 'awaits the result');
    const { outcome } = await orders.result(REFERENCE);
    timeline.event(REFERENCE, outcome);
  });

  const { requests } = await sinch.audit();
  const calls = Object.values(requests).reduce((sum, { count }) => sum + count, 0);
  const traced = () => tracing.spansOf(traceId).filter(({ name }) => name.startsWith('Sinch:')).length;
  const isWhole = () =>
    traced() >= calls && tracing.spansOf(traceId).some(({ name }) => name.startsWith('RunWorkflow:'));
  for (const until = Date.now() + PATIENCE_MS; !isWhole() && Date.now() < until;) await delay(LOOK_EVERY_MS);

  const spans = tracing.spansOf(traceId);
  printTree(traceId, spans);
  const claims = [
    { claim: 'the workflow and its activities are in the trace of the service that began it', ok: isWhole() },
    { claim: `every call that the fake Sinch saw is in it, ${calls} of them`, ok: traced() === calls },
  ];
  printClaims('What the fake Sinch saw', claims);
  return allHold(claims);
}

function printTree(traceId: string, spans: ReturnType<Tracing['spansOf']>): void {
  const rows = branchesOf(spans).map(({ span, stem }) => ({ span, name: `${stem}${span.name}` }));
  const width = Math.max(...rows.map(({ name }) => name.length));
  const begin = rows[0]?.span.start ?? 0;
  const seconds = (ms: number) => (ms / 1_000).toFixed(3).padStart(8);
  print(
    '',
    bold(`Trace ${traceId}`),
    dim(`   begun    took  ${'span'.padEnd(width)}  from`),
    ...rows.map(({ span: { start, end, service, attributes }, name }) => {
      const status = attributes['http.response.status_code'];
      const from = typeof status === 'number' ? `${service}, answered ${status}` : service;
      return `${seconds(start - begin)}${seconds(end - start)}  ${name.padEnd(width)}  ${dim(from)}`;
    }),
  );
}
