import { METADATA_ENCODING_KEY, type Payload, type PayloadCodec } from '@temporalio/common';
import { encode } from '@temporalio/common/lib/encoding';
import { allowanceOfList, type Allowance } from './compression';
import { encodingOf } from './encoding';
import { decrypt, encrypt, ENCRYPTED } from './encryption';
import type { KeySource } from './keys';
import { UNDECODABLE_ENCODING, type UndecodableDetails } from './undecodable';
import { UNENCRYPTED_METADATA } from './unencrypted';

/**
 * Encrypts payloads to Temporal and decrypts those from it. Plain ones pass, so that encryption can be switched on while orders
 * are open.
 *
 * A payload that cannot be decrypted is passed to the payload converter as a marked one: a throw here would fail every workflow
 * task before any handler runs. For the same reason the codec is used without keys too: otherwise such a worker would take
 * ciphertext for an unknown encoding, and not wait for the key.
 */
export class EncryptionCodec implements PayloadCodec {
  /** @param onUndecodable called for each payload that cannot be decrypted, each time */
  constructor(
    private readonly keys?: KeySource,
    private readonly onUndecodable?: (details: UndecodableDetails) => void,
  ) {}

  async encode(payloads: Payload[]): Promise<Payload[]> {
    const own = withoutSurplus(payloads).map(withoutOurMarks);
    if (!this.keys || own.length === 0) return own;
    const key = await this.keys.current();
    return Promise.all(own.map((payload) => encrypt(key, payload)));
  }

  /** In sequence: how far a payload may inflate depends on those before it. */
  async decode(payloads: Payload[]): Promise<Payload[]> {
    const allowance = allowanceOfList();
    const decoded: Payload[] = [];
    for (const payload of withoutSurplus(payloads)) decoded.push(await this.decodeOne(payload, allowance));
    return decoded;
  }

  private async decodeOne(payload: Payload, allowance: Allowance): Promise<Payload> {
    const encoding = encodingOf(payload);
    if (encoding === UNDECODABLE_ENCODING) return COUNTERFEIT;
    if (encoding !== ENCRYPTED) return this.keys ? arrivedPlain(payload) : knownOf(payload);
    const decrypted = await decrypt(this.keys, payload, allowance);
    if (!('reason' in decrypted)) {
      return encodingOf(decrypted) === UNDECODABLE_ENCODING ? COUNTERFEIT : knownOf(decrypted);
    }
    this.onUndecodable?.(decrypted);
    return {
      metadata: { [METADATA_ENCODING_KEY]: encode(UNDECODABLE_ENCODING) },
      data: encode(JSON.stringify(decrypted)),
    };
  }
}

/** Our internal encodings are refused from outside, plain or encrypted, as an unknown encoding. */
const COUNTERFEIT: Payload = { metadata: {}, data: new Uint8Array() };

function arrivedPlain(payload: Payload): Payload {
  const plain = knownOf(payload);
  return { ...plain, metadata: { ...plain.metadata, [UNENCRYPTED_METADATA]: encode('true') } };
}

/** The fields of a payload that are read: a sender can add others. */
function knownOf({ metadata, data }: Payload): Payload {
  const encoding = metadata?.[METADATA_ENCODING_KEY];
  return { metadata: encoding ? { [METADATA_ENCODING_KEY]: encoding } : {}, data: data ?? null };
}

/** Internal marks between codec and converter must not leave the process. */
function withoutOurMarks(payload: Payload): Payload {
  const { [UNENCRYPTED_METADATA]: _, ...metadata } = payload.metadata ?? {};
  return { ...payload, metadata };
}

/** Twice the length of any list of ours: a message has one argument, a workflow or an activity two. */
const MOST_PAYLOADS = 4;

/** A sender can put a million empty payloads into 2 MB. Only the first few are read. */
function withoutSurplus(payloads: Payload[]): Payload[] {
  return payloads.length > MOST_PAYLOADS ? payloads.slice(0, MOST_PAYLOADS) : payloads;
}
