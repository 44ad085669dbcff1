import { createSecretKey } from 'node:crypto';
import { keyList } from '../support/keys';

/** Of the encrypted histories, whose KYC is made up: no secret, but the same for ever. */
export const recordingKeys = keyList({ id: 'recorded', key: createSecretKey(Buffer.alloc(32, 'recorded histories')) });
