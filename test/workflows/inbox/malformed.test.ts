import { randomUUID } from 'node:crypto';
import { type WorkflowHandle, WorkflowUpdateFailedError } from '@temporalio/client';
import { encode } from '@temporalio/common/lib/encoding';
import { temporal } from '@temporalio/proto';
import { type NumberOrderFailedError } from '../../../src/client';
import { SIGNAL, UPDATE, WORKFLOW_TYPE, workflowIdOf } from '@number-orders/contract';
import { PROOF_OF_IDENTITY, auMobile, auRegistration, gbMobile, gbRegistration, usLocal } from '../../support/kyc';
import { standForAll } from '../../support/stands';
import { devServer } from '../../support/temporal';

const { UpdateWorkflowExecutionLifecycleStage } = temporal.api.enums.v1;

describe('an order that gets malformed messages or requests', () => {
  const stand = standForAll(devServer);

  const handleOf = (reference: string) => stand.environment.client.workflow.getHandle(workflowIdOf(reference));

  const waitingOrder = async () => {
    const reference = await stand.start(gbMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    return reference;
  };

  /** The order still lives: it takes the right registration and ends as it should. */
  const expectItGoesOn = async (reference: string) => {
    await expect(stand.client.register(reference, gbRegistration)).resolves.toMatchObject({ status: 'ACCEPTED' });
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  };

  const noticesOf = async (reference: string, count: number) => {
    const { notices } = await stand.view(reference, (view) => view.notices.length >= count);
    return notices.map(({ message }) => message);
  };

  it('notes a malformed signal, naming the field and never the value, and continues', async () => {
    const reference = await waitingOrder();
    const handle = handleOf(reference);

    await handle.signal(SIGNAL.registration, { dta: 'a secret' });
    await handle.signal(SIGNAL.attachment, { attachmentId: PROOF_OF_IDENTITY, key: 'another-order/a-secret' });
    await handle.signal(SIGNAL.cancel, { why: 'a secret' });
    await handle.signal(SIGNAL.sinchEvent, 'a secret');

    const notices = await noticesOf(reference, 4);
    expect(notices).toEqual([
      expect.stringMatching(/^Signal registration ignored: argument must have exactly one of data, requestDetails/),
      expect.stringMatching(/^Signal attachment ignored: key must be <reference>\/<sha256>/),
      expect.stringMatching(/^Signal cancel ignored: reason is missing/),
      expect.stringMatching(/^Signal sinchEvent ignored: argument must be an object/),
    ]);
    expect(notices.join()).not.toContain('secret');
    await expectItGoesOn(reference);
  });

  it('notes a signal that came without its argument, and continues', async () => {
    const reference = await waitingOrder();

    for (const name of Object.values(SIGNAL)) await handleOf(reference).signal(name);

    const notices = await noticesOf(reference, 4);
    for (const name of Object.values(SIGNAL)) expect(notices.join()).toContain(`Signal ${name} ignored`);
    await expectItGoesOn(reference);
  });

  it('notes an unknown signal, and continues', async () => {
    const reference = await waitingOrder();

    await handleOf(reference).signal('registraton', { data: [] });

    await expect(noticesOf(reference, 1)).resolves.toEqual(['Signal registraton ignored: there is no such signal']);
    await expectItGoesOn(reference);
  });

  it('notes signals with names that Temporal reserves, and continues', async () => {
    const reference = await waitingOrder();

    for (const name of ['__temporal_anything', '__stack_trace']) await handleOf(reference).signal(name, 'a secret');

    const notices = await noticesOf(reference, 2);
    expect(notices).toEqual([
      'Signal (reserved) __temporal_anything ignored: there is no such signal',
      'Signal __stack_trace ignored: there is no such signal',
    ]);
    await expect(handleOf(reference).executeUpdate('__temporal_anything')).rejects.toThrow(WorkflowUpdateFailedError);
    await expect(handleOf(reference).query('__temporal_anything')).rejects.toThrow();
    await expectItGoesOn(reference);
  });

  it('notes payloads that cannot be decoded, and continues', async () => {
    const reference = await waitingOrder();
    const unknown = { metadata: { encoding: encode('binary/some-other-key') }, data: encode('a secret') };
    const broken = { metadata: { encoding: encode('json/plain') }, data: encode('{"data": a secret') };

    for (const [name, payload] of [
      [SIGNAL.registration, unknown],
      [SIGNAL.attachment, broken],
      [SIGNAL.cancel, unknown],
      ['no-such-signal', broken],
    ] as const) {
      await stand.environment.connection.workflowService.signalWorkflowExecution({
        namespace: stand.environment.namespace ?? 'default',
        workflowExecution: { workflowId: workflowIdOf(reference) },
        signalName: name,
        input: { payloads: [payload] },
      });
    }

    const notices = await noticesOf(reference, 4);
    expect(notices.every((message) => message.startsWith('Signal '))).toBe(true);
    expect(notices.join()).not.toContain('secret');
    await expectItGoesOn(reference);
  });

  it('refuses a malformed update, which leaves no event in history', async () => {
    const reference = await waitingOrder();
    const handle: WorkflowHandle = handleOf(reference);
    const before = (await handle.fetchHistory()).events?.length;

    const operator = { author: 'an operator', reason: 'a test' };
    for (const [name, argument, problem] of [
      [UPDATE.submitRegistration, { data: '' }, 'data must not be empty'],
      [UPDATE.submitAttachment, {}, 'attachmentId is missing'],
      [UPDATE.reread, { author: 'an operator' }, 'reason is missing'],
      [UPDATE.waiveRequirement, operator, 'attachmentId is missing'],
      [UPDATE.extendCorrectionWindow, { ...operator, until: '2099-99-99T99:99:99Z' }, 'until must be'],
      [UPDATE.extendCorrectionWindow, { ...operator, until: '2100-01-01T00:00:00Z' }, 'no corrected KYC is awaited'],
      [UPDATE.adoptOrder, { ...operator, idNumberOrder: 'some-id' }, 'only an UNCONFIRMED order adopts'],
      [UPDATE.erase, operator, 'force: true'],
    ] as const) {
      const refusal: unknown = await handle.executeUpdate(name, { args: [argument] }).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(WorkflowUpdateFailedError);
      expect((refusal as WorkflowUpdateFailedError).cause?.message).toContain(problem);
    }
    await expect(handle.executeUpdate('noSuchUpdate')).rejects.toThrow(WorkflowUpdateFailedError);

    expect((await handle.fetchHistory()).events).toHaveLength(before!);
    await expectItGoesOn(reference);
  });

  it('refuses an update whose payload cannot be decoded', async () => {
    const reference = await waitingOrder();

    const { outcome } = await stand.environment.connection.workflowService.updateWorkflowExecution({
      namespace: stand.environment.namespace ?? 'default',
      workflowExecution: { workflowId: workflowIdOf(reference) },
      waitPolicy: {
        lifecycleStage: UpdateWorkflowExecutionLifecycleStage.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_COMPLETED,
      },
      request: {
        meta: { updateId: randomUUID(), identity: 'a test' },
        input: {
          name: UPDATE.submitRegistration,
          args: { payloads: [{ metadata: { encoding: encode('binary/some-other-key') }, data: encode('?') }] },
        },
      },
    });

    expect(outcome?.failure?.message).toContain('could not be decoded');
    await expectItGoesOn(reference);
  });

  it('accepts a cancel and KYC from a sender that writes null for omitted fields', async () => {
    const reference = `test-${randomUUID()}`;
    const nulls = { smsConfiguration: null, voiceConfiguration: null, notificationUrl: null, attachments: null };
    const selection = { phoneNumber: null, search: { capabilities: ['SMS'], pattern: null }, quantity: null };
    await startRaw(workflowIdOf(reference), { reference, ...auMobile, ...nulls, selection });
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    const handle = handleOf(reference);

    await handle.signal(SIGNAL.registration, { ...auRegistration(), requestDetails: null });
    await stand.view(reference, ({ outstanding }) => !outstanding.registration);
    await handle.signal(SIGNAL.cancel, { author: null, reason: 'no longer wanted' });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'CANCELLED' });
    await stand.checkHistory(reference);
  });

  it('shows on the board that a signal was ignored, even if its name is unknown', async () => {
    const reference = await waitingOrder();
    const handle = handleOf(reference);
    await handle.signal(SIGNAL.cancel, { author: 'an operator' });
    await handle.signal('registraton', {});
    await noticesOf(reference, 2);

    const { currentDetails } = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
    expect(currentDetails).toMatch(/Signals ignored: 2.*`registraton`, `UNKNOWN`/);
    await expectItGoesOn(reference);
  });

  const startRaw = async (workflowId: string, ...args: unknown[]) =>
    stand.environment.client.workflow.start(WORKFLOW_TYPE, { workflowId, taskQueue: stand.taskQueue, args });

  it.each([
    ['a region in small letters', { regionCode: 'au' }, ['regionCode']],
    ['two ways to select', { selection: { search: {}, phoneNumber: '+61480000001' } }, ['selection']],
    ['a misspelt option', { onExpire: 'renew' }, ['onExpire']],
    ['several mistakes', { numberType: 'FIXED', maxRenewals: -1 }, ['numberType', 'maxRenewals']],
    ["another order's document", { attachments: [{ attachmentId: 'a', key: 'x' }] }, ['attachments[0].key']],
    ['an endless correction window', { correctionWindow: '999999 weeks' }, ['correctionWindow']],
  ])('fails for a request with %s as InvalidRequest, naming the fields', async (_what, mistake, fields) => {
    const reference = `test-${randomUUID()}`;
    await startRaw(workflowIdOf(reference), { reference, ...auMobile, ...mistake });

    const failure = (await stand.client.result(reference).catch((error: unknown) => error)) as NumberOrderFailedError;

    expect(failure.type).toBe('InvalidRequest');
    expect(failure.violations.map(({ field }) => field)).toEqual(expect.arrayContaining(fields));
    for (const field of fields) expect(failure.message).toContain(field);
    const { currentDetails } = await handleOf(reference).query<{ currentDetails: string }>(
      '__temporal_workflow_metadata',
    );
    expect(currentDetails).toMatch(/^### Failed: InvalidRequest\n\nstage /);
    await stand.checkHistory(reference);
  });

  it.each([
    [
      'twenty thousand mistakes',
      Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`x${index}`, 1])),
      20,
    ],
    ['a mistake of a megabyte', { ['x'.repeat(1_000_000)]: 1 }, 1],
  ])('fails for a request with %s as InvalidRequest, listing as many fields as fit', async (_what, mistakes, told) => {
    const reference = `test-${randomUUID()}`;
    await startRaw(workflowIdOf(reference), { reference, ...auMobile, ...mistakes });

    const failure = (await stand.client.result(reference).catch((error: unknown) => error)) as NumberOrderFailedError;

    expect(failure).toMatchObject({ type: 'InvalidRequest', message: expect.stringContaining('is unknown') });
    expect(failure.violations).toHaveLength(told);
    await stand.checkHistory(reference);
  });

  it('fails if its request cannot be read', async () => {
    for (const args of [[], [null], ['order'], [[]]]) {
      const reference = `test-${randomUUID()}`;
      await startRaw(workflowIdOf(reference), ...args);
      await expect(stand.client.result(reference)).rejects.toMatchObject({ type: 'InvalidRequest' });
      await stand.checkHistory(reference);
    }
  });

  it('fails if its workflow id does not fit its reference', async () => {
    const reference = `test-${randomUUID()}`;
    const other = `test-${randomUUID()}`;
    await startRaw(workflowIdOf(other), { reference, ...usLocal });

    await expect(stand.client.result(other)).rejects.toMatchObject({
      type: 'InvalidRequest',
      violations: [{ field: 'reference', description: expect.stringContaining('workflow id') }],
    });
    await stand.checkHistory(other);
  });

  it('ignores further arguments beside the request', async () => {
    const reference = `test-${randomUUID()}`;
    await startRaw(workflowIdOf(reference), { reference, ...usLocal }, { stage: 'COMPLETED' });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED', missing: [] });
    await stand.checkHistory(reference);
  });

  it('keeps what was sent before the malformed message', async () => {
    const reference = await stand.start(auMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    await stand.client.register(reference, auRegistration());
    await handleOf(reference).signal(SIGNAL.registration, { data: null });

    const { outstanding } = await stand.view(reference, ({ notices }) => notices.length > 0);

    expect(outstanding).toEqual({ registration: false, attachments: [PROOF_OF_IDENTITY] });
    await stand.client.cancel(reference, { reason: 'enough seen' });
    await stand.client.result(reference);
    await stand.checkHistory(reference);
  });
});
