export { Batches, type StartedBatch } from './batches';
export { violationsOf, type RowViolation } from './check-rows';
export type { BatchLine } from './report';
