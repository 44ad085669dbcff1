import type { KeySource } from '../data-converter';
import type { AttachmentStore } from './attachment-store';
import { FileAttachmentStore } from './file-store';
import type { RecordStore } from './record-store';
import { S3AttachmentStore, type S3Location } from './s3-store';
import { parseStoreUrl } from './store-url';

/** The store's settings. */
export interface StoreSettings {
  /** `file:` and a folder, absolute or under the working directory; or `s3://bucket/prefix`. */
  url: string;
  /** Further settings of an `s3:` url. */
  s3: Pick<S3Location, 'endpoint' | 'pathStyle' | 'encryption'>;
}

/**
 * The store that `NUMBER_ORDERS_STORE` names. Nothing is accessed before its first use.
 * @param keys left out: documents are not encrypted
 */
export function openStore({ url, s3 }: StoreSettings, keys?: KeySource): AttachmentStore & RecordStore {
  const place = parseStoreUrl(url);
  if (!place) throw new Error('NUMBER_ORDERS_STORE must be file: and a folder, or s3://bucket/prefix.');
  return 'folder' in place
    ? new FileAttachmentStore(place.folder, keys)
    : new S3AttachmentStore({ ...s3, ...place }, keys);
}
