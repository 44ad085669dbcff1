import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import type { TemporalSettings } from '../config/client-types';

type Way = Pick<TemporalSettings['connectionOptions'], 'address' | 'tls' | 'proxy'>;
type Tls = Exclude<Way['tls'], boolean | null | undefined>;

const PATIENCE_MS = 3_000;
/** Of an HTTP/2 client, with settings that change nothing: some servers say nothing before. */
const FIRST_WORDS = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0', 'latin1');
/** The type of an HTTP/2 server's first frame. */
const SETTINGS = 4;
const USUAL = 'check TEMPORAL_ADDRESS and that the server is up';
const TURNED_DOWN = 'it is there and takes no call: check TEMPORAL_NAMESPACE and TEMPORAL_API_KEY';
const CERTIFICATE = 'TEMPORAL_TLS_CLIENT_CERT_PATH';

/**
 * What to change for Temporal to be reached, by the settings' names. The SDK's own errors say that there is no connection; a
 * handshake tried anew shows why.
 */
export async function howToReach({ address = 'localhost:7233', tls, proxy }: Way): Promise<string> {
  if (proxy) return `${USUAL}, and that ${proxy.targetHost}, the proxy of grpc_proxy, lets it through`;
  const given = tls && tls !== true ? tls : {};
  const { connected, failed } = tls
    ? await handshake(address, inNodesWords(given))
    : await handshake(address, undefined);
  if (!failed) return TURNED_DOWN;
  if (tls) return remedy(given, connected, failed);
  return connected ? 'it may want TLS: set TEMPORAL_TLS=true, and the certificates it asks for' : USUAL;
}

function remedy(tls: Tls, connected: boolean, { code = '' }: NodeJS.ErrnoException): string {
  if (code === 'CERT_HAS_EXPIRED') return "the server's certificate has expired: renew it there";
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return "the server's certificate is not for this name: set TEMPORAL_TLS_SERVER_NAME to one that it is for";
  if (/SELF_SIGNED|VERIFY_LEAF|ISSUER_CERT/.test(code))
    return "the server's certificate is of an authority not trusted here: set TEMPORAL_TLS_SERVER_CA_CERT_PATH to its certificate";
  if (code.includes('WRONG_VERSION')) return 'it speaks no TLS: unset TEMPORAL_TLS and all TEMPORAL_TLS_…';
  if (code === 'ABORT_ERR') return USUAL;
  // By TLS 1.3 a server looks at the client's certificate when the client takes the connection for made.
  if (!connected && !code.includes('ALERT')) return USUAL;
  if (!tls.clientCertPair) return `it wants a client certificate: set ${CERTIFICATE} and TEMPORAL_TLS_CLIENT_KEY_PATH`;
  const { validTo } = new X509Certificate(tls.clientCertPair.crt);
  if (Date.parse(validTo) < Date.now())
    return `the certificate of ${CERTIFICATE} has expired (${validTo}): renew it and start again`;
  return `it refuses the certificate of ${CERTIFICATE}: give one of an authority that the server trusts`;
}

function inNodesWords({ serverNameOverride, serverRootCACertificate, clientCertPair }: Tls): ConnectionOptions {
  return {
    ...(serverNameOverride !== undefined && { servername: serverNameOverride }),
    ...(serverRootCACertificate && { ca: Buffer.from(serverRootCACertificate) }),
    ...(clientCertPair && { cert: Buffer.from(clientCertPair.crt), key: Buffer.from(clientCertPair.key) }),
  };
}

/** Whether a connection was made, and what became of it before the server's first word; undefined: nothing bad. */
async function handshake(address: string, tls: ConnectionOptions | undefined) {
  let connected = false;
  let socket: Socket | undefined;
  try {
    const { hostname, port } = new URL(`tcp://${address}`);
    const where = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 7233) };
    const open = (socket = tls ? connectTls({ ...where, ...tls, ALPNProtocols: ['h2'] }) : connect(where));
    open.on('error', () => undefined);
    open.once(tls ? 'secureConnect' : 'connect', () => {
      connected = true;
      open.write(FIRST_WORDS);
    });
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const closed = once(open, 'close', { signal }).then(() => Promise.reject(new Error('closed')));
    const [answer] = (await Promise.race([once(open, 'data', { signal }), closed])) as [Buffer];
    if (answer[3] !== SETTINGS) throw new Error('not HTTP/2');
    return { connected, failed: undefined };
  } catch (error) {
    return { connected, failed: error as NodeJS.ErrnoException };
  } finally {
    socket?.destroy();
  }
}
