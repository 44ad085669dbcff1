import { Caller } from '../../fake-sinch/support';
import { usLocal } from '../../support/kyc';
import { pendingCall } from '../../support/operator-cli';
import { standForEach } from '../../support/stands';
import { devServer } from '../../support/temporal';

const NUMBER = '+12125550160';
const OLGA = { author: 'Olga', reason: 'test' };

describe("an order after Temporal's database was restored from a backup", () => {
  const stand = standForEach(devServer, { policy: { settleMs: 100 } });
  const orders = () => stand.fake.control.audit().orders;
  const noticed = async (reference: string) =>
    (await stand.client.order(reference)).notices.map(({ message }) => message).join();

  /** An order as a backup has it: about to reserve its number, which it has done since. */
  async function aboutToReserve(): Promise<string> {
    await stand.stopWorker();
    await stand.startWorker({ callsSinch: false });
    const reference = await stand.start({ ...usLocal, selection: { phoneNumber: NUMBER } });
    await pendingCall(stand.environment.client, reference, 'createNumberOrder', () => true);
    await stand.stopWorker();
    return reference;
  }
  const restore = () => stand.startWorker({ ports: { restoredAt: Date.now() } });

  it('buys no second number if the first was reserved after the backup', async () => {
    const reference = await aboutToReserve();
    const numberOrderOption = { phoneNumbers: [NUMBER] };
    const idNumberOrder = await new Caller(stand.fake).reserve('US', 'LOCAL', { numberOrderOption });

    await restore();
    await stand.view(reference, ({ stage }) => stage === 'UNCONFIRMED');
    expect(orders()).toHaveLength(1);
    expect(await noticed(reference)).toContain('the order may have done so before the restore');

    await stand.client.adoptOrder(reference, { idNumberOrder, ...OLGA });
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    expect(orders()).toMatchObject([{ idNumberOrder, submitAttempts: 1 }]);
    await stand.checkHistory(reference);
  });

  it('reserves a number that was not taken, and submits it once', async () => {
    const reference = await aboutToReserve();

    await restore();
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });

    expect(orders()).toMatchObject([{ submitAttempts: 1 }]);
    expect(await noticed(reference)).toContain('the order may have done so before the restore');
    await stand.checkHistory(reference);
  });

  it('is not delayed if it started after the restore', async () => {
    await stand.stopWorker();
    await restore();
    const reference = await stand.start({ ...usLocal, selection: { phoneNumber: NUMBER } });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    expect(await noticed(reference)).not.toContain('restore');
  });
});
