import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { S3 } from '@aws-sdk/client-s3';
import type { KeyList } from '../../src/data-converter/keys';
import { DocumentsDeletedError } from '../../src/store/attachment-store';
import { openStore } from '../../src/store/open-store';
import { S3AttachmentStore, S3StoreError } from '../../src/store/s3-store';
import { describeOnS3, S3Server } from '../support/s3-server';
import { bytes, describeStore, sha256, type StoreStand } from './contract';
import { namesIn } from './files';
import { keysOf } from './keys';

describeOnS3('a store in S3', () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await S3Server.start();
  });
  afterAll(() => server.close());

  /** Objects are files under their keys. Folders are all that this server keeps besides. */
  const standIn = (prefix: string, keys?: KeyList): StoreStand => {
    const { bucket, endpoint, folder } = server;
    return {
      store: new S3AttachmentStore({ bucket, prefix, endpoint, pathStyle: true }, keys),
      names: async () => {
        await mkdir(join(folder, prefix), { recursive: true });
        return namesIn(join(folder, prefix));
      },
      overwrite: async (name, content) => {
        await mkdir(dirname(join(folder, prefix, name)), { recursive: true });
        await writeFile(join(folder, prefix, name), content);
      },
    };
  };

  afterEach(async () => {
    for (const name of await namesIn(server.folder)) await rm(join(server.folder, name));
  });

  describe('a prefix in a bucket', () => {
    describeStore(() => standIn('staging/kyc'));

    it('has no effect on objects outside the prefix', async () => {
      const stand = standIn('staging/kyc');
      await standIn('staging').overwrite('kyc-other/order-1/x', bytes);
      await stand.overwrite('order-1/x', bytes);
      await stand.store.deleteAll('order-1');
      await expect(namesIn(server.folder)).resolves.toEqual(['staging/kyc-other/order-1/x']);
    });
  });

  describe('a whole bucket whose documents are encrypted', () => {
    describeStore(() => standIn('', keysOf('current')));
  });

  describe('an upload to a bucket', () => {
    it('leaves nothing but the document', async () => {
      const stand = standIn('kyc');
      await stand.store.put('order-1', Readable.from([bytes]));
      await expect(stand.names()).resolves.toEqual([`order-1/${sha256}`]);
    });

    it('reports that its order is deleted meanwhile', async () => {
      const { bucket, endpoint } = server;
      const s3 = new S3({ endpoint, forcePathStyle: true });
      const stand = standIn('kyc');
      const part = Buffer.alloc(5 * 1_024 * 1_024, 'x');
      const slow = Readable.from(
        (async function* () {
          yield* [part, part, bytes];
          // What is on its way when the order is deleted fails in any way a server likes.
          while ((await partsOf(s3, bucket, 'kyc/order-1/')) < 2) await delay(20);
          await stand.store.deleteAll('order-1');
          yield bytes;
        })(),
      );
      await expect(stand.store.put('order-1', slow)).rejects.toThrow(DocumentsDeletedError);
      await expect(stand.names()).resolves.toEqual([]);
      s3.destroy();
    });

    it('is aborted after a crash when its order is deleted, and no other upload is', async () => {
      const { bucket, endpoint } = server;
      const s3 = new S3({ endpoint, forcePathStyle: true });
      const begin = (reference: string) =>
        s3.createMultipartUpload({ Bucket: bucket, Key: `kyc/${reference}/.incoming-1` });
      const [own, other] = [await begin('order-1'), await begin('order-10')];
      await s3.uploadPart({ Bucket: bucket, Key: own.Key, UploadId: own.UploadId, PartNumber: 1, Body: bytes });

      await standIn('kyc').store.deleteAll('order-1');
      const { Uploads = [] } = await s3.listMultipartUploads({ Bucket: bucket });
      expect(Uploads.map(({ UploadId }) => UploadId)).toEqual([other.UploadId]);
      s3.destroy();
    });

    it('is aborted after a crash even if there are more of them than a bucket lists at once', async () => {
      const { bucket, endpoint } = server;
      const s3 = new S3({ endpoint, forcePathStyle: true });
      const begin = (count: number) =>
        s3.createMultipartUpload({ Bucket: bucket, Key: `kyc/order-1/.incoming-${count}` });
      for (let count = 0; count < 1_010; count += 10)
        await Promise.all(Array.from({ length: 10 }, (_, index) => begin(count + index)));
      await expect(s3.listMultipartUploads({ Bucket: bucket, Prefix: 'kyc/order-1/' })).resolves.toMatchObject({
        IsTruncated: true,
      });

      await standIn('kyc').store.deleteAll('order-1');
      const { Uploads = [] } = await s3.listMultipartUploads({ Bucket: bucket, Prefix: 'kyc/order-1/' });
      expect(Uploads).toEqual([]);
      s3.destroy();
    });
  });

  describe('a bucket that cannot be used', () => {
    it.each([
      ['is not there', () => ({ bucket: 'no-such-bucket', endpoint: server.endpoint }), 'NoSuchBucket'],
      ['is on a server that is not there', () => ({ bucket: 'kyc', endpoint: 'http://127.0.0.1:1' }), 'ECONNREFUSED'],
    ])('is reported with the reason and what to check if it %s', async (_what, place, reason) => {
      const store = new S3AttachmentStore({ ...place(), prefix: '', pathStyle: true });
      const failures = await Promise.allSettled([
        store.put('order-1', Readable.from([bytes])),
        store.verify({ key: `order-1/${sha256}`, size: 1, sha256 }),
        store.deleteAll('order-1'),
        store.stagedOrders().next(),
      ]);
      for (const failure of failures) {
        expect(failure).toMatchObject({ status: 'rejected', reason: expect.any(S3StoreError) });
        expect(failure).toMatchObject({
          reason: { message: expect.stringMatching(new RegExp(`${reason}.*check NUMBER_ORDERS_STORE`)) },
        });
      }
    });
  });

  describe('NUMBER_ORDERS_STORE', () => {
    it.each(['', '/', '/staging/kyc', '/staging/kyc/'])('opens a bucket with the prefix %j', async (path) => {
      const { bucket, endpoint, folder } = server;
      const store = openStore({ url: `s3://${bucket}${path}`, s3: { endpoint, pathStyle: true } });
      await store.put('order-1', Readable.from([bytes]));
      const prefix = path.replace(/^\/|\/$/g, '');
      await expect(namesIn(join(folder, prefix))).resolves.toEqual([`order-1/${sha256}`]);
    });
  });
});

async function partsOf(s3: S3, Bucket: string, Prefix: string): Promise<number> {
  const { Uploads: [upload] = [] } = await s3.listMultipartUploads({ Bucket, Prefix });
  if (!upload) return 0;
  const { Parts = [] } = await s3.listParts({ Bucket, Key: upload.Key, UploadId: upload.UploadId });
  return Parts.length;
}
