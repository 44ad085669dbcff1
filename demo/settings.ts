import { createSecretKey, randomBytes } from 'node:crypto';
import { localSettings, type Addresses } from '../local/environment';
import { formatKey, KEY_BYTES } from '../src/data-converter/keys';

/** Waits so short that a person can watch. */
export function demoSettings(addresses: Addresses): Record<string, string> {
  return {
    ...localSettings(addresses),
    NUMBER_ORDERS_SHUTDOWN_GRACE: '1 second',
    NUMBER_ORDERS_SETTLE_TIME: '2 seconds',
    NUMBER_ORDERS_CORRECTION_QUIET: '2 seconds',
    NUMBER_ORDERS_UPLOAD_POLL: '1 second',
    NUMBER_ORDERS_UPLOAD_POLL_MAX: '1 second',
    NUMBER_ORDERS_REVIEW_POLL: '1 second',
    NUMBER_ORDERS_REVIEW_POLL_MAX: '1 second',
    NUMBER_ORDERS_PROVISIONING_POLL: '1 second',
    NUMBER_ORDERS_PROVISIONING_POLL_MAX: '1 second',
  };
}

/** @param port where the KYC page will be served */
export function intakeSettings(port: number): Record<string, string> {
  const token = randomBytes(32).toString('hex');
  return {
    NUMBER_ORDERS_INTAKE_ADDRESS: `127.0.0.1:${port}`,
    NUMBER_ORDERS_INTAKE_URL: `http://127.0.0.1:${port}`,
    NUMBER_ORDERS_INTAKE_KEYS: formatKey({ id: 'demo', key: createSecretKey(randomBytes(KEY_BYTES)) }),
    NUMBER_ORDERS_INTAKE_TOKENS: `demo:documents+links+read:${token}`,
    NUMBER_ORDERS_INTAKE_TOKEN: token,
    NUMBER_ORDERS_INTAKE_RETURN_HOSTS: 'shop.example',
    NUMBER_ORDERS_INTAKE_NAME: 'Example Telecom',
    NUMBER_ORDERS_INTAKE_CONTROLLER: 'Example Telecom Pty Ltd, Melbourne',
    NUMBER_ORDERS_INTAKE_PRIVACY_NOTICE: 'https://telecom.example/privacy',
  };
}
