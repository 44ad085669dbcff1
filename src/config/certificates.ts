import { X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import type { ClientConfigTLS } from '@temporalio/envconfig';
import type { TemporalSettings } from './client-types';
import { ConfigurationError } from './configuration-error';

const CERTIFICATE = 'TEMPORAL_TLS_CLIENT_CERT_PATH';
const KEY = 'TEMPORAL_TLS_CLIENT_KEY_PATH';
const AUTHORITY = 'TEMPORAL_TLS_SERVER_CA_CERT_PATH';

/** @throws {ConfigurationError} for what no connection can be made with: the SDK would name no setting, or leave the certificate out */
export function checkCertificates(stated: ClientConfigTLS, tls: TemporalSettings['connectionOptions']['tls']): void {
  if (!tls || tls === true) return;
  const problems: string[] = [];
  if (!stated.clientCert !== !stated.clientKey) {
    const [set, missing] = stated.clientCert ? [CERTIFICATE, KEY] : [KEY, CERTIFICATE];
    problems.push(`${missing} is missing: ${set} is set and needs it`);
  }
  const { serverRootCACertificate: ca, clientCertPair: pair } = tls;
  if (ca && !holds(() => new X509Certificate(ca))) problems.push(`${AUTHORITY} must name a certificate in PEM`);
  if (pair && !holds(() => new X509Certificate(pair.crt)))
    problems.push(`${CERTIFICATE} must name a certificate in PEM`);
  else if (pair && !holds(() => createSecureContext({ cert: Buffer.from(pair.crt), key: Buffer.from(pair.key) })))
    problems.push(`${KEY} must name the key of the certificate of ${CERTIFICATE}, in PEM, without a passphrase`);
  if (problems.length > 0) throw new ConfigurationError(problems);
}

function holds(check: () => unknown): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}
