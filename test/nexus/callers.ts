import { createNexusServiceClient } from '@temporalio/workflow';
import type { NexusServiceClient } from '@temporalio/workflow';
import { numberOrdersService } from '../../src/nexus/service';

export { openLine } from '../../demo/nexus/caller';

type Operations = NexusServiceClient<typeof numberOrdersService>;

/** One call, whatever is handed to it. */
export function callNumberOrders(
  endpoint: string,
  operation: keyof typeof numberOrdersService.operations,
  input: unknown,
) {
  const client: Operations = createNexusServiceClient({ service: numberOrdersService, endpoint });
  return client.executeOperation(operation, input as never);
}
