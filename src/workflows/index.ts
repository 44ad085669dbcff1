export { deliverNotifications } from './notifications/deliver';
export { numberOrder } from './number-order';
export { sweepAttachments } from './sweep-attachments';
