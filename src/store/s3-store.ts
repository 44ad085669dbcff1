import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { S3 } from '@aws-sdk/client-s3';
import { REFERENCE_PATTERN } from '@number-orders/contract';
import type { KeySource } from '../data-converter';
import { DocumentsDeletedError, type StagedOrder } from './attachment-store';
import { DocumentStore, isOwnName } from './document-store';

/** The bucket of documents. The AWS SDK finds credentials and, unless given here, the region by itself. */
export interface S3Location {
  bucket: string;
  /** Within the bucket, without a slash at either end; empty: the whole bucket. */
  prefix: string;
  /** The URL of an S3-compatible server; undefined: Amazon's. */
  endpoint?: string;
  /** `https://host/bucket` instead of `https://bucket.host`. */
  pathStyle: boolean;
  /** The encryption to request from the server; undefined: the bucket's default, on Amazon at least SSE-S3. */
  encryption?: 'AES256' | 'aws:kms';
}

/** Thrown when the bucket cannot be used. That is never the document's fault, so the call can be retried. */
export class S3StoreError extends Error {
  override readonly name = 'S3StoreError';
}

const NO_AWS = 'A store in S3 needs two packages: npm install @aws-sdk/client-s3 @aws-sdk/lib-storage';

const CONNECTION_TIMEOUT_MS = 10_000;
/** A request without any content. */
const SOCKET_TIMEOUT_MS = 60_000;

/** The error codes of an upload or its copy after the order's documents were deleted meanwhile. */
const GONE = ['NoSuchUpload', 'NoSuchKey'];

/** A part is 5 MiB, S3's minimum. An upload takes little more of this process's memory. */
const PARTS_AT_ONCE = 1;

/**
 * Keeps documents in a bucket, `<prefix>/<reference>/<sha256>`. An upload first gets a temporary name, as its sha256 is known
 * only at the end, and is then copied within the bucket. A temporary file on this machine would be one more copy of a passport to
 * protect.
 */
export class S3AttachmentStore extends DocumentStore {
  private client: Promise<S3> | undefined;

  constructor(
    private readonly location: S3Location,
    keys?: KeySource,
  ) {
    super(keys);
  }

  async *stagedOrders(): AsyncGenerator<StagedOrder> {
    const root = this.keyOf('');
    for await (const { CommonPrefixes = [] } of this.pages(root, '/')) {
      for (const { Prefix = '' } of CommonPrefixes) {
        const reference = Prefix.slice(root.length, -1);
        if (!REFERENCE_PATTERN.test(reference)) continue;
        const newest = await this.newestIn(reference);
        if (newest) yield { reference, newest };
      }
    }
  }

  protected async write(reference: string, content: Readable, nameOf: () => string): Promise<void> {
    const { bucket: Bucket, encryption } = this.location;
    const encrypted = encryption && { ServerSideEncryption: encryption };
    // Among the order's own, so that deleting the order deletes what a crash left behind.
    const incoming = this.keyOf(reference, `.incoming-${randomUUID()}`);
    const { Upload } = await loadUploads();
    try {
      await this.using(async (s3) => {
        const params = { Bucket, Key: incoming, Body: content, ...encrypted };
        try {
          await new Upload({ client: s3, params, queueSize: PARTS_AT_ONCE }).done();
          const Key = this.keyOf(reference, nameOf());
          await s3.copyObject({ Bucket, Key, CopySource: `${Bucket}/${incoming}`, ...encrypted });
        } finally {
          await s3.deleteObject({ Bucket, Key: incoming });
        }
      });
    } catch (error) {
      // The SDK aborts a stream that it does not read to its end: that is not the document's error.
      if (content.errored && content.errored.name !== 'AbortError') throw content.errored;
      const { cause } = error as S3StoreError;
      if (cause instanceof Error && GONE.includes(cause.name)) throw new DocumentsDeletedError(reference, { cause });
      throw error;
    }
  }

  protected async read(reference: string, name: string): Promise<AsyncIterable<Buffer> | undefined> {
    return this.using(async (s3) => {
      try {
        const { Body } = await s3.getObject({ Bucket: this.location.bucket, Key: this.keyOf(reference, name) });
        return Body as Readable | undefined;
      } catch (error) {
        if (error instanceof Error && error.name === 'NoSuchKey') return undefined;
        throw error;
      }
    });
  }

  protected async delete(reference: string): Promise<void> {
    const { bucket: Bucket } = this.location;
    const prefix = `${this.keyOf(reference)}/`;
    // One by one: S3-compatible servers differ in the checksum of a list of objects, and an order has few.
    for await (const { Contents = [] } of this.pages(prefix))
      for (const { Key } of Contents) await this.using((s3) => s3.deleteObject({ Bucket, Key }));
    await this.abortUploads(prefix);
  }

  protected async remove(place: string, name: string): Promise<void> {
    await this.using((s3) => s3.deleteObject({ Bucket: this.location.bucket, Key: this.keyOf(place, name) }));
  }

  protected async *list(place: string): AsyncGenerator<string> {
    const prefix = `${this.keyOf(place)}/`;
    for await (const { Contents = [] } of this.pages(prefix, '/'))
      for (const { Key = '' } of Contents) yield Key.slice(prefix.length);
  }

  protected async *listPlaces(root: string): AsyncGenerator<string> {
    const prefix = `${this.keyOf(root)}/`;
    for await (const { CommonPrefixes = [] } of this.pages(prefix, '/'))
      for (const { Prefix = '' } of CommonPrefixes) yield Prefix.slice(prefix.length, -1);
  }

  /** The parts of an incomplete upload are not objects, and stay until it is aborted. */
  private async abortUploads(prefix: string): Promise<void> {
    const { bucket: Bucket, endpoint } = this.location;
    // MinIO lists uploads only by their whole key, or all of them.
    const listed = endpoint === undefined ? { Prefix: prefix } : {};
    await this.using(async (s3) => {
      let from = {};
      for (let more = true; more;) {
        const page = await s3.listMultipartUploads({ Bucket, ...listed, ...from });
        const own = (page.Uploads ?? []).filter(({ Key }) => Key?.startsWith(prefix));
        for (const { Key, UploadId } of own) await s3.abortMultipartUpload({ Bucket, Key, UploadId });
        more = page.IsTruncated === true;
        // Aborted uploads are no longer listed and cannot serve as a marker. The same page then has the following ones.
        if (own.length === 0) from = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
      }
    });
  }

  /** Undefined for keys that are not an order's. */
  private async newestIn(reference: string): Promise<Date | undefined> {
    let newest: Date | undefined;
    const prefix = `${this.keyOf(reference)}/`;
    for await (const { Contents = [] } of this.pages(prefix)) {
      if (!Contents.every(({ Key = '' }) => isOwnName(Key.slice(prefix.length)))) return undefined;
      for (const { LastModified } of Contents)
        if (LastModified && (!newest || LastModified > newest)) newest = LastModified;
    }
    return newest;
  }

  private async *pages(prefix: string, delimiter?: string) {
    let token: string | undefined;
    do {
      const page = await this.using((s3) =>
        s3.listObjectsV2({
          Bucket: this.location.bucket,
          Prefix: prefix,
          ...(delimiter && { Delimiter: delimiter }),
          ...(token && { ContinuationToken: token }),
        }),
      );
      yield page;
      token = page.NextContinuationToken;
    } while (token);
  }

  private keyOf(...names: string[]): string {
    return [this.location.prefix, ...names].filter((part, index) => part !== '' || index > 0).join('/');
  }

  private async using<T>(use: (s3: S3) => Promise<T>): Promise<T> {
    this.client ??= connect(this.location);
    const s3 = await this.client;
    try {
      return await use(s3);
    } catch (error) {
      throw failure(this.location, error);
    }
  }
}

/** The SDK takes most of a second to load, so commands without the store do not load it. */
async function connect({ endpoint, pathStyle }: S3Location): Promise<S3> {
  const { S3 } = await loadS3();
  return new S3({
    ...(endpoint !== undefined && { endpoint }),
    forcePathStyle: pathStyle,
    // Every document's sha256 is checked as it is sent. Some S3-compatible servers refuse an additional CRC.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: CONNECTION_TIMEOUT_MS, socketTimeout: SOCKET_TIMEOUT_MS },
  });
}

// A client with another store has neither package. Bundlers tolerate that within `try`.

async function loadS3() {
  try {
    return await import('@aws-sdk/client-s3');
  } catch (cause) {
    throw new S3StoreError(NO_AWS, { cause });
  }
}

async function loadUploads() {
  try {
    return await import('@aws-sdk/lib-storage');
  } catch (cause) {
    throw new S3StoreError(NO_AWS, { cause });
  }
}

function failure({ bucket }: S3Location, cause: unknown): S3StoreError {
  const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  return new S3StoreError(
    `The bucket ${bucket} cannot be used (${reason}): check NUMBER_ORDERS_STORE, NUMBER_ORDERS_S3_ENDPOINT, AWS_REGION, the credentials and their rights.`,
    { cause },
  );
}
