import { createSecretKey, randomBytes } from 'node:crypto';
import type { Processes } from '../local/processes';
import { codecServer } from '../local/programs';
import { formatKey, KEY_BYTES } from '../src/data-converter/keys';

/**
 * Makes worker, client and both command lines encrypt, under a key that exists only for this demo.
 * @param codecPort where the codec server will listen
 * @param uiUrl of the one page that may ask it
 */
export function encryptionSettings(codecPort: number, uiUrl: string) {
  const token = randomBytes(32).toString('base64url');
  return {
    NUMBER_ORDERS_ENCRYPTION_KEYS: formatKey({ id: 'demo', key: createSecretKey(randomBytes(KEY_BYTES)) }),
    NUMBER_ORDERS_CODEC_ADDRESS: `127.0.0.1:${codecPort}`,
    NUMBER_ORDERS_CODEC_ORIGIN: uiUrl,
    NUMBER_ORDERS_CODEC_TOKEN: token,
    // These two are the temporal CLI's own.
    TEMPORAL_CODEC_ENDPOINT: `http://127.0.0.1:${codecPort}`,
    TEMPORAL_CODEC_AUTH: `Bearer ${token}`,
  };
}

/** @param settings of {@link encryptionSettings} */
export async function startCodecServer(processes: Processes, settings: Record<string, string>): Promise<void> {
  const codec = codecServer(settings);
  await processes.start(codec).whenReady(codec.isReady);
}
