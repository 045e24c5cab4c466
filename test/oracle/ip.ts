/** IP addresses by the texts of RFC 1918, 6598, 6890, 3927, 4193, 4291, 5952, without any library. */

interface Address {
  /** Dotted IPv4, or IPv6 in the spelling of RFC 5952. An IPv4-mapped address is its IPv4. */
  readonly text: string;
  readonly version: 4 | 6;
  readonly isPublic: boolean;
}

function parseIpv4(text: string): number[] | null {
  const parts = text.split('.');
  if (parts.length !== 4) return null;
  // No leading zeros: some readers take them for octal.
  if (!parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)) return null;
  return parts.map(Number);
}

/** The eight groups, or null. */
function parseIpv6(text: string): number[] | null {
  let input = text.toLowerCase();
  const dotted = /^(.*:)([\d.]*\.[\d.]*)$/.exec(input);
  if (dotted !== null) {
    const [, head = '', tail = ''] = dotted;
    const bytes = parseIpv4(tail);
    if (bytes === null) return null;
    const [a = 0, b = 0, c = 0, d = 0] = bytes;
    input = `${head}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  }
  const halves = input.split('::');
  if (halves.length > 2) return null;
  const groupsOf = (half: string) => (half === '' ? [] : half.split(':'));
  const left = groupsOf(halves[0] ?? '');
  const right = groupsOf(halves[1] ?? '');
  if (![...left, ...right].every((group) => /^[0-9a-f]{1,4}$/.test(group))) return null;
  const missing = 8 - left.length - right.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  return [...left, ...Array<string>(missing).fill('0'), ...right].map((group) => Number.parseInt(group, 16));
}

function spellIpv6(groups: readonly number[]): string {
  // The longest run of two or more zero groups becomes `::`; the first one when several are as long.
  let best = { start: -1, length: 1 };
  for (let start = 0; start < 8; start += 1) {
    let length = 0;
    while (start + length < 8 && groups[start + length] === 0) length += 1;
    if (length > best.length) best = { start, length };
  }
  const hex = groups.map((group) => group.toString(16));
  if (best.start < 0) return hex.join(':');
  return `${hex.slice(0, best.start).join(':')}::${hex.slice(best.start + best.length).join(':')}`;
}

const NON_PUBLIC_IPV4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/** Inside 2000::/3, which alone is global unicast: IETF protocols with Teredo, 6to4, documentation. */
const NON_PUBLIC_IPV6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

function bitsOf(numbers: readonly number[], width: number): string {
  return numbers.map((number) => number.toString(2).padStart(width, '0')).join('');
}

// Once, since logs hold hundreds of thousands of addresses.
const NON_PUBLIC_BITS_IPV4 = NON_PUBLIC_IPV4.map(([base, length]) => bitsOf(parseIpv4(base) ?? [], 8).slice(0, length));
const NON_PUBLIC_BITS_IPV6 = NON_PUBLIC_IPV6.map(([base, length]) => bitsOf(parseIpv6(base) ?? [], 16).slice(0, length));

function isPublicIpv4(bytes: readonly number[]): boolean {
  const bits = bitsOf(bytes, 8);
  return !NON_PUBLIC_BITS_IPV4.some((range) => bits.startsWith(range));
}

function isPublicIpv6(groups: readonly number[]): boolean {
  const bits = bitsOf(groups, 16);
  if (!bits.startsWith('001')) return false;
  return !NON_PUBLIC_BITS_IPV6.some((range) => bits.startsWith(range));
}

/** Null when the text is no address. */
export function parseAddress(text: string): Address | null {
  const bytes = parseIpv4(text);
  if (bytes !== null) return { text: bytes.join('.'), version: 4, isPublic: isPublicIpv4(bytes) };
  const groups = parseIpv6(text);
  if (groups === null) return null;
  const [, , , , , mapped, high = 0, low = 0] = groups;
  if (mapped === 0xffff && groups.slice(0, 5).every((group) => group === 0)) {
    const inner = [high >> 8, high & 255, low >> 8, low & 255];
    return { text: inner.join('.'), version: 4, isPublic: isPublicIpv4(inner) };
  }
  return { text: spellIpv6(groups), version: 6, isPublic: isPublicIpv6(groups) };
}
