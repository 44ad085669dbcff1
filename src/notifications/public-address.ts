import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Thrown out of a connection attempt whose host stands for an address that is not public. Names no address. */
export class AddressNotPublicError extends Error {
  override readonly name = 'AddressNotPublicError';

  constructor() {
    super('The host resolves to an address that is not public');
  }
}

/** Whether an IP address can be reached by anyone: not loopback, private, link-local, carrier-grade, reserved, tunnelled … */
export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}

/**
 * A DNS lookup for an agent's connections that refuses a host if any of its addresses is not public. Checked here, at the
 * connection itself, because a name that is looked up once to check it and once to connect can answer differently
 * (DNS rebinding). It is not asked for literal addresses: whoever uses it must refuse those.
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
