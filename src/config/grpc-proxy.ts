import { BlockList, isIPv4 } from 'node:net';
import type { TemporalSettings } from './client-types';
import { ConfigurationError } from './configuration-error';
import type { Environment } from './read-settings';

/**
 * The proxy on the way to Temporal, by the variables that gRPC's own client reads: `grpc_proxy`, and `no_grpc_proxy` or
 * `no_proxy`. `https_proxy` is Sinch's. A worker knows none of them by itself.
 * @throws {ConfigurationError}
 */
export function grpcProxy(env: Environment, address: string): TemporalSettings['connectionOptions']['proxy'] {
  const { grpc_proxy: proxy } = env;
  if (!proxy || goesPast(address, env.no_grpc_proxy ?? env.no_proxy ?? '')) return undefined;
  const url = URL.canParse(proxy) ? new URL(proxy) : undefined;
  if (url?.protocol !== 'http:' || url.hostname === '') {
    // Not the value: it may have a password in it.
    throw new ConfigurationError(['grpc_proxy must be http://host:port, also with name:password@ before the host']);
  }
  const [username, password] = [url.username, url.password].map(decodeURIComponent);
  return {
    type: 'http-connect',
    targetHost: `${url.hostname}:${url.port || '80'}`,
    ...(username && { basicAuth: { username, password: password ?? '' } }),
  };
}

/** By the end of the host's name, or by its network. */
function goesPast(address: string, list: string): boolean {
  const host = address.replace(/:\d+$/, '');
  const entries = list.split(',').map((entry) => entry.trim());
  return entries.some((entry) => entry !== '' && (host.endsWith(entry) || isInNetwork(host, entry)));
}

function isInNetwork(host: string, entry: string): boolean {
  const [network = '', bits = ''] = entry.split('/');
  if (!isIPv4(host) || !isIPv4(network) || !/^([12]?\d|3[0-2])$/.test(bits)) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(bits), 'ipv4');
  return list.check(host);
}
