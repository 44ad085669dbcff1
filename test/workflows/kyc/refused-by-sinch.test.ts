import type { Fault } from '../../../fake-sinch';
import type { Notification } from '../../../src/activities';
import { NumberOrderFailedError } from '../../../src/client';
import type { OrderView } from '@number-orders/contract';
import { auMobile, auRegistration, gbMobile, gbRegistration, proofOfIdentity, usLocal } from '../../support/kyc';
import { sinchOrderOf } from '../../support/sinch-orders';
import { standToOpen } from '../../support/stands';
import { devServer } from '../../support/temporal';

/** Stands for KYC that Sinch echoes. */
const CANARY = 'Alex-Example-CANARY';
const OLGA = { author: 'Olga', reason: 'the account is in order again' };

type Refusal = Partial<Fault> & { status: number };

/** An error in Sinch's shape. */
const refusal = (status: number, message: string, fieldViolations: Record<string, string>[] = []): Refusal => {
  const details = fieldViolations.length > 0 ? [{ type: 'BadRequest', fieldViolations }] : [];
  return {
    effect: 'ANSWER',
    status,
    body: { error: { code: status, message, status: 'FAILED_PRECONDITION', details } },
  };
};

const SAID = `No, said of ${CANARY}`;
/** Some answers that no documentation of Sinch's has; test/activities/typed-failures.test.ts has them all. */
const REFUSALS: [string, Refusal, string | undefined][] = [
  ['402 in JSON', refusal(402, SAID), SAID],
  ['410 in JSON', refusal(410, SAID), SAID],
  ['422 in JSON', refusal(422, SAID), SAID],
  ['400 on a page of a proxy', { effect: 'HTML', status: 400 }, undefined],
];

describe('a call that Sinch refuses, with any error,', () => {
  const told: Notification[] = [];
  const notifier = { notify: async (notification: Notification) => void told.push(notification) };
  const { stand, open: openWith } = standToOpen(devServer);

  const open = (settleMs = 300) => openWith({ policy: { settleMs }, ports: { notifier } });
  const requests = (operation: Fault['operation'] & keyof ReturnType<typeof audited>) =>
    audited()[operation]?.count ?? 0;
  const audited = () => stand.fake.control.audit().requests;
  const always = (operation: Fault['operation'], fault: Partial<Fault>) =>
    stand.fake.control.fault({ operation, effect: 'STATUS', times: 'ALWAYS', ...fault });
  const says =
    (...words: string[]) =>
    ({ notices }: OrderView) =>
      notices.some(({ message }) => words.every((word) => message.includes(word)));
  const typesTold = (reference: string) => told.filter((each) => each.reference === reference).map(({ type }) => type);
  const toldOf = (reference: string) => JSON.stringify(told.filter((each) => each.reference === reference));

  it.each(REFUSALS)(
    'for a submission is made once, reported, and made again when KYC is corrected: %s',
    async (_how, fault, said) => {
      await open();
      always('submit', fault);
      const reference = await stand.start({
        ...gbMobile,
        registration: gbRegistration,
        notificationUrl: 'https://example.com/told',
      });

      const view = await stand.view(reference, says('Sinch refused the submission', `Sinch answered ${fault.status}`));
      expect(view.stage).toBe('AWAITING_KYC');
      expect(requests('submit')).toBe(1);
      const words = said === undefined ? [] : [{ field: 'submission', description: said }];
      expect(view.violations).toEqual(words);
      await stand.view(reference, () => typesTold(reference).includes('order.kyc_refused'));
      expect(JSON.stringify(view.notices) + toldOf(reference)).not.toContain(CANARY);

      stand.fake.control.clearFaults();
      await stand.client.register(reference, gbRegistration);
      await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
      expect(requests('submit')).toBe(2);
      await expect(sinchOrderOf(stand, reference)).resolves.toMatchObject({ submits: 1 });
      expect((await stand.client.order(reference)).violations).toEqual([]);
      await stand.checkHistory(reference);
    },
  );

  it('is reported to the sender field by field if Sinch names fields', async () => {
    await open();
    const fieldViolations = [{ field: 'data[0].useCase', description: `no use of ${CANARY}` }];
    always('submit', refusal(422, 'Unprocessable', fieldViolations));
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration });

    const view = await stand.view(reference, says('Sinch refused the submission'));

    expect(view.violations).toMatchObject(fieldViolations);
    await stand.client.cancel(reference, { reason: 'enough seen' });
    await stand.client.result(reference);
    await stand.checkHistory(reference);
  });

  it('for a submission is made again when an operator asks for it', async () => {
    await open();
    always('submit', refusal(402, 'No credit'));
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration });
    await stand.view(reference, says('Sinch refused the submission'));
    stand.fake.control.clearFaults();

    await stand.client.reread(reference, OLGA);

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  });

  it.each(REFUSALS)(
    "for a creation is made once, and the caller gets Sinch's message: %s",
    async (_how, fault, said) => {
      await open();
      always('createNumberOrder', fault);
      const reference = await stand.start(usLocal);

      const error: unknown = await stand.client.result(reference).catch((reason: unknown) => reason);

      expect(error).toBeInstanceOf(NumberOrderFailedError);
      const { message, type, violations } = error as NumberOrderFailedError;
      expect(type).toBe('SinchInvalidArgument');
      expect(violations).toEqual(said === undefined ? [] : [{ field: 'order', description: said }]);
      expect(message).toContain(`Sinch answered ${fault.status}`);
      expect(message).not.toContain(CANARY);
      expect(requests('createNumberOrder')).toBe(1);
      await stand.checkHistory(reference);
    },
  );

  it("for a renewal ends the order, and operators can read Sinch's message", async () => {
    await open();
    const reference = await stand.start({ ...gbMobile, onExpiry: 'renew' });
    const { sinchOrderId } = await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    always('createNumberOrder', refusal(402, SAID));
    stand.fake.control.moveOrder(sinchOrderId!, 'EXPIRED');
    await stand.client.reread(reference, OLGA);

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'UNAVAILABLE', attempts: 2 });

    expect(requests('createNumberOrder')).toBe(2);
    const view = await stand.client.order(reference);
    expect(view.violations).toEqual([{ field: 'order', description: SAID }]);
    expect(says('Sinch answered 402')(view)).toBe(true);
    expect(JSON.stringify(view.notices)).not.toContain(CANARY);
    await stand.checkHistory(reference);
  });

  it.each(REFUSALS)(
    'for a registration is reported to its sender, who can send another: %s',
    async (_how, fault, said) => {
      await open();
      always('updateRegistration', fault);
      const reference = await stand.start(gbMobile);
      await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');

      const answer = await stand.client.register(reference, gbRegistration);

      expect(answer.status).toBe('REFUSED');
      const words = said === undefined ? [] : [{ field: 'registration', description: said }];
      expect(answer.violations).toEqual(words);
      expect(requests('updateRegistration')).toBe(1);
      stand.fake.control.clearFaults();
      await expect(stand.client.register(reference, gbRegistration)).resolves.toMatchObject({ status: 'ACCEPTED' });
      await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
      await stand.checkHistory(reference);
    },
  );

  it.each(REFUSALS)('for a document is reported to its sender, who can send another: %s', async (_how, fault, said) => {
    await open();
    always('uploadAttachment', fault);
    const reference = await stand.start({ ...auMobile, registration: auRegistration() });
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');

    const answer = await stand.client.attach(reference, proofOfIdentity());

    expect(answer).toMatchObject({
      status: 'REFUSED',
      reason: said ?? 'the document was refused (SinchInvalidArgument)',
    });
    expect(requests('uploadAttachment')).toBe(1);
    stand.fake.control.clearFaults();
    await expect(stand.client.attach(reference, proofOfIdentity())).resolves.toMatchObject({ status: 'ACCEPTED' });
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  });

  it('is not confused with a proxy that does not find Sinch: the registration is sent when it does', async () => {
    await open();
    stand.fake.control.fault({ operation: 'updateRegistration', effect: 'HTML', status: 404, times: 2 });
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    expect(requests('updateRegistration')).toBe(3);
    await stand.checkHistory(reference);
  });
});

describe('a Sinch that fails for a long time', () => {
  const { stand, open } = standToOpen(devServer);
  const submits = () => stand.fake.control.audit().requests.submit?.count ?? 0;
  const always = (operation: Fault['operation'], status: number) =>
    stand.fake.control.fault({ operation, effect: 'STATUS', status, times: 'ALWAYS' });
  const inVain = ({ notices }: OrderView) =>
    notices.filter(({ message }) => message.startsWith('Sinch has not accepted'));

  it.each([500, 409])('does not get a submission at every settle time, and operators see it: %d', async (status) => {
    await open({ policy: { settleMs: 500 } });
    always('submit', status);
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration });

    const view = await stand.view(reference, (each) => inVain(each).length === 4);

    expect(inVain(view).map(({ message }) => message)).toEqual([
      'Sinch has not accepted 2 submissions; trying again in 1 s',
      'Sinch has not accepted 3 submissions; trying again in 1 s',
      'Sinch has not accepted 4 submissions; trying again in 2 s',
      'Sinch has not accepted 5 submissions; trying again in 4 s',
    ]);
    expect(submits()).toBe(5);
    stand.fake.control.clearFaults();
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await expect(sinchOrderOf(stand, reference)).resolves.toMatchObject({ submits: 1 });
    await stand.checkHistory(reference);
  });

  it('gets the submission at once when an operator says that it works again', async () => {
    await open({ policy: { settleMs: 1_000 } });
    always('submit', 500);
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration });
    await stand.view(reference, (each) => inVain(each).length === 2);
    stand.fake.control.clearFaults();
    const before = submits();

    await stand.client.reread(reference, OLGA);

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    expect(submits() - before).toBe(1);
    await stand.checkHistory(reference);
  });

  it('does not get a submission after every read, if only the submission is answered 404', async () => {
    await open({ policy: { settleMs: 60_000 } });
    always('submit', 404);
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration });

    const view = await stand.view(reference, (each) => each.stage === 'AWAITING_KYC' && inVain(each).length === 1);

    expect(inVain(view)[0]?.message).toBe('Sinch has not accepted 2 submissions; trying again in 60 s');
    expect(submits()).toBe(2);
    stand.fake.control.clearFaults();
    await stand.client.reread(reference, OLGA);
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  });

  it('does not get one creation after the other', async () => {
    await open({ policy: { settleMs: 700 } });
    always('createNumberOrder', 500);
    const reference = await stand.start(usLocal);

    await stand.view(reference, ({ stage }) => stage === 'UNCONFIRMED');

    const [{ events = [] } = {}] = await stand.runs(reference);
    const waits = (events ?? []).map((event) => event.timerStartedEventAttributes?.startToFireTimeout);
    const waited = waits.flatMap((wait) => (wait ? [Number(wait.seconds) * 1_000 + (wait.nanos ?? 0) / 1e6] : []));
    // The first looks after calls that Temporal has lost; the last is until whatever was reserved must have lapsed.
    expect(waited.slice(1, -1)).toEqual([700, 1_400]);
    expect(stand.fake.control.audit().requests.createNumberOrder?.count).toBe(3);
    await stand.client.cancel(reference, { reason: 'enough seen' });
    await stand.client.result(reference);
    await stand.checkHistory(reference);
  });
});
