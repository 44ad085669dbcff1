import './short-stack-traces';
export { numberOrderBatch } from './batch/number-order-batch';
export { deliverNotifications } from './notifications/deliver';
export { numberOrder } from './number-order';
export { sweepAttachments } from './sweep-attachments';
