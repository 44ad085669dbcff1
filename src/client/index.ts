/** The client library: for TypeScript services that would rather not speak to Temporal themselves. */
export { readClientSettings, type ClientSettings } from '../config/settings';
export type { EncryptionKey, KeySource } from '../data-converter';
export type { AuditEntry } from './audit';
export { connectNumberOrders, type ConnectedClient, type ConnectOptions } from './connect';
export * from './errors';
export type { ListFilter, OrderSummary } from './list-orders';
export { describeLeftBehind, type LeftBehind, type NewAttemptOptions } from './new-attempt';
export { NumberOrdersClient } from './number-orders-client';
export { evaluate, type Evaluation } from '../requirements/evaluate';
export type { Document, Erasure, NumberOrdersClientOptions } from './number-orders-client';
export type { ReserveOptions, StartedOrder, StartOptions } from './order-starter';
export { views, type View } from './views';
