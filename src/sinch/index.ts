/** A client of Sinch's Number Order API that knows nothing of Temporal. */
export { SinchClient } from './client';
export type { CallOptions, SinchClientOptions } from './client';
export { AttachmentSizeMismatch } from './multipart';
export type { CallReport, OnCall } from './observed';
export { orNone } from './or-none';
export { SinchError } from './sinch-error';
export type { FieldViolation, SinchErrorType } from './sinch-error';
export type * from './types';
