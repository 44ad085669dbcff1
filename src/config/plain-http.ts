import ipaddr from 'ipaddr.js';

/** Whether a URL leads to another host over `http://`: anyone on the path can read and change the traffic. */
export function isPlainHttp(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !isThisMachine(hostname);
}

/** @param hosts names, with or without a port, that are allowed over plain HTTP */
export function isListed(url: string, hosts: readonly string[]): boolean {
  const { hostname, port } = new URL(url);
  return hosts.includes(hostname) || hosts.includes(`${hostname}:${port || 80}`);
}

function isThisMachine(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$|\.$/g, '');
  if (host === 'localhost') return true;
  return ipaddr.isValid(host) && ipaddr.process(host).range() === 'loopback';
}
