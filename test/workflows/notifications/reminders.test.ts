import { PROOF_OF_IDENTITY, auMobile, auRegistration } from '../../support/kyc';
import { standThatTells } from '../../support/stands';
import { timeSkipping } from '../../support/temporal';

const MINUTE = 60_000;

describe('row 20: reminders before the deadline', () => {
  const { stand, told } = standThatTells(timeSkipping);

  const start = () => stand.start({ ...auMobile, notificationUrl: 'https://requester.example/hooks' });
  const reminders = () => told.filter(({ type }) => type === 'order.kyc_reminder');
  /** How much of the window, from the reservation to its deadline, had gone, in percent. */
  const percentGone = (window: number) => {
    const [order] = stand.fake.control.audit().orders;
    const begin = Date.parse(order?.createTime ?? '');
    return reminders().map(({ time }) => Math.round(((Date.parse(time) - begin) / window) * 100));
  };

  it.each([
    ['30 minutes', 30 * MINUTE, 28.5 * MINUTE],
    ['48 hours', 2_880 * MINUTE, 2_875 * MINUTE],
  ])(
    'are sent at a half, three quarters and nine tenths of a window of %s',
    async (_name, reservation, untilDeadline) => {
      stand.fake.control.configure({ reservationSeconds: reservation / 1_000 });
      const reference = await start();

      await expect(stand.client.result(reference)).resolves.toMatchObject({
        outcome: 'EXPIRED',
        missing: ['registration', PROOF_OF_IDENTITY],
        missingTitles: [
          { id: 'registration', title: 'Registration' },
          { id: PROOF_OF_IDENTITY, title: 'Proof of identity' },
        ],
      });

      expect(percentGone(untilDeadline)).toEqual([50, 75, 90]);
      for (const { data } of reminders()) {
        expect(data.missing).toEqual(['registration', PROOF_OF_IDENTITY]);
        expect(data.missingTitles.map(({ title }) => title)).toEqual(['Registration', 'Proof of identity']);
      }
      await stand.checkHistory(reference);
    },
  );

  it('say what is still missing, and nothing else', async () => {
    const reference = await start();
    await stand.environment.sleep(30 * 60 * MINUTE);
    await stand.client.register(reference, auRegistration());

    await stand.client.result(reference);

    expect(reminders().map(({ data }) => data.missing)).toEqual([
      ['registration', PROOF_OF_IDENTITY],
      [PROOF_OF_IDENTITY],
      [PROOF_OF_IDENTITY],
    ]);
    const { notices } = await stand.client.order(reference);
    expect(notices.map(({ message }) => message)).toContain(
      `Reminder: still missing Proof of identity (${PROOF_OF_IDENTITY})`,
    );
    await stand.checkHistory(reference);
  });
});
