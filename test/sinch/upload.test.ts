import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { AttachmentSizeMismatch, type AttachmentUpload } from '../../src/sinch';
import { hang, json, jsonEarly, resetAfterReading } from '../support/scripted-server';
import { failureOf, ScriptedSinch, token } from './scripted-sinch';

const MiB = 1024 * 1024;

let sinch: ScriptedSinch;
beforeEach(async () => {
  sinch = await ScriptedSinch.start();
  sinch.answers(json(200, {}));
});
afterEach(() => sinch.close());

function upload(overrides: Partial<AttachmentUpload> = {}): AttachmentUpload {
  return {
    attachmentId: 'passport',
    fileName: 'passport.pdf',
    mimeType: 'application/pdf',
    size: 5,
    content: () => Readable.from([Buffer.from('hello')]),
    ...overrides,
  };
}

describe('an attachment', () => {
  test('is sent as a form of known length, with its document type before the file', async () => {
    await sinch.client.uploadAttachment('order-1', upload({ documentType: 'PASSPORT' }));
    const [request] = sinch.apiRequests;
    const boundary = /boundary=(.+)$/.exec(request?.headers['content-type'] ?? '')?.[1] ?? '';
    expect(request).toMatchObject({ method: 'POST' });
    expect(request?.url).toBe('/v1/projects/project-1/numberOrders/order-1/attachments/passport');
    expect(request?.headers['content-length']).toBe(String(request?.bodyLength));
    expect(request?.headers['transfer-encoding']).toBeUndefined();
    expect(request?.body.replaceAll(boundary, 'B')).toBe(
      [
        '--B',
        'Content-Disposition: form-data; name="documentType"',
        '',
        'PASSPORT',
        '--B',
        'Content-Disposition: form-data; name="file"; filename="passport.pdf"',
        'Content-Type: application/pdf',
        '',
        'hello',
        '--B--',
        '',
      ].join('\r\n'),
    );
  });

  test('has no document type when none is given', async () => {
    await sinch.client.uploadAttachment('order-1', upload());
    expect(sinch.apiRequests[0]?.body).not.toContain('documentType');
  });

  test('cannot break out of the form by its file name', async () => {
    await sinch.client.uploadAttachment('order-1', upload({ fileName: 'a"\r\nX-Injected: 1\r\n\r\n.pdf' }));
    expect(sinch.apiRequests[0]?.body).not.toContain('\r\nX-Injected');
  });

  test('of 100 MiB is read no faster than Sinch accepts it, and arrives complete', async () => {
    const chunk = Buffer.alloc(MiB, 'x');
    let produced = 0;
    let furthestAhead = 0;
    function* chunks() {
      for (; produced < 100 * MiB; produced += MiB) {
        furthestAhead = Math.max(furthestAhead, produced - sinch.server.bytesRead);
        yield chunk;
      }
    }
    await sinch.client.uploadAttachment(
      'order-1',
      upload({ size: 100 * MiB, content: () => Readable.from(chunks(), { objectMode: false }) }),
    );
    const [request] = sinch.apiRequests;
    const form = request?.body.slice(0, request.body.indexOf('\r\n\r\n') + 4) ?? '';
    const boundary = form.slice(0, form.indexOf('\r\n'));
    const expected = createHash('sha256').update(form);
    for (let sent = 0; sent < 100; sent += 1) expected.update(chunk);
    expect(request?.bodySha256).toBe(expected.update(`\r\n${boundary}--\r\n`).digest('hex'));
    // What sockets and streams buffer; without backpressure the source would be read to its end at once.
    expect(furthestAhead).toBeLessThan(50 * MiB);
  });
});

describe('an upload answered 401', () => {
  test('opens the content again for the new token', async () => {
    sinch.tokens(token('token-1'), token('token-2'));
    sinch.answers(json(401, {}), json(200, {}));
    const opened: Readable[] = [];
    const content = () => {
      const stream = Readable.from([Buffer.from('hello')]);
      opened.push(stream);
      return stream;
    };
    await sinch.client.uploadAttachment('order-1', upload({ content }));
    expect(opened).toHaveLength(2);
    expect(sinch.apiRequests.map(({ body }) => body.includes('hello'))).toEqual([true, true]);
  });
});

describe('an upload that Sinch refuses before it is complete', () => {
  test('fails with SinchTooLarge, stops reading, and leaves no connection open', async () => {
    const client = sinch.newClient({ maxConnections: 1 });
    sinch.answers(jsonEarly(413, { error: {} }), json(200, {}));
    const content = endless();
    const failure = await failureOf(client.uploadAttachment('order-1', upload({ size: 1e12, content: () => content })));
    expect(failure).toMatchObject({ type: 'SinchTooLarge', status: 413, possiblyProcessed: false });
    expect(content.destroyed).toBe(true);
    await client.uploadAttachment('order-1', upload());
    expect(sinch.apiRequests).toHaveLength(2);
  });
});

describe('the content of an upload', () => {
  test.each([
    ['shorter', 6],
    ['longer', 4],
  ])('that is %s than announced fails the upload', async (_name, size) => {
    const call = sinch.client.uploadAttachment('order-1', upload({ size }));
    await expect(call).rejects.toThrow(AttachmentSizeMismatch);
    expect(sinch.apiRequests).toHaveLength(0);
  });

  test('that cannot be read fails the upload with its own error', async () => {
    const gone = new Error('the file is gone');
    const content = () =>
      new Readable({
        read() {
          this.destroy(gone);
        },
      });
    await expect(sinch.client.uploadAttachment('order-1', upload({ content }))).rejects.toBe(gone);
  });

  test('that cannot be opened fails the upload with its own error', async () => {
    const gone = new Error('the file is gone');
    const content = () => Promise.reject(gone);
    await expect(sinch.client.uploadAttachment('order-1', upload({ content }))).rejects.toBe(gone);
  });

  test.each([
    ['the connection is reset', resetAfterReading],
    ['no answer comes in time', hang],
  ])('is closed when %s', async (_name, step) => {
    sinch.answers(step);
    const content = Readable.from([Buffer.from('hello')]);
    const client = sinch.newClient({ uploadTimeoutMs: 3000 });
    expect(await failureOf(client.uploadAttachment('order-1', upload({ content: () => content })))).toMatchObject({
      type: 'SinchUnavailable',
      possiblyProcessed: true,
    });
    expect(content.destroyed).toBe(true);
  });

  test('is closed if the caller aborts before any of it was read', async () => {
    const content = Readable.from([Buffer.from('hello')]);
    const given = upload({ content: () => content });
    const failure = await failureOf(sinch.client.uploadAttachment('order-1', given, { signal: AbortSignal.abort() }));
    expect(failure).toMatchObject({ type: 'SinchUnavailable', possiblyProcessed: false });
    expect(content.destroyed).toBe(true);
  });

  test('is closed if the caller aborts while it is read', async () => {
    const caller = new AbortController();
    const content = endless(() => caller.abort());
    const call = sinch.client.uploadAttachment('order-1', upload({ size: 1e12, content: () => content }), {
      signal: caller.signal,
    });
    expect(await failureOf(call)).toMatchObject({ type: 'SinchUnavailable', possiblyProcessed: true });
    expect(content.destroyed).toBe(true);
  });
});

/** Content without an end; tells when 16 MiB of it have been read, more than fits between client and server. */
function endless(onRead: () => void = () => undefined): Readable {
  let read = 0;
  return new Readable({
    read(size) {
      read += size;
      if (read > 16 * MiB) onRead();
      this.push(Buffer.alloc(size));
    },
  });
}
