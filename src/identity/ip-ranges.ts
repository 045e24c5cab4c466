/** Address ranges that no household is reached at, with why. The warehouse judges the same ranges by text, see ip-sql.ts. */

interface IpRange {
  readonly range: string;
  readonly use: string;
}

export const NON_PUBLIC_IPV4: readonly IpRange[] = [
  { range: '0.0.0.0/8', use: 'this network' },
  { range: '10.0.0.0/8', use: 'private' },
  { range: '100.64.0.0/10', use: 'carrier-grade NAT' },
  { range: '127.0.0.0/8', use: 'loopback' },
  { range: '169.254.0.0/16', use: 'link-local' },
  { range: '172.16.0.0/12', use: 'private' },
  { range: '192.0.0.0/24', use: 'protocol assignments' },
  { range: '192.0.2.0/24', use: 'documentation' },
  { range: '192.88.99.0/24', use: '6to4 relays' },
  { range: '192.168.0.0/16', use: 'private' },
  { range: '198.18.0.0/15', use: 'benchmarking' },
  { range: '198.51.100.0/24', use: 'documentation' },
  { range: '203.0.113.0/24', use: 'documentation' },
  { range: '224.0.0.0/4', use: 'multicast' },
  { range: '240.0.0.0/4', use: 'reserved, broadcast' },
];

/** The only part of IPv6 that is handed out; loopback, unique local, link-local and multicast addresses are outside. */
export const GLOBAL_UNICAST_IPV6 = '2000::/3';

/** Parts of global unicast that are not public. */
export const NON_PUBLIC_IPV6: readonly IpRange[] = [
  { range: '2001::/23', use: 'protocol assignments, among them Teredo (2001::/32)' },
  { range: '2001:db8::/32', use: 'documentation' },
  { range: '2002::/16', use: '6to4' },
  { range: '3fff::/20', use: 'documentation' },
];
