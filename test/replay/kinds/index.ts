import { completed } from './completed';
import { continued } from './continued';
import { creation } from './creation';
import { deadline } from './deadline';
import { ended } from './ended';
import type { Kind } from './kind';
import { kyc } from './kyc';
import { review } from './review';

export type { Kind } from './kind';

/** Every kind of order whose history differs from the others'. */
export const KINDS: readonly Kind[] = [
  ...completed,
  ...kyc,
  ...creation,
  ...review,
  ...deadline,
  ...ended,
  ...continued,
];
