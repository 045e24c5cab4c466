import ipaddr from 'ipaddr.js';
import type { Canonical } from './canonical.ts';
import { GLOBAL_UNICAST_IPV6, NON_PUBLIC_IPV4, NON_PUBLIC_IPV6 } from './ip-ranges.ts';
import { trimSpace, wholeText } from './text-pattern.ts';

/**
 * The patterns admit only the forms that every program reads alike: an address with a leading zero, a missing part or a zone is
 * a different address, or none, to the next reader.
 */

/** A number of an IPv4 address, without leading zeros. */
export const OCTET = '(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';

/** Dotted quad without leading zeros. */
export const IPV4_PATTERN = `${OCTET}(\\.${OCTET}){3}`;

const GROUP = '[0-9a-fA-F]{1,4}';

/** IPv6 without zone or dotted tail; `::` stands for at least one group. */
export const IPV6_PATTERN = [
  `(${GROUP}:){7}${GROUP}`,
  `:(:${GROUP}){1,7}`,
  '::',
  ...[1, 2, 3, 4, 5, 6].map((before) => `(${GROUP}:){${before}}(:${GROUP}){1,${7 - before}}`),
  `(${GROUP}:){1,7}:`,
].join('|');

const ZERO = '0{1,4}:';

/** Every spelling of `::ffff:`, behind which IPv6 holds an IPv4 address. */
export const MAPPED_PREFIX_PATTERN = `(${[
  `(${ZERO}){5}`,
  `::(${ZERO}){0,4}`,
  ...[1, 2, 3, 4].map((before) => `(${ZERO}){${before}}:(${ZERO}){0,${4 - before}}`),
].join('|')})[fF]{4}:`;

/** IPv4 in IPv6 with a dotted tail. */
export const MAPPED_IPV4_PATTERN = `${MAPPED_PREFIX_PATTERN}${IPV4_PATTERN}`;

const IPV4 = wholeText(IPV4_PATTERN);
const IPV6 = wholeText(IPV6_PATTERN);
const MAPPED_IPV4 = wholeText(MAPPED_IPV4_PATTERN);

const nonPublicIpv4 = NON_PUBLIC_IPV4.map(({ range }) => ipaddr.parseCIDR(range));
const nonPublicIpv6 = NON_PUBLIC_IPV6.map(({ range }) => ipaddr.parseCIDR(range));
const globalUnicast = ipaddr.parseCIDR(GLOBAL_UNICAST_IPV6);

/** A public address: IPv4 as dotted quad, IPv6 as RFC 5952 writes it. IPv4 inside IPv6 is IPv4. */
export function canonicalIp(raw: string): Canonical {
  const text = trimSpace(raw);
  if (IPV4.test(text)) return judgeIpv4(ipaddr.IPv4.parse(text));
  if (!IPV6.test(text) && !MAPPED_IPV4.test(text)) return { reason: 'MALFORMED' };
  const address = ipaddr.IPv6.parse(text);
  return address.isIPv4MappedAddress() ? judgeIpv4(address.toIPv4Address()) : judgeIpv6(address);
}

function judgeIpv4(address: ipaddr.IPv4): Canonical {
  if (nonPublicIpv4.some((range) => address.match(range))) return { reason: 'NON_PUBLIC_IP' };
  return { value: address.toString() };
}

function judgeIpv6(address: ipaddr.IPv6): Canonical {
  if (!address.match(globalUnicast) || nonPublicIpv6.some((range) => address.match(range))) return { reason: 'NON_PUBLIC_IP' };
  return { value: address.toRFC5952String() };
}

/** Whether a canonical address is IPv6, which few destinations take. */
export function isIpv6(canonical: string): boolean {
  return canonical.includes(':');
}
