import { randomUUID } from 'node:crypto';
import { OrderRefusedError } from '../../../src/client';
import { workflowIdOf, type NumberType, type SinchEvent } from '@number-orders/contract';
import { SinchClient } from '../../../src/sinch';
import { gbMobile, usLocal } from '../../support/kyc';
import { standForAll } from '../../support/stands';
import { devServer } from '../../support/temporal';

const HOUR = 3_600_000;
const OLGA = { author: 'Olga', reason: 'seen in the dashboard' };

describe('row 2: an unconfirmed order', () => {
  const stand = standForAll(devServer, { policy: { settleMs: 100 } });
  let sinch: SinchClient;

  /** Each test orders a number of its own. */
  let next = 200;
  const aNumber = () => `+1212555${String(next++).padStart(4, '0')}`;

  beforeAll(async () => {
    const { url: numbersUrl, authUrl, projectId, keyId, keySecret } = stand.fake;
    sinch = new SinchClient({ numbersUrl, authUrl, projectId, keyId, keySecret });
  });

  /** What Sinch has reserved for it is known to nobody but Sinch. */
  async function unconfirmedOrder(phoneNumber = aNumber()) {
    stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'RESET', when: 'AFTER' });
    const reference = await stand.start({ ...usLocal, selection: { phoneNumber } });
    await stand.view(reference, ({ stage }) => stage === 'UNCONFIRMED');
    const lost = stand.fake.control.audit().orders.at(-1)?.idNumberOrder ?? '';
    return { reference, phoneNumber, lost };
  }

  /** An order of somebody else's, or of an operator's, at Sinch. */
  async function orderByHand(phoneNumber: string, numberType: NumberType = 'LOCAL'): Promise<string> {
    const numberOrderOption = { phoneNumbers: [phoneNumber] as [string] };
    const created = await sinch.createNumberOrder({ regionCode: 'US', numberType, numberOrderOption });
    return created.idNumberOrder;
  }

  async function callBack(reference: string, event: Partial<SinchEvent>): Promise<void> {
    await stand.environment.client.workflow.getHandle(workflowIdOf(reference)).signal('sinchEvent', {
      eventId: randomUUID(),
      resourceType: 'NUMBER_ORDER',
      eventType: 'NUMBER_ORDER_PROCESSING',
      status: 'EXPIRED',
      ...event,
    });
  }

  async function boardOf(reference: string): Promise<string> {
    const handle = stand.environment.client.workflow.getHandle(workflowIdOf(reference));
    const { currentDetails } = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
    return currentDetails;
  }

  async function cancel(reference: string) {
    await stand.client.cancel(reference, { reason: 'enough seen' });
    const result = await stand.client.result(reference);
    await stand.checkHistory(reference);
    return result;
  }

  it('continues as soon as an operator names its order at Sinch', async () => {
    const { reference, phoneNumber, lost } = await unconfirmedOrder();

    const answer = await stand.client.adoptOrder(reference, { idNumberOrder: lost, ...OLGA });

    expect(answer).toEqual({ stage: 'AWAITING_KYC', detail: `${lost} is ours` });
    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'COMPLETED',
      sinchOrderId: lost,
      phoneNumbers: [phoneNumber],
      reservations: [{ sinchOrderId: lost, state: 'COMPLETED' }],
    });
    const { notices } = await stand.client.order(reference);
    expect(notices.map(({ message }) => message)).toContain(`Olga adopted ${lost}: seen in the dashboard`);
    await stand.checkHistory(reference);
  });

  describe('refuses to adopt', () => {
    let reference: string;
    let phoneNumber: string;
    let lost: string;

    beforeAll(async () => {
      ({ reference, phoneNumber, lost } = await unconfirmedOrder());
    });
    afterEach(async () => {
      await expect(stand.client.order(reference)).resolves.toMatchObject({ stage: 'UNCONFIRMED', phoneNumbers: [] });
    });
    afterAll(async () => {
      await cancel(reference);
    });
    const refusal = async (idNumberOrder: string): Promise<string> => {
      const adoption = stand.client.adoptOrder(reference, { idNumberOrder, ...OLGA });
      const error: unknown = await adoption.catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(OrderRefusedError);
      return (error as Error).message;
    };

    it('an order Sinch does not know', async () => {
      await expect(refusal(randomUUID())).resolves.toMatch('Sinch knows no such order');
    });

    it('an order of another number', async () => {
      const other = await orderByHand(aNumber());
      await expect(refusal(other)).resolves.toMatch('its numbers are not those of an unconfirmed creation');
    });

    it('an order of another number type', async () => {
      const other = await orderByHand('+18885550001', 'TOLL_FREE');
      await expect(refusal(other)).resolves.toMatch('its number type is TOLL_FREE, not LOCAL');
    });

    it('an order of another region', async () => {
      const numberOrderOption = { phoneNumbers: ['+493023000001'] as [string] };
      const { idNumberOrder } = await sinch.createNumberOrder({
        regionCode: 'DE',
        numberType: 'LOCAL',
        numberOrderOption,
      });
      await expect(refusal(idNumberOrder)).resolves.toMatch('its region is DE, not US');
    });

    it('an order of the same number from another time', async () => {
      const { control } = stand.fake;
      control.freeNumbers(phoneNumber);
      control.setClock(Date.now() - HOUR);
      const earlier = await orderByHand(phoneNumber);
      control.setClock(Date.now());
      await expect(refusal(earlier)).resolves.toMatch('its creation time is not that of ours');
    });

    it('an order that has ended', async () => {
      stand.fake.control.moveOrder(lost, 'REJECTED');
      await expect(refusal(lost)).resolves.toMatch('it is REJECTED');
    });

    it('anything without a name and a reason', async () => {
      const adoption = stand.environment.client.workflow
        .getHandle(workflowIdOf(reference))
        .executeUpdate('adoptOrder', { args: [{ idNumberOrder: lost }] });
      await expect(adoption).rejects.toMatchObject({ cause: { message: expect.stringMatching('author is missing') } });
    });
  });

  it('refuses adoption if it is not unconfirmed', async () => {
    const reference = await stand.start({ ...usLocal, selection: { phoneNumber: aNumber() } });
    await stand.client.result(reference);
    const adoption = stand.client.adoptOrder(reference, { idNumberOrder: randomUUID(), ...OLGA });
    await expect(adoption).rejects.toThrow('has ended');
  });

  describe('that may hold the same reservation as another reference', () => {
    const two = { ...gbMobile, selection: { quantity: { requestedQuantity: 2 } } };

    /** Its Sinch order fits ours in everything, and is known to visibility as its own. */
    async function bothOrders() {
      const other = await stand.start(two);
      const { sinchOrderId: theirs = '' } = await stand.view(other, ({ stage }) => stage === 'AWAITING_KYC');
      stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'RESET', when: 'AFTER' });
      const ours = await stand.start(two);
      await stand.view(ours, ({ stage }) => stage === 'UNCONFIRMED');
      for (const since = Date.now(); !(await isListed(theirs));) {
        if (Date.now() > since + 20_000) throw new Error('Visibility does not list the order');
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      return { other, theirs, ours };
    }

    async function isListed(sinchOrderId: string): Promise<boolean> {
      for await (const order of stand.client.list()) if (order.sinchOrderId === sinchOrderId) return true;
      return false;
    }

    it("does not adopt the other one's, because two orders would fill in and submit one reservation", async () => {
      const { other, theirs, ours } = await bothOrders();

      await expect(stand.client.adoptOrder(ours, { idNumberOrder: theirs, ...OLGA })).rejects.toThrow(
        `is not adopted: it is the order of ${other}`,
      );

      await expect(stand.client.order(ours)).resolves.toMatchObject({ stage: 'UNCONFIRMED', phoneNumbers: [] });
      await cancel(ours);
      await cancel(other);
    });

    it("does not confuse the lapse of the other one's with that of its own", async () => {
      const { other, theirs, ours } = await bothOrders();
      stand.fake.control.moveOrder(theirs, 'EXPIRED');

      await callBack(ours, { resourceId: theirs });

      const noted = `A callback names the Sinch order ${theirs}: noted, not adopted: it is the order of ${other}`;
      await stand.view(ours, ({ notices }) => notices.some(({ message }) => message === noted));
      await expect(stand.client.order(ours)).resolves.toMatchObject({ stage: 'UNCONFIRMED' });
      await cancel(ours);
      await cancel(other);
    });
  });

  it('ends when a callback shows that its reservation has lapsed', async () => {
    const { reference, phoneNumber, lost } = await unconfirmedOrder();
    stand.fake.control.moveOrder(lost, 'EXPIRED');

    await callBack(reference, { resourceId: lost });

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'EXPIRED',
      reservations: [{ sinchOrderId: lost, phoneNumbers: [phoneNumber], state: 'LAPSED' }],
    });
    await stand.checkHistory(reference);
  });

  it('does not rely on a callback: it reads the order, and notes one that is not its own', async () => {
    const { reference } = await unconfirmedOrder();
    const other = await orderByHand(aNumber());
    stand.fake.control.moveOrder(other, 'EXPIRED');

    await callBack(reference, { resourceId: other });
    await callBack(reference, { resourceId: randomUUID() });

    const noted = ({ message }: { message: string }) => message.includes('noted, not adopted');
    const { stage } = await stand.view(reference, ({ notices }) => notices.filter(noted).length === 2);
    expect(stage).toBe('UNCONFIRMED');
    await expect(cancel(reference)).resolves.toMatchObject({ reservations: [{ state: 'POSSIBLY_ORPHANED' }] });
  });

  it.each(['EXPIRED', 'IN_REVIEW', 'A_STATE_OF_TOMORROW'])(
    'offers its operator the lost order, with the command, when Sinch calls back about it: %s',
    async (status) => {
      const { reference, phoneNumber, lost } = await unconfirmedOrder();

      await callBack(reference, { resourceId: lost, status });

      const command = `number-orders adopt ${reference} ${lost} --author NAME --reason TEXT`;
      const offered = `An unconfirmed creation led to the Sinch order ${lost}, which is CREATED. To continue with it: ${command}`;
      await stand.view(reference, ({ notices }) => notices.some(({ message }) => message === offered));
      const board = await boardOf(reference);
      expect(board).toContain(`asked for at`);
      expect(board).toContain(`the Sinch order \`${lost}\``);
      expect(board).toContain(command);
      await stand.client.adoptOrder(reference, { idNumberOrder: lost, ...OLGA });
      await expect(stand.client.result(reference)).resolves.toMatchObject({
        outcome: 'COMPLETED',
        phoneNumbers: [phoneNumber],
        reservations: [{ sinchOrderId: lost, state: 'COMPLETED' }],
      });
      await stand.checkHistory(reference);
    },
  );

  it('names the Sinch order in its result if it is not adopted', async () => {
    const { reference, lost } = await unconfirmedOrder();
    await callBack(reference, { resourceId: lost, status: 'IN_REVIEW' });
    await stand.view(reference, ({ notices }) =>
      notices.some(({ message }) => message.includes('An unconfirmed creation led to')),
    );

    const result = await cancel(reference);

    expect(result).toMatchObject({ reservations: [{ sinchOrderId: lost, state: 'POSSIBLY_ORPHANED' }] });
    expect(result).toMatchObject({ phoneNumbers: [] });
    expect(result.reservations[0]).not.toHaveProperty('creation');
  });

  it('notices the lapse of an orphan of an earlier attempt, and reports it in its result', async () => {
    stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'RESET', when: 'AFTER' });
    const before = stand.fake.control.audit().orders.length;
    const reference = await stand.start({ ...gbMobile, onExpiry: 'renew' });
    const { sinchOrderId = '' } = await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    const lost = stand.fake.control.audit().orders[before]?.idNumberOrder ?? '';
    stand.fake.control.moveOrder(sinchOrderId, 'EXPIRED');
    await callBack(reference, { resourceId: sinchOrderId });
    await stand.view(reference, ({ attempt, stage }) => attempt === 2 && stage === 'AWAITING_KYC');
    stand.fake.control.moveOrder(lost, 'EXPIRED');

    await callBack(reference, { resourceId: lost });

    await stand.view(reference, ({ notices }) => notices.some(({ message }) => message.includes(`${lost}, from`)));
    const { reservations } = await cancel(reference);
    expect(reservations).toMatchObject([
      { sinchOrderId, state: 'LAPSED' },
      { sinchOrderId: lost, state: 'LAPSED' },
      { state: 'LAPSING' },
    ]);
  });

  it('notices it also during another creation, and reads it once that is over', async () => {
    const pattern = aNumber().slice(0, -2);
    const before = stand.fake.control.audit().orders.length;
    stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'RESET', when: 'AFTER' });
    stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'STATUS', status: 429, retryAfter: 3_600 });
    const reference = await stand.start({ ...usLocal, selection: { search: { pattern, searchPattern: 'START' } } });
    await stand.view(reference, ({ notices }) => notices.some(({ message }) => message.includes('trying again')));
    const lost = stand.fake.control.audit().orders[before]?.idNumberOrder ?? '';
    stand.fake.control.moveOrder(lost, 'EXPIRED');

    await callBack(reference, { resourceId: lost });
    const result = await cancel(reference);

    expect(result).toMatchObject({ outcome: 'CANCELLED', phoneNumbers: [] });
    expect(result.reservations).toMatchObject([{ sinchOrderId: lost, state: 'LAPSED' }]);
  });

  it('notices the lapse of an orphan also if another number was reserved in its place', async () => {
    const pattern = aNumber().slice(0, -2);
    stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'RESET', when: 'AFTER' });
    stand.fake.control.fault({ operation: 'submit', effect: 'STATUS', status: 429, retryAfter: 3_600 });
    const reference = await stand.start({ ...usLocal, selection: { search: { pattern, searchPattern: 'START' } } });
    await stand.view(reference, ({ stage }) => stage === 'SUBMITTING');
    const lost = stand.fake.control.audit().orders.at(-2)?.idNumberOrder ?? '';
    stand.fake.control.moveOrder(lost, 'EXPIRED');

    await callBack(reference, { resourceId: lost });

    await stand.view(reference, ({ notices }) => notices.some(({ message }) => message.includes('has lapsed')));
    const { reservations } = await cancel(reference);
    expect(reservations).toMatchObject([{ sinchOrderId: lost, state: 'LAPSED' }, { state: 'LAPSING' }]);
  });
});
