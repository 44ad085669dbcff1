import type { OrderAudit } from '../../fake-sinch';
import type { OrderStand } from './order-stand';

/** What really happened at Sinch to the order this reference has now, or had last. */
export async function sinchOrderOf({ client, fake }: OrderStand, reference: string): Promise<OrderAudit> {
  const { sinchOrderId } = await client.order(reference);
  return fake.control.audit().orders.find(({ idNumberOrder }) => idNumberOrder === sinchOrderId)!;
}

/** Every order of the audit was submitted at most once. */
export function expectNoDoubleSubmit({ fake }: OrderStand): void {
  for (const { submits } of fake.control.audit().orders) expect(submits).toBeLessThanOrEqual(1);
}
