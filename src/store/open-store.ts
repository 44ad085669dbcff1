import { fileURLToPath } from 'node:url';
import type { AttachmentStore } from './attachment-store';
import { FileAttachmentStore } from './file-store';

/**
 * The store that `NUMBER_ORDERS_STORE` names.
 * @param url `file:` and a folder, absolute or under the working directory
 */
export function openStore(url: string): AttachmentStore {
  if (url.startsWith('file://')) return new FileAttachmentStore(fileURLToPath(url));
  if (url.startsWith('file:')) return new FileAttachmentStore(url.slice('file:'.length));
  if (url.startsWith('s3:')) {
    throw new Error(
      'NUMBER_ORDERS_STORE: s3 is not yet supported in this version; use file: and a folder that all share.',
    );
  }
  throw new Error('NUMBER_ORDERS_STORE must be file: and a folder, such as file:/var/lib/number-orders.');
}
