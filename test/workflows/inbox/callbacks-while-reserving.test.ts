import { setTimeout as pause } from 'node:timers/promises';
import { SIGNAL, workflowIdOf, type SinchEvent } from '@number-orders/contract';
import { SinchClient } from '../../../src/sinch';
import { usLocal } from '../../support/kyc';
import { standForAll } from '../../support/stands';
import { devServer } from '../../support/temporal';

/** As the model found it, of seed 1005. */
describe('row 2: a callback about a reservation whose creation is still being answered', () => {
  const stand = standForAll(devServer, { fake: { reservationSeconds: 1 } });
  afterAll(() => {
    jest.restoreAllMocks();
  });

  it('is not taken for one about an earlier creation whose answer is lost', async () => {
    const { control } = stand.fake;
    const createNumberOrder = Reflect.get<SinchClient, 'createNumberOrder'>(SinchClient.prototype, 'createNumberOrder');
    jest.spyOn(SinchClient.prototype, 'createNumberOrder').mockImplementation(async function (
      this: SinchClient,
      request,
    ) {
      const created = await createNumberOrder.call(this, request);
      await pause(3_000);
      return created;
    });
    control.fault({ operation: 'createNumberOrder', effect: 'RESET', when: 'AFTER' });
    const reference = await stand.start({ ...usLocal, selection: { quantity: {} } });
    while (control.audit().orders.length < 2) await pause(50);
    const [lost, answered] = control.audit().orders;
    while (control.audit().orders[1]?.state !== 'EXPIRED') await pause(50);

    const event: SinchEvent = {
      eventId: 'one',
      eventType: 'NUMBER_ORDER_PROCESSING',
      resourceType: 'NUMBER_ORDER',
      resourceId: answered!.idNumberOrder,
      status: 'EXPIRED',
    };
    await stand.environment.client.workflow.getHandle(workflowIdOf(reference)).signal(SIGNAL.sinchEvent, event);

    const { reservations } = await stand.client.result(reference);
    expect(reservations.filter(({ sinchOrderId }) => sinchOrderId === answered!.idNumberOrder)).toHaveLength(1);
    expect(reservations).toContainEqual(expect.objectContaining({ state: 'POSSIBLY_ORPHANED' }));
    expect(reservations.map(({ sinchOrderId }) => sinchOrderId)).not.toContain(lost!.idNumberOrder);
    await stand.checkHistory(reference);
  });
});
