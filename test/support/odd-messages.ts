import fc from './fast-check';
import { SIGNAL, UPDATE, workflowIdOf, type KycAnswer } from '@number-orders/contract';
import { payloadConverter } from '../../src/data-converter/payload-converter';
import { PROOF_OF_IDENTITY } from './kyc';
import type { OrderStand } from './order-stand';

/** One to six bytes of JSON each; among them half a character, and one that turns what follows around. */
const script = fc.constantFrom('x', 'é', '条', '😀', '\ud83d', '"', '\\', '\n', '\u0000', '\u202e');
const TIMES = [1, 30, 300, 3_000, 30_000, 120_000, 400_000];

export interface OddText {
  character: string;
  times: number;
}

/** At most so many characters. */
export const oddText = (longest = Infinity): fc.Arbitrary<OddText> =>
  fc.record({ character: script, times: fc.constantFrom(...TIMES.filter((times) => times <= longest)) });

export const written = ({ character, times }: OddText) => character.repeat(times);

/** What a sender may send that no documentation asks for. */
export interface OddMessage {
  kind: 'registration' | 'attachment' | 'event' | 'operator' | 'nested' | 'nothing' | 'unknown';
  by: 'signal' | 'update';
  texts: [OddText, OddText];
}

export const oddMessage = (longest?: number): fc.Arbitrary<OddMessage> =>
  fc.record({
    kind: fc.constantFrom('registration', 'attachment', 'event', 'operator', 'nested', 'nothing', 'unknown'),
    by: fc.constantFrom('signal', 'update'),
    texts: fc.tuple(oddText(longest), oddText(longest)),
  });

/** What is kept of an odd registration. */
export const oddRegistration = ({ texts }: OddMessage) => ({ data: [{ text: written(texts[0]) }] });

/** A refusal is what is wanted, of Temporal or of the order, if it is short. Answers what the order has. */
export async function sendOdd(
  stand: OrderStand,
  reference: string,
  message: OddMessage,
): Promise<KycAnswer | undefined> {
  const handle = stand.environment.client.workflow.getHandle(workflowIdOf(reference));
  const [one, other] = [written(message.texts[0]), written(message.texts[1])];
  const refused = (error: Error & { cause?: Error }) => {
    const bytes = payloadConverter.toPayload(error.cause?.message ?? '').data?.length ?? 0;
    if (bytes >= 64 * 1024) throw new Error(`A refusal has ${bytes} bytes`);
    return undefined;
  };
  if (message.kind === 'unknown') {
    await handle.signal(one.slice(0, 500).toWellFormed(), other).catch(refused);
    return undefined;
  }
  if (message.kind === 'nested') {
    const depth = Math.min(one.length, 30_000);
    const json = `{"data":${'['.repeat(depth)}${']'.repeat(depth)},"reason":${JSON.stringify(other.slice(0, 1_000))}}`;
    for (const signalName of [SIGNAL.registration, SIGNAL.attachment, SIGNAL.cancel + 'led']) {
      await stand.environment.connection.workflowService
        .signalWorkflowExecution({
          namespace: stand.environment.namespace ?? 'default',
          workflowExecution: { workflowId: workflowIdOf(reference) },
          signalName,
          input: { payloads: [{ metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from(json) }] },
        })
        .catch(refused);
    }
    return undefined;
  }
  const sha256 = 'a'.repeat(64);
  const [signal, update, argument] = {
    registration: [SIGNAL.registration, UPDATE.submitRegistration, { ...oddRegistration(message), junk: other }],
    attachment: [
      SIGNAL.attachment,
      UPDATE.submitAttachment,
      {
        attachmentId: one.length % 2 ? PROOF_OF_IDENTITY : `x${one}`.slice(0, 100),
        key: `${reference}/${sha256}`,
        fileName: one,
        mimeType: other.length > 30 ? `application/${'p'.repeat(other.length)}` : 'application/pdf',
        size: 1,
        sha256,
        documentType: other,
        content: one,
      },
    ],
    event: [
      SIGNAL.sinchEvent,
      UPDATE.reservation,
      { eventId: one, resourceType: 'NUMBER_ORDER', resourceId: other, eventType: one, status: 'EXPIRED', junk: other },
    ],
    operator: ['cancelled', UPDATE.waiveRequirement, { author: one, reason: other, attachmentId: one, until: other }],
    nothing: [SIGNAL.attachment, UPDATE.submitAttachment, { ...nulls, key: null, documentType: null }],
  }[message.kind];
  const sent: Promise<unknown> =
    message.by === 'signal'
      ? handle.signal(signal as string, argument)
      : handle.executeUpdate(update as string, { args: [argument] });
  return sent.then((answer) => answer as KycAnswer | undefined, refused);
}

/** Java, C# and Python write null where they leave a field out. */
const nulls = { attachmentId: null, fileName: null, mimeType: null, data: null, author: null };
