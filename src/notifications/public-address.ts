import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Thrown by a connection attempt whose host resolves to an address that is not public. Names no address. */
export class AddressNotPublicError extends Error {
  override readonly name = 'AddressNotPublicError';

  constructor() {
    super('The host resolves to an address that is not public');
  }
}

/** The public range of IPv6. Outside it are forms of IPv4 addresses, such as `::7f00:1`. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/** NAT64: how an IPv6-only network addresses an IPv4-only host. The IPv4 address is the last 32 bits. */
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/** Public by its range, but the metadata server of every virtual machine on Azure. */
const METADATA_SERVERS = ['168.63.129.16'];

/** Whether an IP address can be reached by anyone: not loopback, private, link-local, carrier-grade, reserved, tunnelled … */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const ip = ipaddr.process(address);
  if (ip instanceof ipaddr.IPv4) return ip.range() === 'unicast' && !METADATA_SERVERS.includes(ip.toString());
  if (ip.match(NAT64)) return isPublicAddress(ipaddr.fromByteArray(ip.toByteArray().slice(-4)).toString());
  return ip.match(GLOBAL_UNICAST) && ip.range() === 'unicast';
}

/**
 * A DNS lookup for an agent's connections that refuses a host if any of its addresses is not public. Checked here, at the
 * connection itself, because a name that is looked up once to check it and once to connect can answer differently (DNS
 * rebinding). It is not called for literal addresses: the caller must refuse those.
 */
export const publicAddressesOnly: LookupFunction = (hostname, options, callback) => {
  systemLookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) {
      callback(error, []);
      return;
    }
    const [first] = addresses;
    if (!first || !addresses.every(({ address }) => isPublicAddress(address))) {
      callback(new AddressNotPublicError(), []);
    } else if (options.all) {
      callback(null, addresses);
    } else {
      callback(null, first.address, first.family);
    }
  });
};
