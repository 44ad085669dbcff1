import { createDecipheriv, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import type { Payload } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import { readRequest, type NumberOrderRequest } from '@number-orders/contract';
import { Webhook } from 'standardwebhooks';
import { callbackPath, verifyCallbackPath } from '../../src/callbacks/path';
import { isSignedBySinch } from '../../src/callbacks/signature';
import { fingerprintOf } from '../../src/client/fingerprint';
import { createDataConverter } from '../../src/data-converter';
import { parseKeyList } from '../../src/data-converter/keys';

const folder = join(__dirname, '../../packages/contract/vectors');
const read = <T>(file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as T;

interface PayloadJson {
  metadata: Record<string, string>;
  data?: string;
}

const { Payload: PayloadProto } = temporal.api.common.v1;

const payloadOf = ({ metadata, data = '' }: PayloadJson): Payload => ({
  metadata: Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name, Buffer.from(value, 'base64')])),
  data: Buffer.from(data, 'base64'),
});

const jsonOf = ({ metadata, data }: Payload): PayloadJson => ({
  metadata: Object.fromEntries(
    Object.entries(metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString('base64')]),
  ),
  ...(data && data.length > 0 && { data: Buffer.from(data).toString('base64') }),
});

describe('the test vectors of encryption', () => {
  const { keys, vectors, refused } = read<{
    keys: { id: string; key: string }[];
    vectors: { name: string; plain: PayloadJson; encrypted: PayloadJson }[];
    refused: { name: string; encrypted: PayloadJson; reason: string }[];
  }>('encryption.json');
  const source = parseKeyList(keys.map(({ id, key }) => `${id}:${key}`).join(','));
  const [codec] = createDataConverter(source).payloadCodecs;

  /** By the description beside the vectors, and none of our code. */
  function byDescription(payload: PayloadJson): PayloadJson {
    const { metadata, data } = payloadOf(payload);
    const id = Buffer.from(metadata?.['encryption-key-id'] ?? '').toString();
    const key = Buffer.from(keys.find((each) => each.id === id)?.key ?? '', 'base64');
    const bytes = Buffer.from(data ?? '');
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
    decipher.setAAD(Buffer.from(`binary/encrypted\0${id}`)).setAuthTag(bytes.subarray(-16));
    const plain = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
    const inner = PayloadProto.decode(plain);
    const isDeflated = Buffer.from(inner.metadata.encoding ?? '').toString() === 'binary/zlib';
    return jsonOf(isDeflated ? PayloadProto.decode(inflateSync(inner.data)) : inner);
  }

  it.each(vectors)('can be read by the service: $name', async ({ plain, encrypted }) => {
    const [decoded] = await codec!.decode([payloadOf(encrypted)]);
    expect(jsonOf(decoded!)).toEqual(plain);
    expect(byDescription(encrypted)).toEqual(plain);
  });

  it.each(vectors)('are what the service writes, except for the IV: $name', async ({ plain }) => {
    const [encoded] = await codec!.encode([payloadOf(plain)]);
    expect(byDescription(jsonOf(encoded!))).toEqual(plain);
  });

  it.each(refused)('include payloads that must not be read: $name', async ({ encrypted, reason }) => {
    const [decoded] = await codec!.decode([payloadOf(encrypted)]);
    expect(JSON.parse(Buffer.from(decoded!.data ?? '').toString())).toMatchObject({ reason });
  });
});

describe('the test vectors of fingerprints', () => {
  const { vectors } = read<{ vectors: { name: string; request: NumberOrderRequest; fingerprint: string }[] }>(
    'fingerprints.json',
  );

  it.each(vectors)(
    "match the client's fingerprints, so that two languages treat an order as the same: $name",
    (vector) => {
      expect(fingerprintOf(readRequest(vector.request).value!)).toBe(vector.fingerprint);
    },
  );
});

describe('the test vectors of callbacks', () => {
  const { secret, signatures, pathKeyText, paths } = read<{
    secret: string;
    pathKeyText: string;
    signatures: { name: string; body: string; signature: string; genuine: boolean }[];
    paths: { reference: string; attempt: number; path: string }[];
  }>('callbacks.json');

  it.each(signatures)('are accepted or refused by the service as they say: $name', ({ body, signature, genuine }) => {
    expect(isSignedBySinch(secret, Buffer.from(body), signature)).toBe(genuine);
  });

  it.each(paths)('have the path that the service gives to Sinch: $path', ({ reference, attempt, path }) => {
    expect(callbackPath(secret, reference, attempt)).toBe(path);
    const key = createHmac('sha256', secret).update(pathKeyText).digest();
    const mac = createHmac('sha256', key).update(`${reference}/${attempt}`).digest().subarray(0, 16);
    expect(path).toBe(`${reference}/${attempt}/${mac.toString('base64url')}`);
    expect(verifyCallbackPath(secret, path)).toEqual({ reference, attempt });
  });
});

describe('the test vectors of webhooks', () => {
  const { secret, webhooks } = read<{
    secret: string;
    webhooks: { name: string; id: string; timestamp: number; body: string; signature: string; genuine: boolean }[];
  }>('webhooks.json');

  it.each(webhooks)('are signed as the service signs: $name', ({ id, timestamp, body, signature, genuine }) => {
    const signed = new Webhook(secret).sign(id, new Date(timestamp * 1_000), body);
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
    const byDescription = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
    expect([signed === signature, `v1,${byDescription}` === signature]).toEqual([genuine, genuine]);
  });
});
