import { METADATA_ENCODING_KEY, type Payload, type PayloadCodec } from '@temporalio/common';
import { encode } from '@temporalio/common/lib/encoding';
import { allowanceOfList, type Allowance } from './compression';
import { encodingOf } from './encoding';
import { decrypt, encrypt, ENCRYPTED } from './encryption';
import type { KeySource } from './keys';
import { UNDECODABLE_ENCODING, type UndecodableDetails } from './undecodable';
import { UNENCRYPTED_METADATA } from './unencrypted';

/**
 * Encrypts payloads on their way to Temporal and decrypts them on their way back. Plain ones pass, so that encryption can
 * be switched on while orders are open.
 *
 * What cannot be decrypted is handed to the payload converter as a payload that says so: a throw here would fail every
 * workflow task before any handler runs. That is why the codec also stands where there are no keys: without it, a worker
 * that was started without them would take ciphertext for an unknown encoding, which is nothing to wait for.
 */
export class EncryptionCodec implements PayloadCodec {
  /** @param onUndecodable told of each payload that cannot be decrypted, each time */
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

  /** One after the other: what one of a list may inflate to depends on those before it. */
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

/** Nobody but us may speak for us, be it in plain text or under our keys: as good as no encoding at all. */
const COUNTERFEIT: Payload = { metadata: {}, data: new Uint8Array() };

function arrivedPlain(payload: Payload): Payload {
  const plain = knownOf(payload);
  return { ...plain, metadata: { ...plain.metadata, [UNENCRYPTED_METADATA]: encode('true') } };
}

/** What is read of a payload: a sender can put much else into one. */
function knownOf({ metadata, data }: Payload): Payload {
  const encoding = metadata?.[METADATA_ENCODING_KEY];
  return { metadata: encoding ? { [METADATA_ENCODING_KEY]: encoding } : {}, data: data ?? null };
}

/** What only codec and converter may tell each other must not go out. */
function withoutOurMarks(payload: Payload): Payload {
  const { [UNENCRYPTED_METADATA]: _, ...metadata } = payload.metadata ?? {};
  return { ...payload, metadata };
}

/** Twice what is in any list of ours: a message has one argument, a workflow or an activity two. */
const MOST_PAYLOADS = 4;

/** A sender can put a million empty payloads into 2 MB. None after the first few is looked at. */
function withoutSurplus(payloads: Payload[]): Payload[] {
  return payloads.length > MOST_PAYLOADS ? payloads.slice(0, MOST_PAYLOADS) : payloads;
}
