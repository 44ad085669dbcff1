import fc from '../../support/fast-check';
import { OrderEndedError } from '../../../src/client';
import { workflowIdOf } from '@number-orders/contract';
import { payloadConverter } from '../../../src/data-converter/payload-converter';
import { ownEvents } from '../../support/history-sizes';
import { auMobile, PROOF_OF_IDENTITY, proofOfIdentity } from '../../support/kyc';
import { oddMessage, oddText, sendOdd, written } from '../../support/odd-messages';
import type { OtherAnswer, SinchProxy } from '../../support/sinch-proxy';
import { standForAll } from '../../support/stands';
import { devServer } from '../../support/temporal';

const MIB = 1024 * 1024;
/** Temporal takes 2 MiB in a command, and 4 MiB in all that a workflow task answers. */
const LARGEST_COMMAND = 1.5 * MIB;
/** Of a call, an answer, a failure. */
const LARGEST_OTHER = 0.5 * MIB;
const LARGEST_RUN = 50 * MIB;

const played = fc.record({
  /** What Sinch writes wherever it may write anything. */
  sinch: oddText(),
  messages: fc.array(oddMessage(), { minLength: 5, maxLength: 25 }),
  review: fc.constantFrom('BLOCK' as const, 'REJECT' as const),
  refused: fc.boolean(),
});

describe('with any messages, and any answers of Sinch,', () => {
  let sinch = { text: '', refused: false };

  /** Sinch, at greater length. What it says of its order is still true. */
  const alter: SinchProxy['change'] = ({ method, status, responseBody }): OtherAnswer | undefined => {
    const { text, refused } = sinch;
    if (method === 'PUT' && refused) {
      const fieldViolations = Array.from({ length: 500 }, (_, index) => ({
        field: `${index}${text.slice(0, 2_000)}`,
        description: text.slice(0, 5_000),
      }));
      return { status: 400, body: { error: { code: 400, message: text, details: [{ fieldViolations }] } } };
    }
    if (status !== 200 || responseBody === '') return undefined;
    const body = JSON.parse(responseBody) as Record<string, unknown>;
    const { orderNumbers, logs } = body;
    if (Array.isArray(orderNumbers)) {
      const price = { currencyCode: text.slice(0, 5_000), amount: '1'.repeat(text.length % 5_000) };
      const numbers = orderNumbers.map((each: object) => ({
        ...each,
        numberPrice: { setupPrice: price, monthlyPrice: price },
        capabilities: Array.from({ length: 50 }, () => text.slice(0, 1_000)),
      }));
      return { status, body: { ...body, orderNumbers: numbers } };
    }
    if (Array.isArray(logs)) {
      const more = Array.from({ length: 150 }, (_, index) => ({
        message: `${index}${text.slice(0, 5_000)}`,
        createTime: '2026-11-23T16:05:00Z',
      }));
      return { status, body: { ...body, logs: more } };
    }
    return undefined;
  };

  const stand = standForAll(devServer, {
    alter,
    policy: { continueAsNewMessages: 10, correctionQuietMs: 60_000, settleMs: 200 },
    // A receiver that is down.
    ports: { notifier: { notify: () => Promise.reject(new Error('down')) } },
  });

  const handleOf = (reference: string) => stand.environment.client.workflow.getHandle(workflowIdOf(reference));

  it('no command, call, answer or query of an order is ever too large, and the order continues', async () => {
    await fc.assert(
      fc.asyncProperty(played, async ({ sinch: said, messages, review, refused }) => {
        const text = written(said);
        sinch = { text, refused };
        const fields = { rules: [{ template: { any: { hint: text } } }] };
        stand.fake.control.setRequirements('AU', 'MOBILE', { fields, attachments: asked(text) });
        stand.fake.control.planNextOrder({ review: [review], message: text.slice(0, 10_000) });
        const reference = await stand.start({
          ...auMobile,
          onRejection: 'correct',
          notificationUrl: `https://a.test/`,
        });
        await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');

        // By twos, so that they also come together.
        for (let at = 0; at < messages.length; at += 2) {
          await Promise.all(messages.slice(at, at + 2).map((each) => sendOdd(stand, reference, each)));
          await expectSmallAnswers(reference);
        }
        await getToReview(reference);
        for (const each of messages.slice(0, 5)) await sendOdd(stand, reference, each);
        await expectSmallAnswers(reference);

        // It may have ended: blocked, it goes on when KYC has come.
        const operator = { author: 'an operator', reason: 'seen' };
        await stand.client.reread(reference, operator).catch(expectItHasEnded);
        await stand.client.cancel(reference, operator).catch(expectItHasEnded);
        for (const { idNumberOrder, state } of stand.fake.control.audit().orders)
          if (state === 'BLOCKED') stand.fake.control.moveOrder(idNumberOrder, 'REJECTED');
        await stand.client.result(reference, { timeoutMs: 60_000 });
        await expectSmallHistories(reference);
      }),
      { numRuns: Number(process.env.SIZES_RUNS ?? 4), endOnFailure: true },
    );
  }, 900_000);

  /** Sends what is missing: the order goes to its reviewers, who write a lot. */
  async function getToReview(reference: string): Promise<void> {
    sinch = { ...sinch, refused: false };
    await stand.client.register(reference, { data: [{ any: 'thing' }] });
    await stand.client.attach(reference, proofOfIdentity());
    await stand.view(reference, ({ stage }) => stage === 'ACTION_REQUIRED');
  }

  const expectItHasEnded = (error: unknown) => expect(error).toBeInstanceOf(OrderEndedError);

  async function expectSmallAnswers(reference: string): Promise<void> {
    expect(encoded(await stand.client.order(reference))).toBeLessThan(LARGEST_COMMAND);
    const board = await handleOf(reference).query<{ currentDetails: string }>('__temporal_workflow_metadata');
    expect(encoded(board)).toBeLessThan(LARGEST_OTHER);
  }

  async function expectSmallHistories(reference: string): Promise<void> {
    for (const run of await stand.runs(reference)) {
      for (const { type, bytes } of ownEvents(run)) {
        const bound = type.endsWith('CONTINUED_AS_NEW') ? LARGEST_COMMAND : LARGEST_OTHER;
        expect({ type, isWithin: bytes < bound, bytes }).toEqual({ type, isWithin: true, bytes });
      }
    }
    const { historySize } = await handleOf(reference).describe();
    expect(historySize).toBeLessThan(LARGEST_RUN);
    await stand.checkHistory(reference);
  }
});

const encoded = (value: unknown) => payloadConverter.toPayload(value).data?.length ?? 0;

const asked = (text: string) =>
  [PROOF_OF_IDENTITY, ...Array.from({ length: 60 }, (_, index) => `more${index}`)].map((id, index) => ({
    id,
    title: text.slice(0, 3_000),
    description: text.slice(0, 5_000),
    mandatory: index < 1,
    template: [{ name: text.slice(0, 100), url: text.slice(0, 100) }],
    allowedMimeTypes: ['application/pdf', text.slice(0, 200)],
    allowedDocumentTypes: [],
  }));
