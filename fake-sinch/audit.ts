import { createHash } from 'node:crypto';

import type { SentCallback } from './callbacks';
import type { Operation } from './faults';
import type { Sinch } from './sinch';
import type { Order, OrderState, UploadStatus } from './types';

export interface OrderAudit {
  idNumberOrder: string;
  regionCode: string;
  numberType: string;
  phoneNumbers: string[];
  state: OrderState;
  /** RFC 3339, on the fake's clock. */
  createTime: string;
  /** Of the last change; of an order that is completed, rejected or expired: when it became so. */
  updateTime: string;
  expireTime: string;
  /** Submits that were accepted: never more than one. */
  submits: number;
  submitAttempts: number;
  registrationPuts: number;
  /** Of the registration last accepted, as JSON; the registration itself is personal data and stays out. */
  registrationSha256?: string | undefined;
  attachments: Record<string, { uploads: number; sha256: string; status: UploadStatus }>;
  callbackUrl?: string | undefined;
  /** Whether every number of the order was released. */
  released: boolean;
}

/** What happened at the fake, to be asked at the end of a test. */
export interface Audit {
  orders: OrderAudit[];
  /** By operation; an operation that was never called is not listed. */
  requests: Partial<Record<Operation, { count: number; faulted: number }>>;
  /** How many, by kind such as `HANG AFTER` or `STATUS 429 BEFORE`. */
  faults: Record<string, number>;
  callbacks: SentCallback[];
}

export function auditOf(sinch: Sinch): Audit {
  return {
    orders: sinch.orders.all.map(orderAudit),
    requests: Object.fromEntries([...sinch.requests].map(([operation, counted]) => [operation, { ...counted }])),
    faults: Object.fromEntries(sinch.faultsByKind),
    callbacks: sinch.callbacks.sent.map((callback) => ({ ...callback })),
  };
}

function orderAudit(order: Order): OrderAudit {
  const { requestDetails } = order;
  return {
    idNumberOrder: order.idNumberOrder,
    regionCode: order.regionCode,
    numberType: order.numberType,
    phoneNumbers: [...order.phoneNumbers],
    state: order.state,
    createTime: new Date(order.createTime).toISOString(),
    updateTime: new Date(order.updateTime).toISOString(),
    expireTime: new Date(order.expireTime).toISOString(),
    submits: order.submits,
    submitAttempts: order.submitAttempts,
    registrationPuts: order.registrationPuts,
    registrationSha256: requestDetails && createHash('sha256').update(JSON.stringify(requestDetails)).digest('hex'),
    attachments: Object.fromEntries(
      [...order.attachments.values()].map(({ attachmentId, uploads, sha256, uploadStatus }) => [
        attachmentId,
        { uploads, sha256, status: uploadStatus },
      ]),
    ),
    callbackUrl: order.callbackUrl,
    released: order.released.size === order.phoneNumbers.length,
  };
}
