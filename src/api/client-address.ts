import { BlockList, isIP } from 'node:net';

/**
 * The address of the client: that of the connection, or where that is a proxy of ours, the last in X-Forwarded-For that is none. Others
 * may write into that header what they like, before what our proxies add.
 */
export function clientAddress(
  remote: string | undefined,
  forwarded: string | undefined,
  trusted: (address: string) => boolean,
): string | null {
  const own = plain(remote);
  if (own === null || !trusted(own)) return own;
  const chain = (forwarded ?? '').split(',').map((part) => plain(part.trim()));
  for (const address of chain.reverse()) {
    if (address === null) return own;
    if (!trusted(address)) return address;
  }
  return own;
}

/** Tells the addresses of proxies, given as addresses and as networks such as 10.0.0.0/8. */
export function proxyTest(proxies: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const proxy of proxies) {
    const [network = '', bits] = proxy.split('/');
    const family = network.includes(':') ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(network, family);
    else list.addSubnet(network, Number(bits), family);
  }
  return (address) => list.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
}

/** An address without the clothes in which version 4 comes over version 6; null when it is none. */
function plain(text: string | undefined): string | null {
  const address = text?.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  return address !== undefined && isIP(address) !== 0 ? address : null;
}
