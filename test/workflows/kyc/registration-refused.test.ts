import {
  PROOF_OF_IDENTITY,
  auMobile,
  auRegistration,
  gbMobile,
  gbRegistration,
  proofOfIdentity,
} from '../../support/kyc';
import { sinchOrderOf } from '../../support/sinch-orders';
import { standForAll } from '../../support/stands';
import { devServer } from '../../support/temporal';

describe('row 7: a registration that is refused', () => {
  const stand = standForAll(devServer);

  afterEach(() => stand.fake.control.clearFaults());

  const awaitingOrder = async () => {
    const reference = await stand.start(auMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    return reference;
  };

  it('is reported to its sender field by field until it is right, and the document is not lost', async () => {
    const reference = await awaitingOrder();
    await expect(stand.client.attach(reference, proofOfIdentity())).resolves.toMatchObject({ status: 'ACCEPTED' });

    const first = await stand.client.register(reference, auRegistration({ postalCode: '2', state: 'XYZ' }));
    const second = await stand.client.register(reference, auRegistration({ city: '' }));

    expect(first.status).toBe('REFUSED');
    expect(first.violations.map(({ field }) => field)).toEqual([
      'requestDetails.data[1].state',
      'requestDetails.data[1].postalCode',
    ]);
    expect(second.violations.map(({ field }) => field)).toEqual(['requestDetails.data[1].city']);
    const view = await stand.client.order(reference);
    expect(view).toMatchObject({
      stage: 'AWAITING_KYC',
      violations: second.violations,
      outstanding: { registration: true },
    });
    await expect(stand.client.register(reference, auRegistration())).resolves.toEqual({
      status: 'ACCEPTED',
      violations: [],
    });
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    expect((await stand.client.order(reference)).violations).toEqual([]);
    await expect(sinchOrderOf(stand, reference)).resolves.toMatchObject({
      submits: 1,
      attachments: { [PROOF_OF_IDENTITY]: { uploads: 1 } },
    });
    await stand.checkHistory(reference);
  });

  it("by Sinch itself is reported with Sinch's message", async () => {
    const reference = await awaitingOrder();

    const answer = await stand.client.register(reference, auRegistration({ postalCode: '20000' }));

    expect(answer).toMatchObject({
      status: 'REFUSED',
      violations: [{ field: 'requestDetails.data[1].postalCode', description: 'must match ^[0-9]{4}$' }],
    });
    await expect(sinchOrderOf(stand, reference)).resolves.toMatchObject({ registrationPuts: 1, submitAttempts: 0 });
    await stand.client.register(reference, auRegistration());
    await stand.client.attach(reference, proofOfIdentity());
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  });

  it('by signal is shown in the view, and corrected by signal', async () => {
    const reference = await awaitingOrder();
    await stand.client.register(reference, auRegistration({ postalCode: '2' }), { signal: true });
    const refused = await stand.view(reference, ({ violations }) => violations.length > 0);
    expect(refused.violations).toEqual([expect.objectContaining({ field: 'requestDetails.data[1].postalCode' })]);
    expect(refused.notices.at(-1)?.message).toContain('Registration refused (SinchInvalidArgument)');

    await stand.client.register(reference, auRegistration(), { signal: true });

    await stand.view(reference, ({ outstanding, violations }) => !outstanding.registration && violations.length === 0);
    await stand.client.attach(reference, proofOfIdentity(), { signal: true });
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  });

  it('appears with none of its values in a notice or a failure message', async () => {
    const reference = await awaitingOrder();

    await stand.client.register(reference, auRegistration({ postalCode: 'Confidential', country: 7 }));

    const { notices, violations } = await stand.client.order(reference);
    expect(JSON.stringify({ notices, violations })).not.toContain('Confidential');
    await stand.client.cancel(reference, { reason: 'enough seen' });
    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'CANCELLED',
      missing: ['registration', PROOF_OF_IDENTITY],
    });
    await stand.checkHistory(reference);
  });

  it('is answered as superseded if it was replaced before it was sent, and never arrives after its replacement', async () => {
    stand.fake.control.fault({ operation: 'updateRegistration', effect: 'HTML', times: 'ALWAYS' });
    const reference = await awaitingOrder();
    const first = stand.client.register(reference, auRegistration({ city: 'Perth' }));
    await stand.view(reference, () => (stand.fake.control.audit().requests.updateRegistration?.faulted ?? 0) > 0);

    const second = stand.client.register(reference, auRegistration({ city: 'Hobart' }));

    await expect(first).resolves.toMatchObject({ status: 'SUPERSEDED' });
    stand.fake.control.clearFaults();
    await expect(second).resolves.toMatchObject({ status: 'ACCEPTED' });
    const { idNumberOrder } = await sinchOrderOf(stand, reference);
    expect(stand.fake.control.registrationOf(idNumberOrder)).toEqual(auRegistration({ city: 'Hobart' }));
    await stand.client.cancel(reference, { reason: 'enough seen' });
    await stand.client.result(reference);
    await stand.checkHistory(reference);
  });

  it('only at the submission stops the order until it is corrected', async () => {
    stand.fake.control.fault({ operation: 'submit', effect: 'STATUS', status: 400 });
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration });
    const { stage } = await stand.view(reference, ({ notices }) =>
      notices.some(({ message }) => message.startsWith('Sinch refused the submission')),
    );
    expect(stage).toBe('AWAITING_KYC');

    await stand.client.register(reference, gbRegistration);

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await expect(sinchOrderOf(stand, reference)).resolves.toMatchObject({ submits: 1, registrationPuts: 2 });
    await stand.checkHistory(reference);
  });
});
