import { setTimeout } from 'node:timers/promises';
import { SIGNAL, UPDATE, workflowIdOf } from '@number-orders/contract';
import { gbMobile, gbRegistration } from '../../support/kyc';
import { standForAll } from '../../support/stands';
import { devServer } from '../../support/temporal';

describe('several updates of megabytes at once', () => {
  const stand = standForAll(devServer);
  const operator = { author: 'an operator', reason: 'a test' };

  it.each([
    ['that are refused', UPDATE.reread, 1_900_000],
    ['with an unknown name', 'noSuchUpdate', 1_900_000],
    ['larger than Temporal takes itself', UPDATE.submitRegistration, 2_400_000],
    ['with an argument that is not used', UPDATE.reservation, 1_900_000],
  ])("%s never block an order: a cancel and an operator's action still reach it", async (_, name, size) => {
    const reference = await stand.start(gbMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    const handle = stand.environment.client.workflow.getHandle(workflowIdOf(reference));
    const argument = { ...gbRegistration, ...operator, junk: 'x'.repeat(size) };
    const update = (of: string, sent: object) =>
      handle.executeUpdate(of, { args: [sent] }).then(
        () => 'taken',
        (error: unknown) => reasonOf(error as Error & { cause?: Error }),
      );

    // While nobody takes them in, they gather: one workflow task answers all of them.
    await stand.stopWorker();
    const large = Array.from({ length: 5 }, () => update(name, argument));
    const small = update(UPDATE.reread, operator);
    await setTimeout(1_000);
    await handle.signal(SIGNAL.cancel, operator);
    await stand.startWorker();

    await expect(small).resolves.toBe('taken');
    for (const answer of await Promise.all(large)) expect(answer).toMatch(/at most \d+ bytes|processed|noSuchUpdate/);
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'CANCELLED' });
    await stand.checkHistory(reference);
  });
});

const reasonOf = ({ cause, message }: Error & { cause?: Error }): string => cause?.message ?? message;
