import { isPublicAddress, publicAddressesOnly } from '../../src/notifications/public-address';

describe('An address for notifications', () => {
  it.each(['203.0.114.1', '8.8.8.8', '2606:4700::1111', '64:ff9b::808:808', '::ffff:8.8.8.8'])(
    'is accepted if it is public, such as %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each([
    ['loopback', '127.0.0.1'],
    ['loopback, IPv6', '::1'],
    ['loopback, mapped', '::ffff:127.0.0.1'],
    ['private', '10.1.2.3'],
    ['private', '172.16.0.1'],
    ['private', '192.168.1.1'],
    ['unique local', 'fd00::1'],
    ['link-local, where clouds keep credentials', '169.254.169.254'],
    ['link-local, IPv6', 'fe80::1'],
    ['carrier-grade NAT', '100.64.0.1'],
    ['unspecified', '0.0.0.0'],
    ['unspecified, IPv6', '::'],
    ['broadcast', '255.255.255.255'],
    ['multicast', '224.0.0.1'],
    ['loopback behind NAT64', '64:ff9b::7f00:1'],
    ['private behind NAT64', '64:ff9b::a00:1'],
    ['credentials behind NAT64', '64:ff9b::a9fe:a9fe'],
    ['NAT64 of a local network', '64:ff9b:1::808:808'],
    ['loopback, IPv4-compatible', '::7f00:1'],
    ['public, IPv4-compatible, which is routed nowhere', '::808:808'],
    ['translated loopback', '::ffff:0:7f00:1'],
    ['Teredo', '2001::1'],
    ['a metadata server, Azure', '168.63.129.16'],
    ['a metadata server, Azure, mapped', '::ffff:168.63.129.16'],
    ['a metadata server, Oracle', '192.0.0.192'],
    ['a metadata server, Alibaba', '100.100.100.200'],
    ['a metadata server, Amazon, IPv6', 'fd00:ec2::254'],
    ['a metadata server, Google, IPv6', 'fd20:ce::254'],
    ['site-local', 'fec0::1'],
    ['documentation', '2001:db8::1'],
    ['documentation', '3fff::1'],
    ['not assigned', '4000::1'],
    ['6to4', '2002:7f00:1::'],
    ['no address', 'localhost'],
  ])('is refused if it is %s (%s)', (_name, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each([true, false])('is looked up when the connection is made, with all: %p', async (all) => {
    const outcome = await new Promise((resolve) =>
      publicAddressesOnly('localhost', { all }, (error) => resolve(error)),
    );
    expect(outcome).toMatchObject({ name: 'AddressNotPublicError' });
  });
});
