import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { NumberOrderRequest, OrderView } from '@number-orders/contract';
import { CANARY, leaksIn } from '../privacy/canaries';
import { auMobile, auRegistration, LETTER_OF_AUTHORIZATION, PROOF_OF_IDENTITY } from '../support/kyc';
import { openStand, type OrderStand } from '../support/order-stand';
import { devServer } from '../support/temporal';
import { openIntake, SERVICES, type OpenIntake } from './open-intake';

/** Every value that a profile has. */
const OF_NOBODY_ELSE = {
  endBusinessName: CANARY.business,
  endBusinessAddress: CANARY.street,
  city: CANARY.reviewers,
};

describe('the holder of a link to an order with a KYC profile', () => {
  let stand: OrderStand;
  let intake: OpenIntake;

  beforeAll(async () => {
    stand = await openStand(await devServer());
    intake = await openIntake(stand);
  });
  afterAll(async () => {
    await intake.close();
    await stand.close();
  });

  async function withProfile(
    changes: Record<string, string>,
    order: Partial<NumberOrderRequest>,
    wanted: (view: OrderView) => boolean,
  ): Promise<string> {
    const kycProfile = `profile-${randomUUID()}`;
    const identity = {
      attachmentId: PROOF_OF_IDENTITY,
      fileName: `${CANARY.fileName}.pdf`,
      mimeType: 'application/pdf',
      content: Readable.from([CANARY.content]),
    };
    const registration = auRegistration({ ...OF_NOBODY_ELSE, ...changes });
    const profile = { regionCode: 'AU', numberType: 'MOBILE', registration, documents: [identity] } as const;
    await stand.client.profiles.put(kycProfile, profile, { author: 'ops', reason: 'test' });
    const reference = await stand.start({ ...auMobile, ...order, kycProfile });
    await stand.view(reference, wanted);
    return reference;
  }

  /** Whatever the holder can have shown: the page in each of its ways, and what a service is told. */
  async function everythingShown(reference: string): Promise<string> {
    const opened = await fetch(await intake.link(reference), {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: intake.url },
    });
    const cookie = (opened.headers.get('set-cookie') ?? '').split(';')[0]!;
    const page = `${intake.url}/kyc/orders/${reference}`;
    const shown = ['', '?details', '?language=de'].map(async (query) => {
      const answer = await fetch(page + query, { headers: { cookie } });
      expect(answer.status).toBe(200);
      return answer.text();
    });
    const authorization = `Bearer ${SERVICES[0].token}`;
    const told = await fetch(`${intake.url}/v1/orders/${reference}/outstanding`, { headers: { authorization } });
    return [...(await Promise.all(shown)), await told.text()].join('\n');
  }

  it('sees that its registration and document have arrived, and nothing of their content', async () => {
    const reference = await withProfile({}, { expectedAttachments: [LETTER_OF_AUTHORIZATION] }, (view) =>
      isLeft(view, { registration: false, attachments: [LETTER_OF_AUTHORIZATION] }),
    );

    const shown = await everythingShown(reference);

    expect(shown).toContain('Proof of identity');
    expect(shown).toContain('Received');
    expect(leaksIn(shown)).toEqual([]);
    expect(shown).not.toMatch(/Melbourne|Alex|\+61491570156/);
    await stand.client.cancel(reference, { reason: 'seen' });
    await stand.client.result(reference);
  });

  it('is asked again, in empty fields, for values of the profile that Sinch has refused', async () => {
    const reference = await withProfile(
      { postalCode: CANARY.postalCode },
      {},
      ({ violations, attachments }) => violations.length > 0 && attachments[0]?.status === 'COMPLETED',
    );

    const shown = await everythingShown(reference);

    expect(shown).toContain('An Australian postal code has four digits.');
    expect(leaksIn(shown)).toEqual([]);
    expect(shown).not.toMatch(/Melbourne|Alex|\+61491570156/);
    await stand.client.cancel(reference, { reason: 'seen' });
    await stand.client.result(reference);
  });
});

function isLeft({ outstanding }: OrderView, wanted: OrderView['outstanding']): boolean {
  return (
    outstanding.registration === wanted.registration && outstanding.attachments.join() === wanted.attachments.join()
  );
}
