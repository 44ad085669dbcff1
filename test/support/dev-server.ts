import { defineSearchAttributeKey, type SearchAttributeType } from '@temporalio/common';
import type { DevServerConfig } from '@temporalio/testing';
import { SEARCH_ATTRIBUTES } from '@number-orders/contract';
import { tools } from './tools';

/** A Temporal dev server as orders need it. */
export function devServerOptions(): Omit<DevServerConfig, 'type'> {
  return {
    executable: { type: 'existing-path', path: tools().temporal },
    searchAttributes: Object.entries(SEARCH_ATTRIBUTES).map(([name, type]) =>
      defineSearchAttributeKey(name, type.toUpperCase() as SearchAttributeType),
    ),
  };
}
