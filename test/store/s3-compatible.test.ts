import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { S3AttachmentStore } from '../../src/store/s3-store';
import { S3Server } from '../support/s3-server';
import { bytes } from './contract';

/** What servers that call themselves S3-compatible do otherwise than Amazon's, as their users reported it. */
type Kind =
  'demands Content-MD5 for a list of objects' | 'knows no checksum headers' | 'lists uploads by whole keys alone';

/** As little of S3 as the store uses, played by one of those kinds: none of them can be run here. */
class PlayedS3 {
  readonly objects = new Map<string, Buffer>();
  /** Multipart uploads that broke off, by id. */
  readonly uploads = new Map<string, string>();
  private readonly server = createServer((request, response) => void this.answer(request, response));

  constructor(private readonly kind: Kind) {}

  async start(): Promise<S3AttachmentStore> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    const endpoint = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return new S3AttachmentStore({ bucket: 'kyc', prefix: 'orders', endpoint, pathStyle: true });
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://s3');
    const key = decodeURIComponent(url.pathname.split('/').slice(2).join('/'));
    const content = await buffer(request);
    const refuse = (status: number, code: string) =>
      response.writeHead(status).end(`<Error><Code>${code}</Code><Message>played</Message></Error>`);

    const checksummed = Object.keys(request.headers).some((name) => /^x-amz-(sdk-)?checksum/.test(name));
    if (this.kind === 'knows no checksum headers' && checksummed) return void refuse(501, 'NotImplemented');
    const action = ['delete', 'uploads', 'uploadId', 'list-type'].find((name) => url.searchParams.has(name)) ?? '';
    switch (`${request.method} ${action}`) {
      case 'POST delete':
        if (this.kind.startsWith('demands') && !request.headers['content-md5'])
          return void refuse(400, 'MissingContentMD5');
        for (const [, name = ''] of content.toString().matchAll(/<Key>([^<]+)<\/Key>/g)) this.objects.delete(name);
        return void response.end('<DeleteResult/>');
      case 'PUT ': {
        const source = request.headers['x-amz-copy-source'];
        if (typeof source !== 'string') this.objects.set(key, content);
        else this.objects.set(key, this.objects.get(decodeURIComponent(source).replace('kyc/', '')) ?? Buffer.alloc(0));
        return void response
          .writeHead(200, { etag: '"x"' })
          .end('<CopyObjectResult><ETag>"x"</ETag></CopyObjectResult>');
      }
      case 'DELETE ':
        this.objects.delete(key);
        return void response.writeHead(204).end();
      case 'DELETE uploadId':
        this.uploads.delete(url.searchParams.get('uploadId') ?? '');
        return void response.writeHead(204).end();
      case 'GET uploads':
        return void response.end(this.uploadsListed(url.searchParams));
      case 'GET list-type': {
        const found = [...this.objects.keys()].filter((name) => name.startsWith(url.searchParams.get('prefix') ?? ''));
        const contents = found.map((name) => `<Contents><Key>${name}</Key></Contents>`).join('');
        return void response.end(`<ListBucketResult>${contents}<IsTruncated>false</IsTruncated></ListBucketResult>`);
      }
      default: {
        const body = this.objects.get(key);
        return void response.writeHead(body ? 200 : 404).end(body ?? '<Error><Code>NoSuchKey</Code></Error>');
      }
    }
  }

  /** One a page, so that a caller has to turn pages. */
  private uploadsListed(query: URLSearchParams): string {
    const [prefix, marker] = [query.get('prefix') ?? '', query.get('key-marker') ?? ''];
    const byWholeKey = this.kind.startsWith('lists uploads') && prefix !== '';
    const found = [...this.uploads]
      .filter(([, key]) => key > marker && (byWholeKey ? key === prefix : key.startsWith(prefix)))
      .sort(([, one], [, other]) => (one < other ? -1 : 1));
    const [first] = found;
    if (!first) return '<ListMultipartUploadsResult><IsTruncated>false</IsTruncated></ListMultipartUploadsResult>';
    const [id, key] = first;
    return (
      `<ListMultipartUploadsResult><Upload><Key>${key}</Key><UploadId>${id}</UploadId></Upload>` +
      `<NextKeyMarker>${key}</NextKeyMarker><IsTruncated>${found.length > 1}</IsTruncated></ListMultipartUploadsResult>`
    );
  }
}

describe('a bucket on a server that', () => {
  let played: PlayedS3;
  beforeAll(() => Object.assign(process.env, S3Server.credentials));
  afterEach(() => played.close());

  it.each<Kind>(['demands Content-MD5 for a list of objects', 'knows no checksum headers'])(
    '%s stores a document, returns it, and keeps nothing of an order that has ended',
    async (kind) => {
      played = new PlayedS3(kind);
      const store = await played.start();
      const document = await store.put('order-1', Readable.from([bytes]));
      await expect(text(store.open(document))).resolves.toBe(bytes.toString());
      await store.deleteAll('order-1');
      expect([...played.objects.keys()]).toEqual([]);
    },
  );

  it('lists uploads only by whole keys keeps no part of a document whose upload broke off', async () => {
    played = new PlayedS3('lists uploads by whole keys alone');
    played.uploads.set('1', 'orders/order-1/.incoming-1').set('2', 'orders/order-1/.incoming-2');
    played.uploads.set('3', 'orders/order-10/.incoming-1').set('4', 'elsewhere/a-backup');
    const store = await played.start();
    await store.deleteAll('order-1');
    expect([...played.uploads.keys()]).toEqual(['3', '4']);
  });
});
