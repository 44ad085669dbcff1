/** The client library, for TypeScript services that do not want to use Temporal directly. */
export { readClientSettings } from '../config/client-settings';
export type { ClientSettings } from '../config/client-types';
export { ConfigurationError } from '../config/configuration-error';
export { createDataConverter, type EncryptionKey, type KeySource } from '../data-converter';
export { KeyList, parseKeyList } from '../data-converter/keys';
export type { AuditEntry } from './audit';
export { violationsOf, type BatchLine, type Batches, type RowViolation, type StartedBatch } from './batches';
export { connectNumberOrders, type ConnectedClient, type ConnectOptions } from './connect';
export type { DocumentContent } from './content';
export * from './errors';
export type { IntakeAddress, KycLinkOptions, SignedKycLink } from './kyc-link';
export type { ListFilter, OrderSummary } from './list-orders';
export { describeLeftBehind, type LeftBehind, type NewAttemptOptions } from './new-attempt';
export { NumberOrdersClient } from './number-orders-client';
export { numberOrders, type NumberOrdersPluginOptions } from './plugin';
export type { DocumentOfProfile, ProfileErasure, Profiles, ProfileToPut } from './profiles';
export { evaluate, type Evaluation } from '../requirements/evaluate';
export type { Document, Erasure, NumberOrdersClientOptions } from './number-orders-client';
export type { ReserveOptions, StartedOrder, StartOptions } from './order-starter';
export {
  AttachmentUnreadableError,
  DocumentsDeletedError,
  type AttachmentStore,
  type StoredAttachment,
} from '../store/attachment-store';
export { FileAttachmentStore } from '../store/file-store';
export { openStore, type StoreSettings } from '../store/open-store';
export type { RecordStore } from '../store/record-store';
export { S3AttachmentStore, S3StoreError, type S3Location } from '../store/s3-store';
export { views, type View } from './views';
