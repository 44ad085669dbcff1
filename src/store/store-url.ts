import { fileURLToPath } from 'node:url';

// No segment begins with a dot, so none can leave the prefix.
const S3_URL = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:\/[A-Za-z0-9][A-Za-z0-9._-]*)*)\/?$/;

/** The store that `NUMBER_ORDERS_STORE` names; undefined if it is neither `file:` and a folder nor `s3://bucket/prefix`. */
export function parseStoreUrl(url: string): { folder: string } | { bucket: string; prefix: string } | undefined {
  const [, bucket, path = ''] = S3_URL.exec(url) ?? [];
  if (bucket !== undefined) return { bucket, prefix: path.slice(1) };
  if (!/^file:./.test(url)) return undefined;
  if (!url.startsWith('file://')) return { folder: url.slice('file:'.length) };
  try {
    return { folder: fileURLToPath(url) };
  } catch {
    // For example a URL with a host, usually because of a missing slash.
    return undefined;
  }
}
