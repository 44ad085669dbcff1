import { BlockList, isIP, isIPv6 } from 'node:net';

/** A list of IP addresses and networks such as `10.0.0.0/8`. */
export class AddressList {
  readonly #list = new BlockList();

  /** @throws {Error} naming the entry that is neither an address nor a network. */
  constructor(entries: readonly string[]) {
    for (const entry of entries) this.#add(entry);
  }

  includes(address: string): boolean {
    return isIP(address) !== 0 && this.#list.check(address, familyOf(address));
  }

  #add(entry: string): void {
    const [address = '', prefix] = entry.split('/');
    const family = familyOf(address);
    const bits = Number(prefix ?? (family === 'ipv6' ? 128 : 32));
    const known = isIP(address) !== 0 && Number.isInteger(bits) && bits >= 0 && bits <= (family === 'ipv6' ? 128 : 32);
    if (!known || prefix === '') {
      throw new Error(`${entry} is neither an IP address nor a network such as 10.0.0.0/8`);
    }
    this.#list.addSubnet(address, bits, family);
  }
}

/**
 * The sender of a request: the peer, or, behind a trusted proxy, the last address in X-Forwarded-For that is not a trusted
 * proxy's. Everything to the left was written by the sender and cannot be trusted.
 */
export function senderOf(peer: string, forwardedFor: string | undefined, trustedProxies: AddressList): string {
  const hops = [...(forwardedFor?.split(',').map((hop) => hop.trim()) ?? []), peer];
  return hops.findLast((hop) => !trustedProxies.includes(hop)) ?? peer;
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}
