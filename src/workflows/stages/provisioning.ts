import type { Provisioning, Stage } from '@number-orders/contract';
import type { WantedLinks } from '../../activities';
import { publish } from '../display/search-attributes';
import { links } from '../calls/activities';
import { continueAsNewDue } from '../order/history-size';
import { callFailureOf } from '../calls/call-failure';
import { addNotice, closeReservation, currentReservation, takeLinks, wantedLinks, type Order } from '../order/order';
import { policyOf } from '../order/policy';
import { cancelWhen } from '../calls/cancel-when';
import { carryOutCancel, isCancelled } from './cancel';
import { awaitNames, reportUnnamed } from './unnamed-numbers';

function targetsOf({ smsConfiguration, voiceConfiguration }: WantedLinks): Provisioning['target'][] {
  return [...(smsConfiguration ? (['SMS'] as const) : []), ...(voiceConfiguration ? (['VOICE'] as const) : [])];
}

const isDone = ({ status }: Provisioning) => status === 'SUCCESS' || status === 'FAILED';

/** The number is bought, but not usable before it is linked to SMS or voice. Linking can fail. */
export async function followProvisioning(order: Order): Promise<Stage> {
  order.provisioningUntil ??= Date.now() + policyOf(order).provisioningTimeoutMs;
  if (!(await awaitNames(order, order.provisioningUntil))) {
    if (Date.now() < order.provisioningUntil) return 'PROVISIONING';
    reportUnnamed(order);
    return isCancelled(order) ? carryOutCancel(order) : complete(order);
  }
  if (isCancelled(order)) return carryOutCancel(order);
  const { phoneNumbers } = currentReservation(order);
  const wanted = wantedLinks(order);
  const targets = targetsOf(wanted);
  if (targets.length === 0) return complete(order);

  // Sinch may have named other numbers since.
  const known = order.provisioning;
  order.provisioning = phoneNumbers.flatMap((phoneNumber) =>
    targets.map(
      (target) =>
        known.find((link) => link.phoneNumber === phoneNumber && link.target === target) ?? {
          phoneNumber,
          target,
          status: 'WAITING',
        },
    ),
  );
  publish(order);
  const stop = () => isCancelled(order) || order.provisioning.every(isDone) || continueAsNewDue(order);
  try {
    const linked = await cancelWhen(
      stop,
      () =>
        links.awaitProvisioning.executeWithOptions({ summary: `Until ${targets.join(' and ')} are linked` }, [
          { phoneNumbers, ...wanted },
        ]),
      // Not the activity's own time-out: that would end with the last poll that still fits, not at the limit.
      { after: Math.max(1, order.provisioningUntil - Date.now()), summary: 'Until linking has taken too long' },
    );
    if (linked) takeLinks(order, linked);
    else if (Date.now() >= order.provisioningUntil) await giveUpWaiting(order, wanted);
  } catch (error) {
    callFailureOf(error);
    await giveUpWaiting(order, wanted);
  }
  // Cancelled while it was being linked.
  if (isCancelled(order)) return carryOutCancel(order);
  if (!order.provisioning.every(isDone) && Date.now() < order.provisioningUntil) return 'PROVISIONING';
  return complete(order);
}

async function giveUpWaiting(order: Order, wanted: WantedLinks): Promise<void> {
  addNotice(order, 'Linking has taken longer than the setting allows; the order ends with the links as they are');
  order.provisioningUntil = 0;
  const { phoneNumbers } = currentReservation(order);
  try {
    const seen = await links.readProvisioning.executeWithOptions(
      { summary: 'The state of linking', scheduleToCloseTimeout: '10 minutes' },
      [{ phoneNumbers, ...wanted }],
    );
    takeLinks(order, seen);
  } catch (failure) {
    callFailureOf(failure);
  }
}

function complete(order: Order): Stage {
  closeReservation(order, 'COMPLETED');
  return 'COMPLETED';
}
