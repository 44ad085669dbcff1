import type { Attachment, NumberOrderRequest, Registration } from '@number-orders/contract';

/** What a number order asks of Sinch, one call after the other, with the same values that ours hands over. */
export interface BareCalls {
  lookup(request: NumberOrderRequest): Promise<unknown>;
  search(request: NumberOrderRequest): Promise<string[]>;
  create(phoneNumber: string | undefined): Promise<{ idNumberOrder: string }>;
  register(idNumberOrder: string, registration: Registration): Promise<void>;
  upload(idNumberOrder: string, attachment: Attachment): Promise<void>;
  submit(idNumberOrder: string): Promise<void>;
  status(idNumberOrder: string): Promise<string>;
}
