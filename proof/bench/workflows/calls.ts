import type { Attachment, NumberOrderRequest, Registration } from '@number-orders/contract';

/** The calls to Sinch of a number order, with the same arguments as ours. */
export interface BareCalls {
  lookup(request: NumberOrderRequest): Promise<unknown>;
  search(request: NumberOrderRequest): Promise<string[]>;
  create(phoneNumber: string | undefined): Promise<{ idNumberOrder: string }>;
  register(idNumberOrder: string, registration: Registration): Promise<void>;
  upload(idNumberOrder: string, attachment: Attachment): Promise<void>;
  submit(idNumberOrder: string): Promise<void>;
  status(idNumberOrder: string): Promise<string>;
}
