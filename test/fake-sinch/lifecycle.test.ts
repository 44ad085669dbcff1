import { PROOF_OF_IDENTITY } from '../support/kyc';
import { auRegistration, type Caller, startStill, violatedFields } from './support';

let sinch: Caller;

beforeEach(async () => {
  sinch = await startStill();
});
afterEach(() => sinch.fake.close());

/** An AU order with everything it asks for, not submitted yet. */
async function readyOrder(intendedUse?: string): Promise<string> {
  const id = await sinch.reserve('AU', 'MOBILE');
  await sinch.register(id, auRegistration(intendedUse));
  await sinch.upload(id, PROOF_OF_IDENTITY);
  sinch.fake.control.advance(1_000);
  return id;
}

async function submittedOrder(intendedUse?: string): Promise<string> {
  const id = await readyOrder(intendedUse);
  await sinch.submit(id);
  return id;
}

async function logOf(id: string): Promise<string[]> {
  const { body } = await sinch.registration(id);
  return (body as { logs: { message: string }[] }).logs.map(({ message }) => message);
}

describe('an order that succeeds', () => {
  test('is reserved, registered, submitted, reviewed and completed', async () => {
    const id = await readyOrder();
    expect(await sinch.state(id)).toBe('CREATED');
    expect(await sinch.submit(id)).toMatchObject({ status: 200, body: { state: 'IN_REVIEW' } });
    sinch.fake.control.advance(3_000);
    expect(await sinch.state(id)).toBe('COMPLETED');
    expect(await logOf(id)).toEqual(['The registration was approved.']);
  });

  test('needs no registration if its region has no requirements', async () => {
    const id = await sinch.reserve('US', 'LOCAL');
    expect(await sinch.submit(id)).toMatchObject({ status: 200, body: { state: 'IN_REVIEW' } });
  });

  test('completes by itself on a running clock', async () => {
    sinch.fake.control.configure({ reviewSeconds: 0.01 });
    const id = await sinch.reserve('US', 'LOCAL');
    await sinch.submit(id);
    sinch.fake.control.resumeClock();
    while ((await sinch.state(id)) === 'IN_REVIEW');
    expect(await sinch.state(id)).toBe('COMPLETED');
  });
});

describe('a submit', () => {
  test('is refused while the registration and a mandatory document are missing', async () => {
    const reply = await sinch.submit(await sinch.reserve('AU', 'MOBILE'));
    expect(reply.status).toBe(400);
    expect(violatedFields(reply)).toEqual(['registration', `attachments.${PROOF_OF_IDENTITY}`]);
  });

  test('is refused while a mandatory upload is still WAITING', async () => {
    const id = await sinch.reserve('AU', 'MOBILE');
    await sinch.register(id, auRegistration());
    await sinch.upload(id, PROOF_OF_IDENTITY);
    expect(violatedFields(await sinch.submit(id))).toEqual([`attachments.${PROOF_OF_IDENTITY}`]);
  });

  test('is refused a second time', async () => {
    const id = await submittedOrder();
    expect((await sinch.submit(id)).status).toBe(400);
    expect(sinch.fake.control.audit().orders[0]).toMatchObject({ submits: 1, submitAttempts: 2 });
  });

  test('is accepted a second time, without effect, if the setting says so', async () => {
    sinch.fake.control.configure({ tolerateResubmit: true });
    const id = await submittedOrder();
    expect((await sinch.submit(id)).status).toBe(200);
    expect(sinch.fake.control.audit().orders[0]).toMatchObject({ submits: 1, submitAttempts: 2 });
  });
});

describe('the reviewers', () => {
  test('reject a registration with REVIEW-REJECT, and free the number', async () => {
    const id = await submittedOrder('REVIEW-REJECT our use');
    sinch.fake.control.advance(3_000);
    expect(await sinch.state(id)).toBe('REJECTED');
    expect(await logOf(id)).toHaveLength(1);
    const [order] = sinch.fake.control.audit().orders;
    expect(sinch.fake.control.availableNumbers('AU', 'MOBILE')).toContain(order?.phoneNumbers[0]);
  });

  test('block a registration with REVIEW-BLOCK until it is corrected, then review again', async () => {
    const id = await submittedOrder('REVIEW-BLOCK our use');
    sinch.fake.control.advance(3_000);
    expect(await sinch.state(id)).toBe('BLOCKED');
    expect((await sinch.submit(id)).status).toBe(400);
    await sinch.register(id, auRegistration('A use that is in order'));
    expect(await sinch.state(id)).toBe('IN_REVIEW');
    sinch.fake.control.advance(3_000);
    expect(await sinch.state(id)).toBe('COMPLETED');
  });

  test('accept a replaced document as the correction once it is uploaded', async () => {
    const id = await readyOrder();
    sinch.fake.control.planOrder(id, { review: ['BLOCK', 'APPROVE'], message: 'The passport cannot be read' });
    await sinch.submit(id);
    sinch.fake.control.advance(3_000);
    expect(await logOf(id)).toEqual(['The passport cannot be read']);
    await sinch.upload(id, PROOF_OF_IDENTITY, { fileName: 'better.pdf' });
    expect(await sinch.state(id)).toBe('BLOCKED');
    sinch.fake.control.advance(1_000);
    expect(await sinch.state(id)).toBe('IN_REVIEW');
    sinch.fake.control.advance(3_000);
    expect(await sinch.state(id)).toBe('COMPLETED');
  });

  test('ask in the log while the order is IN_REVIEW, and continue once they are answered', async () => {
    const id = await submittedOrder('REVIEW-ASK our use');
    sinch.fake.control.advance(3_000);
    expect(await sinch.state(id)).toBe('IN_REVIEW');
    expect(await logOf(id)).toEqual(['Please give a local contact number.']);
    expect((await sinch.register(id, auRegistration())).status).toBe(200);
    expect(await sinch.state(id)).toBe('IN_REVIEW');
    sinch.fake.control.advance(3_000);
    expect(await sinch.state(id)).toBe('COMPLETED');
  });

  test.each(['ASK', 'BLOCK'] as const)('reject a day after they %s, if no answer comes', async (verdict) => {
    sinch.fake.control.planNextOrder({ review: [verdict], message: 'A local number, please' });
    const id = await submittedOrder();
    sinch.fake.control.advance(3_000 + 24 * 3600 * 1000 - 1);
    expect(await sinch.state(id)).toBe(verdict === 'ASK' ? 'IN_REVIEW' : 'BLOCKED');
    sinch.fake.control.advance(1);
    expect(await sinch.state(id)).toBe('REJECTED');
    expect(await logOf(id)).toEqual(['A local number, please', 'No update came: the request cannot go on.']);
  });

  test('give up with the state and after the time of the settings', async () => {
    sinch.fake.control.configure({ patienceSeconds: 60, giveUpState: 'EXPIRED' });
    const id = await submittedOrder('REVIEW-BLOCK');
    sinch.fake.control.advance(63_000);
    expect(await sinch.state(id)).toBe('EXPIRED');
  });

  test('wait for the full time again after each answer', async () => {
    const id = await submittedOrder('REVIEW-ASK');
    sinch.fake.control.advance(23 * 3600 * 1000);
    await sinch.register(id, auRegistration('REVIEW-ASK again'));
    sinch.fake.control.advance(23 * 3600 * 1000);
    expect(await sinch.state(id)).toBe('IN_REVIEW');
  });

  test('approve a registration with REVIEW-BLOCK-THEN-APPROVE by themselves', async () => {
    const id = await submittedOrder('REVIEW-BLOCK-THEN-APPROVE');
    sinch.fake.control.advance(3_000);
    expect(await sinch.state(id)).toBe('BLOCKED');
    sinch.fake.control.advance(3_000);
    expect(await sinch.state(id)).toBe('COMPLETED');
  });

  test('never decide about a registration with REVIEW-STUCK', async () => {
    const id = await submittedOrder('REVIEW-STUCK');
    sinch.fake.control.advance(60 * 24 * 3600 * 1000);
    expect(await sinch.state(id)).toBe('IN_REVIEW');
  });

  test('follow the plan for the next order', async () => {
    sinch.fake.control.planNextOrder({ review: ['REJECT'] });
    const [planned, other] = [await sinch.reserve('US', 'LOCAL'), await sinch.reserve('US', 'LOCAL')];
    await sinch.submit(planned);
    await sinch.submit(other);
    sinch.fake.control.advance(3_000);
    expect([await sinch.state(planned), await sinch.state(other)]).toEqual(['REJECTED', 'COMPLETED']);
  });

  test('accept no corrections in review, or when blocked, if the setting says so', async () => {
    const id = await submittedOrder('REVIEW-BLOCK');
    expect((await sinch.register(id, auRegistration())).status).toBe(400);
    expect((await sinch.upload(id, PROOF_OF_IDENTITY)).status).toBe(400);
    sinch.fake.control.configure({ correctWhenBlocked: false });
    sinch.fake.control.advance(3_000);
    expect((await sinch.register(id, auRegistration())).status).toBe(400);
  });
});

describe('a reservation', () => {
  test('ends at expireTime and frees its number', async () => {
    const [phoneNumber] = sinch.fake.control.availableNumbers('AU', 'MOBILE');
    const id = await sinch.reserve('AU', 'MOBILE');
    expect(sinch.fake.control.availableNumbers('AU', 'MOBILE')).not.toContain(phoneNumber);
    const { body } = await sinch.order(id);
    const { expireTime, createTime } = body as { expireTime: string; createTime: string };
    expect(Date.parse(expireTime) - Date.parse(createTime)).toBe(48 * 3600 * 1000);
    sinch.fake.control.setClock(Date.parse(expireTime) - 1);
    expect(await sinch.state(id)).toBe('CREATED');
    sinch.fake.control.setClock(expireTime);
    expect(await sinch.state(id)).toBe('EXPIRED');
    expect(sinch.fake.control.availableNumbers('AU', 'MOBILE')).toContain(phoneNumber);
  });

  test('accepts nothing more once it has ended', async () => {
    const id = await readyOrder();
    sinch.fake.control.moveOrder(id, 'EXPIRED');
    expect((await sinch.submit(id)).status).toBe(400);
    expect((await sinch.register(id, auRegistration())).status).toBe(400);
    expect((await sinch.upload(id, PROOF_OF_IDENTITY)).status).toBe(400);
  });

  test('no longer ends by time once it was submitted, unless the setting says so', async () => {
    const kept = await submittedOrder('REVIEW-STUCK');
    sinch.fake.control.advance(49 * 3600 * 1000);
    expect(await sinch.state(kept)).toBe('IN_REVIEW');
    sinch.fake.control.configure({ expireInReview: true });
    const lost = await submittedOrder('REVIEW-STUCK');
    sinch.fake.control.advance(49 * 3600 * 1000);
    expect(await sinch.state(lost)).toBe('EXPIRED');
  });

  test('can have any length, hide its end, and be lost', async () => {
    sinch.fake.control.planNextOrder({ reservationSeconds: 1800 });
    sinch.fake.control.configure({ hideExpireTime: true });
    const id = await sinch.reserve('AU', 'MOBILE');
    expect(await sinch.order(id)).toMatchObject({ body: { expireTime: null } });
    sinch.fake.control.vanishOrder(id);
    expect((await sinch.order(id)).status).toBe(404);
    sinch.fake.control.vanishOrder(id, false);
    sinch.fake.control.advance(1800 * 1000);
    expect(await sinch.state(id)).toBe('EXPIRED');
  });
});
