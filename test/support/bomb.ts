import { createCipheriv, randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import type { Payload } from '@temporalio/common';
import { encode } from '@temporalio/common/lib/encoding';
import { temporal } from '@temporalio/proto';
import type { EncryptionKey } from '../../src/data-converter/keys';

const { Payload: PayloadProto } = temporal.api.common.v1;

/** What whoever has a key can make, and our own codec never would: a thousandth of what it inflates to, and padding. */
export function bomb(key: EncryptionKey, inflated: Payload, padding = 0): Payload {
  const data = deflateSync(PayloadProto.encode(inflated).finish());
  return sealed(key, { metadata: { encoding: encode('binary/zlib'), padding: new Uint8Array(padding) }, data });
}

/** As many bytes of JSON, of one letter. */
export function letters(bytes: number): Payload {
  return { metadata: { encoding: encode('json/plain') }, data: Buffer.from(`"${'x'.repeat(bytes - 2)}"`) };
}

function sealed({ id, key }: EncryptionKey, payload: Payload): Payload {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(encode(`binary/encrypted\0${id}`));
  const content = [iv, cipher.update(PayloadProto.encode(payload).finish()), cipher.final(), cipher.getAuthTag()];
  return {
    metadata: { encoding: encode('binary/encrypted'), 'encryption-key-id': encode(id) },
    data: Buffer.concat(content),
  };
}
