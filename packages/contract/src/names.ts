/** Every name that crosses the service's boundary. Other services import these and never spell them. */

/** The task queue workers poll unless `NUMBER_ORDERS_TASK_QUEUE` names another. */
export const TASK_QUEUE = 'number-orders';

/** Calls to Sinch have a task queue to themselves while they are limited: one for each project. */
export const sinchTaskQueueOf = (taskQueue: string, project?: string): string =>
  project === undefined ? `${taskQueue}-sinch` : `${taskQueue}-sinch-${project}`;

/** The header that names the Sinch project of an order's call. Used only within the service. */
export const PROJECT_HEADER = 'number-orders-project';

export const WORKFLOW_TYPE = 'numberOrder';

/** Delivers the remaining notifications after an order has ended; started only by the service. */
export const NOTIFICATIONS_WORKFLOW_TYPE = 'deliverNotifications';

export const SIGNAL = {
  registration: 'registration',
  attachment: 'attachment',
  cancel: 'cancel',
  sinchEvent: 'sinchEvent',
} as const;

export const UPDATE = {
  submitRegistration: 'submitRegistration',
  submitAttachment: 'submitAttachment',
  reservation: 'reservation',
  adoptOrder: 'adoptOrder',
  reread: 'reread',
  waiveRequirement: 'waiveRequirement',
  extendCorrectionWindow: 'extendCorrectionWindow',
  revokeKycLinks: 'revokeKycLinks',
  erase: 'erase',
} as const;

export const QUERY = { order: 'order' } as const;

/** Temporal search attributes and their types. Never personal data. */
export const SEARCH_ATTRIBUTES = {
  NumberOrderStage: 'Keyword',
  NumberOrderRegion: 'Keyword',
  NumberOrderExpireTime: 'Datetime',
  SinchOrderId: 'Keyword',
  NumberOrderBatch: 'Keyword',
  NumberOrderProject: 'Keyword',
} as const;
export type SearchAttributeName = keyof typeof SEARCH_ATTRIBUTES;

/** The same as keys of Temporal's SDKs. */
export const SEARCH_ATTRIBUTE_KEYS = {
  stage: { name: 'NumberOrderStage', type: 'KEYWORD' },
  region: { name: 'NumberOrderRegion', type: 'KEYWORD' },
  expireTime: { name: 'NumberOrderExpireTime', type: 'DATETIME' },
  sinchOrderId: { name: 'SinchOrderId', type: 'KEYWORD' },
  /** Only for orders of a batch. */
  batch: { name: 'NumberOrderBatch', type: 'KEYWORD' },
  project: { name: 'NumberOrderProject', type: 'KEYWORD' },
} as const satisfies Record<string, { name: SearchAttributeName; type: string }>;

/** The memo field with the client's fingerprint of the request without its KYC. */
export const FINGERPRINT_MEMO = 'requestFingerprint';

/** The memo field that says, in a sentence, why an attempt was forced and what it leaves behind. */
export const FORCED_MEMO = 'forcedAttempt';

/** The Nexus service for other namespaces. Its operations: `order`, `reserve`, `cancel`, `view`. */
export const NEXUS_SERVICE = 'numberOrders';

/** The Nexus endpoint to the task queue, unless operators name it otherwise. */
export const NEXUS_ENDPOINT = 'number-orders';
