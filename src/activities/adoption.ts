import { getClient } from '@temporalio/activity';
import { isGrpcServiceError, ServiceError } from '@temporalio/client';
import { referenceOf, SEARCH_ATTRIBUTE_KEYS, workflowIdOf } from '@number-orders/contract';
import type { NumberOrder } from '../sinch';
import { failingTyped } from './typed-failures';
import type { ActivityPorts } from './ports';

/** A Sinch order that may belong to an order. */
export interface FoundOrder {
  order: NumberOrder;
  /** The reference of another order that it belongs to. */
  heldBy?: string;
}

/** Reads Sinch orders whose id came from outside, not from Sinch's answer. */
export function adoptionActivities({ sinch }: ActivityPorts) {
  return {
    /** Visibility lags by seconds, so it may miss an order that was just reserved. Repeatable: reads. */
    async findNumberOrder(idNumberOrder: string, reference: string): Promise<FoundOrder> {
      const order = await failingTyped('read', () => sinch.getNumberOrder(idNumberOrder));
      const heldBy = await holderOf(idNumberOrder, workflowIdOf(reference));
      return { order, ...(heldBy !== undefined && { heldBy }) };
    },
  };
}

/** Sinch's ids are opaque, but all known ones fit. Any other could not be requested. */
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
