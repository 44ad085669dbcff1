import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Operation } from '../../../fake-sinch';
import { workflowIdOf } from '@number-orders/contract';
import type { OnCall } from '../../../src/sinch/observed';
import { auMobile, auRegistration, proofOfIdentity, usLocal } from '../../support/kyc';
import { standToOpen } from '../../support/stands';
import { devServer } from '../../support/temporal';

describe('row 5: an unreachable Sinch', () => {
  const { stand, open } = standToOpen(devServer);
  const requests = (operation: Operation) => stand.fake.control.audit().requests[operation];

  it('whose name cannot be resolved is retried, and the operator sees which call waits and why', async () => {
    await open({ sinch: { numbersUrl: 'http://sinch.invalid' } });
    const reference = await stand.start(usLocal);
    const handle = stand.environment.client.workflow.getHandle(workflowIdOf(reference));

    const pending = async () => (await handle.describe()).raw.pendingActivities?.[0];
    while (!(await pending())?.lastFailure) await new Promise((resolve) => setTimeout(resolve, 100));

    expect(await pending()).toMatchObject({
      activityType: { name: 'lookupNumberRequirements' },
      lastFailure: {
        message: expect.stringMatching(/no connection to Sinch could be made .*Call again later/) as string,
        applicationFailureInfo: { type: 'SinchUnavailable' },
      },
    });
    await expect(stand.client.order(reference)).resolves.toMatchObject({ stage: 'LOOKING_UP' });
    await stand.client.cancel(reference, { reason: 'enough seen' });
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'CANCELLED', reservations: [] });
    await stand.checkHistory(reference);
  });

  it('that refuses the connection has not processed a creation, which is retried', async () => {
    const door = createServer();
    await once(door.listen(0, '127.0.0.1'), 'listening');
    const { port } = door.address() as AddressInfo;
    // The door falls shut between the search and the creation.
    const onCall: OnCall = ({ operation }) => operation === 'searchAvailableNumbers' && door.close();
    await open({ sinch: { numbersUrl: `http://127.0.0.1:${port}`, onCall } });
    leadTo(door, stand.fake.url);
    const reference = await stand.start(usLocal);
    await stand.view(reference, ({ notices }) =>
      notices.some(({ message }) => message.endsWith('was not processed (SinchUnavailable); trying again in 1 s')),
    );

    await once(door.listen(port, '127.0.0.1'), 'listening');

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'COMPLETED',
      reservations: [{ state: 'COMPLETED' }],
    });
    expect(stand.fake.control.audit().orders).toMatchObject([{ submits: 1 }]);
    door.close();
    await stand.checkHistory(reference);
  });

  it('behind a proxy that answers HTML is retried, for every call', async () => {
    await open();
    const operations: Operation[] = [
      'token',
      'lookupNumberRequirements',
      'searchAvailableNumbers',
      'updateRegistration',
      'uploadAttachment',
      'getRegistration',
      'getNumberOrder',
    ];
    for (const operation of operations) stand.fake.control.fault({ operation, effect: 'HTML' });
    const reference = await stand.start(auMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    await stand.client.register(reference, auRegistration());
    await stand.client.attach(reference, proofOfIdentity());

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED', attempts: 1 });

    expect(operations.map((operation) => requests(operation)?.faulted)).toEqual(operations.map(() => 1));
    expect(stand.fake.control.audit().orders).toMatchObject([{ submits: 1, submitAttempts: 1 }]);
    await stand.checkHistory(reference);
  });

  it('that answers slowly is waited for', async () => {
    await open();
    // Longer than a workflow may hold its worker up.
    stand.fake.control.fault({ operation: 'lookupNumberRequirements', effect: 'DELAY', delayMs: 4_000 });
    stand.fake.control.fault({ operation: '*', effect: 'DELAY', delayMs: 500, times: 'ALWAYS' });
    const reference = await stand.start(usLocal);

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'COMPLETED',
      reservations: [{ state: 'COMPLETED' }],
    });
    expect(requests('lookupNumberRequirements')?.count).toBe(2);
    expect(requests('createNumberOrder')?.count).toBe(1);
    await stand.checkHistory(reference);
  });

  it('that no longer accepts our token issues another, once', async () => {
    await open();
    const reference = await stand.start(auMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    stand.fake.control.revokeTokens();

    await expect(stand.client.register(reference, auRegistration())).resolves.toMatchObject({ status: 'ACCEPTED' });
    await stand.client.attach(reference, proofOfIdentity());

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    expect(requests('token')?.count).toBe(2);
    await stand.checkHistory(reference);
  });

  it('that issues no token has not processed a submission, which is retried', async () => {
    const onCall: OnCall = ({ operation }) => {
      if (operation !== 'createNumberOrder') return;
      stand.fake.control.revokeTokens();
      stand.fake.control.fault({ operation: 'token', effect: 'HTML', times: 2 });
    };
    await open({ sinch: { onCall } });
    const reference = await stand.start(usLocal);

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });

    const { notices } = await stand.client.order(reference);
    expect(notices.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        'The submission was not processed (SinchUnavailable); trying again in 1 s',
        'The submission was not processed (SinchUnavailable); trying again in 2 s',
      ]),
    );
    expect(stand.fake.control.audit().orders).toMatchObject([{ submits: 1, submitAttempts: 1 }]);
    await stand.checkHistory(reference);
  });
});

/** Lets every connection through to where `url` listens. */
function leadTo(door: Server, url: string): void {
  const { hostname, port } = new URL(url);
  door.on('connection', (incoming) => {
    const onwards = connect(Number(port), hostname);
    incoming.pipe(onwards).pipe(incoming);
    incoming.on('error', () => onwards.destroy());
    onwards.on('error', () => incoming.destroy());
  });
}
