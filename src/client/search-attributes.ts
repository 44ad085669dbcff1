import { defineSearchAttributeKey } from '@temporalio/common';
import type { SEARCH_ATTRIBUTES, SearchAttributeName } from '@number-orders/contract';

type KeyType<Name extends SearchAttributeName> = (typeof SEARCH_ATTRIBUTES)[Name] extends 'Keyword'
  ? 'KEYWORD'
  : 'DATETIME';

const key = <Name extends SearchAttributeName>(name: Name, type: KeyType<Name>) => defineSearchAttributeKey(name, type);

export const stageKey = key('NumberOrderStage', 'KEYWORD');
export const regionKey = key('NumberOrderRegion', 'KEYWORD');
export const expireTimeKey = key('NumberOrderExpireTime', 'DATETIME');
export const sinchOrderIdKey = key('SinchOrderId', 'KEYWORD');
