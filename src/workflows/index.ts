export { deliverNotifications } from './deliver-notifications';
export { numberOrder } from './number-order';
export { sweepAttachments } from './sweep-attachments';
