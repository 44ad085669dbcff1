import { createNexusServiceClient, log } from '@temporalio/workflow';
import { NEXUS_ENDPOINT, type NumberOrderRequest, type NumberOrderResult } from '@number-orders/contract';
import { numberOrdersService } from '../../src/nexus/service';

/** A workflow of another team, in another namespace, of which an order is one step. */
export async function openLine(request: NumberOrderRequest, endpoint = NEXUS_ENDPOINT): Promise<NumberOrderResult> {
  // docs: start
  const numberOrders = createNexusServiceClient({ service: numberOrdersService, endpoint });
  const { phoneNumbers, expireTime } = await numberOrders.executeOperation('reserve', request);
  log.info('Reserved', { phoneNumbers, expireTime });
  // docs: end

  // docs: follow
  // Attaches to the order that `reserve` has started. Cancelling this workflow cancels the order.
  return numberOrders.executeOperation('order', request);
  // docs: end
}
