import { getClient } from '@temporalio/activity';
import { isGrpcServiceError, ServiceError } from '@temporalio/client';
import { referenceOf, SEARCH_ATTRIBUTE_KEYS, workflowIdOf } from '@number-orders/contract';
import type { NumberOrder } from '../sinch';
import { failingTyped } from './typed-failures';
import type { ActivityPorts } from './ports';

/** A Sinch order that may be an order's own. */
export interface FoundOrder {
  order: NumberOrder;
  /** The reference of another order that has it. */
  heldBy?: string;
}

/** Looks at Sinch orders whose id an order was told, and did not get from Sinch itself. */
export function adoptionActivities({ sinch }: ActivityPorts) {
  return {
    /** Visibility is seconds behind: an order that was reserved just now may not be seen as held. Repeatable: reads. */
    async findNumberOrder(idNumberOrder: string, reference: string): Promise<FoundOrder> {
      const order = await failingTyped('read', () => sinch.getNumberOrder(idNumberOrder));
      const heldBy = await holderOf(idNumberOrder, workflowIdOf(reference));
      return { order, ...(heldBy !== undefined && { heldBy }) };
    },
  };
}

/** Sinch's ids are opaque, but none that we know of needs more. Any other could not be asked for. */
const ASKABLE = /^[\w-]{1,128}$/;

async function holderOf(idNumberOrder: string, ownWorkflowId: string): Promise<string | undefined> {
  if (!ASKABLE.test(idNumberOrder)) return undefined;
  try {
    for await (const { workflowId } of getClient().workflow.list({
      query: `${SEARCH_ATTRIBUTE_KEYS.sinchOrderId.name} = '${idNumberOrder}'`,
    })) {
      if (workflowId !== ownWorkflowId) return referenceOf(workflowId) ?? workflowId;
    }
  } catch (error) {
    if (!hasNoVisibility(error)) throw error;
  }
  return undefined;
}

const UNIMPLEMENTED = 12;

/** A server for tests, which skips time. */
function hasNoVisibility(error: unknown): boolean {
  const inner = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(inner) && (inner.code as number) === UNIMPLEMENTED;
}
