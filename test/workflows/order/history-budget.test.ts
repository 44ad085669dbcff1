import { costOf } from '../../../proof/bench/history-cost';
import { PROOF_OF_IDENTITY, auMobile, auRegistration, proofOfIdentity } from '../../support/kyc';
import { standForAll } from '../../support/stands';
import { devServer } from '../../support/temporal';

/** What Temporal stores and bills; `npm run bench` measures what it takes in time. */
describe('the history of an Australian order, whose KYC comes by signals while it waits,', () => {
  const stand = standForAll(devServer);

  async function playThrough() {
    const reference = await stand.start(auMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    await stand.client.register(reference, auRegistration(), { signal: true });
    await stand.client.attach(reference, proofOfIdentity(), { signal: true });
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    const [history] = await stand.runs(reference);
    return costOf(history!);
  }

  it('has at most 57 events and 16 Actions', async () => {
    const { events, actions } = await playThrough();
    expect(events).toBeLessThanOrEqual(57);
    expect(actions).toBeLessThanOrEqual(16);
  });

  it('has one more Action at most if Sinch takes a second to check the document, which is sent once', async () => {
    stand.fake.control.configure({ uploadSeconds: 1 });
    const { events, actions } = await playThrough();
    expect(events).toBeLessThanOrEqual(57);
    expect(actions).toBeLessThanOrEqual(17);
    expect(stand.fake.control.audit().orders.at(-1)?.attachments[PROOF_OF_IDENTITY]).toMatchObject({ uploads: 1 });
  });
});
