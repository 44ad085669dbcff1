import { workflowIdOf } from '@number-orders/contract';
import { OrderPausedError } from '../../../src/client';
import { gbMobile, gbRegistration } from '../../support/kyc';
import { temporalCli } from '../../support/operator-cli';
import { standForEach } from '../../support/stands';
import { devServer } from '../../support/temporal';

const OLGA = { author: 'Olga', reason: 'test' };

describe("Temporal's buttons for an order, but for Reset", () => {
  const stand = standForEach(devServer);
  const press = (verb: string, reference: string, ...options: string[]) =>
    temporalCli('workflow', verb, '--workflow-id', workflowIdOf(reference), ...options);
  const awaitingKyc = async () => {
    const reference = await stand.start(gbMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    return reference;
  };

  const HARMLESS: [string, string[]][] = [
    ['signal', ['--name', 'noSuchSignal', '--input', '{}']],
    ['signal', ['--name', 'registration', '--input', '"half a registration"']],
    ['update-options', ['--versioning-override-behavior', 'auto_upgrade']],
    ['query', ['--name', 'order']],
    ['stack', []],
  ];
  it.each(HARMLESS)('%s %j: the order continues', async (verb, options) => {
    const reference = await awaitingKyc();

    await press(verb, reference, ...options);

    await stand.client.register(reference, gbRegistration);
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  });

  it.each([
    ['noSuchUpdate', '{}'],
    ['reread', '{}'],
    ['erase', 'null'],
  ])('update execute %s with %s is refused, and leaves no event', async (name, input) => {
    const reference = await awaitingKyc();

    const refused = temporalCli(
      ...['workflow', 'update', 'execute', '--workflow-id', workflowIdOf(reference), '--name', name, '--input', input],
    );

    await expect(refused).rejects.toThrow();
    await stand.client.register(reference, gbRegistration);
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  });

  it('cancel works like number-orders cancel: it compensates, and the order has a result', async () => {
    const reference = await awaitingKyc();

    await press('cancel', reference);

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'CANCELLED' });
    await stand.checkHistory(reference);
  });

  it('pause, if the server has it, keeps everything: signals wait, and other messages are refused with the reason', async () => {
    const reference = await awaitingKyc();
    const { workflowService } = stand.environment.connection;
    const paused = { namespace: 'default', workflowId: workflowIdOf(reference), identity: 'Olga', reason: 'a test' };
    try {
      await workflowService.pauseWorkflowExecution({ ...paused, requestId: 'pause' });
    } catch (error) {
      // Server 1.29 has no such button, and later ones have it switched off.
      expect(error).toMatchObject({ code: 12 });
      return;
    }

    await expect(stand.client.order(reference)).rejects.toThrow(OrderPausedError);
    await expect(stand.client.register(reference, gbRegistration)).rejects.toThrow(OrderPausedError);
    await expect(stand.client.erase(reference, OLGA)).rejects.toThrow(OrderPausedError);
    const again = stand.client.start({ reference, ...gbMobile }, { newAttempt: true });
    await expect(again).resolves.toMatchObject({ attached: true });
    await stand.environment.client.workflow.getHandle(workflowIdOf(reference)).signal('registration', gbRegistration);
    await workflowService.unpauseWorkflowExecution({ ...paused, requestId: 'unpause' });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    expect(stand.fake.control.audit().orders).toHaveLength(1);
    await stand.checkHistory(reference);
  });

  it.each([
    ['terminate', ['--reason', 'a test']],
    ['delete', []],
  ])('%s leaves the reservation at Sinch as it is, and it lapses unnoticed', async (verb, options) => {
    const reference = await awaitingKyc();

    await press(verb, reference, ...options);

    await expect(stand.client.result(reference)).rejects.toThrow();
    expect(stand.fake.control.audit().orders).toMatchObject([{ state: 'CREATED', submitAttempts: 0 }]);
  });
});
