import { randomUUID } from 'node:crypto';
import { requirements } from './no-op-sinch';
import type { BareCalls } from './workflows/calls';

/** The activities of the bare workflows, which do as little as ours do with the no-op Sinch. */
export const bareCalls: BareCalls = {
  lookup: async () => requirements,
  search: async () => ['+61480000001'],
  create: async () => ({ idNumberOrder: randomUUID() }),
  register: async () => undefined,
  upload: async () => undefined,
  submit: async () => undefined,
  status: async () => 'COMPLETED',
};
