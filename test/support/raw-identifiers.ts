import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import type { IdentifierKind } from '../../src/identity/identifier-kind.ts';
import { NON_PUBLIC_IPV4, NON_PUBLIC_IPV6 } from '../../src/identity/ip-ranges.ts';
import { ZERO_ID_DIGESTS } from '../../src/identity/maid.ts';

/** Generators of texts that a source's identifier column may hold: identifiers in many spellings, and what nearly is one. */

const space = fc.constantFrom('', '', '', ' ', '\t', '\r\n', ' \v\f', '\u00a0', '\u2003');
/** Characters that betray a sloppy reader: other digits, letters that fold to ASCII ones, separators, controls. */
const odd = fc.constantFrom(
  ...Array.from(' \t\n\u0000\u007f\u00a0\u2028\ufeff-‐{}[]()<>%$:;.,|"\'`\\/=+_0159afgAFGzZ'),
  ...['\u212a', '\u0130', '\u017f', '\u0131', '\uff11', '\u0661', '\u{1d7d9}', '\u{1f600}'],
);
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc.string({ maxLength: 50 }),
  fc.array(odd, { maxLength: 12 }).map((parts) => parts.join('')),
);

function pad(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(space, text, space).map((parts) => parts.join(''));
}

/** The text with one to three characters put in, replaced or taken away. */
function damaged(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const edit = fc.record({ at: fc.nat({ max: 80 }), remove: fc.constantFrom(0, 1), insert: fc.oneof(fc.constant(''), odd) });
  return fc.tuple(text, fc.array(edit, { minLength: 1, maxLength: 3 })).map(([original, edits]) => {
    const characters = Array.from(original);
    for (const { at, remove, insert } of edits) characters.splice(at % (characters.length + 1), remove, insert);
    return characters.join('');
  });
}

function anyCase(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(text, fc.constantFrom('lower', 'upper', 'mixed'), fc.infiniteStream(fc.boolean()))
    .map(([original, how, flips]) =>
      Array.from(original, (letter) => {
        const up = how === 'mixed' ? flips.next().value === true : how === 'upper';
        return up ? letter.toUpperCase() : letter.toLowerCase();
      }).join(''),
    );
}

const blank = anyCase(fc.constantFrom('', '0', 'null', 'unknown'));

const hex = (length: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...'0123456789abcdef'), { minLength: length, maxLength: length }).map((digits) => digits.join(''));

function separated(digits: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const groups = (text: string): string => text.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  const scattered = fc
    .tuple(digits, fc.array(fc.tuple(fc.nat({ max: 70 }), fc.constantFrom('-', '{', '}', ' ', '\t', '--')), { maxLength: 6 }))
    .map(([text, marks]) => marks.reduce((all, [at, mark]) => all.slice(0, at) + mark + all.slice(at), text));
  return fc.oneof(
    digits.map(groups),
    digits,
    digits.map((text) => `{${groups(text)}}`),
    scattered,
  );
}

const deviceDigits = fc.oneof(
  { weight: 4, arbitrary: hex(32) },
  fc.constantFrom(...'0123456789abcdef').map((digit) => digit.repeat(32)),
  hex(12).map((tail) => `12345678123412341234${tail}`),
  fc.constantFrom(...ZERO_ID_DIGESTS),
  fc.constantFrom(30, 31, 33, 40, 64).chain(hex),
);
const device = fc.oneof(
  { weight: 6, arbitrary: anyCase(separated(deviceDigits)) },
  anyCase(fc.tuple(fc.constantFrom('sys-', 'sys', '{sys-', 's-ys-'), anyText).map((parts) => parts.join(''))),
);

const octet = fc.oneof(
  fc.nat({ max: 260 }),
  fc.constantFrom(0, 2, 10, 63, 64, 88, 99, 100, 113, 127, 128, 168, 169, 172, 192, 198, 203, 223, 224, 255),
);
const ipv4 = fc.array(octet, { minLength: 4, maxLength: 4 }).map((octets) => octets.join('.'));
const sloppyIpv4 = fc
  .array(fc.tuple(fc.constantFrom('', '', '', '0', '00', '0x', '+', ' '), octet), { minLength: 2, maxLength: 5 })
  .map((parts) => parts.map((part) => part.join('')).join('.'));

/** The first and last addresses of every range and their neighbours outside, as numbers. */
function edges(range: string): bigint[] {
  const [base, length] = ipaddr.parseCIDR(range);
  const first = base.toByteArray().reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  const last = first + 2n ** BigInt(base.toByteArray().length * 8 - length) - 1n;
  return [first - 1n, first, first + 1n, last - 1n, last, last + 1n];
}

const ipv4Edges = NON_PUBLIC_IPV4.flatMap(({ range }) => edges(range)).map((value) =>
  [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.'),
);
const ipv6Edges = [
  ...NON_PUBLIC_IPV6.map(({ range }) => range),
  '2000::/3',
  '::/128',
  '::ffff:0:0/96',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
  '100::/64',
]
  .flatMap(edges)
  .filter((value) => value >= 0n && value < 2n ** 128n)
  .map((value) => value.toString(16).padStart(32, '0'));

/** The ends of every range and their neighbours. */
export const addressEdges: readonly string[] = [
  ...ipv4Edges,
  ...ipv6Edges.map((digits) => digits.replace(/(.{4})(?!$)/g, '$1:')),
];

const group = fc.oneof(
  { weight: 3, arbitrary: fc.constant('0000') },
  hex(4),
  hex(1).map((digit) => `000${digit}`),
  hex(2).map((digits) => `0${digits}0`),
);
const firstGroup = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('2600', '2a00', '2001', '2002', '3fff', '2000') },
  fc.constantFrom('0000', '1fff', '4000', 'fc00', 'fe80', 'ff02'),
  hex(4),
);
const secondGroup = fc.oneof(fc.constantFrom('0000', '0001', '01ff', '0200', '0db8', '0db7', '0fff', '1000', '4860'), group);
const mapped = fc
  .oneof(
    ipv4.map((text) =>
      text
        .split('.')
        .map((part) => (Number(part) & 255).toString(16).padStart(2, '0'))
        .join(''),
    ),
    hex(4).map((digits) => `${digits}0000`),
  )
  .map((tail) => `00000000000000000000ffff${tail}`);
const ipv6Digits = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(firstGroup, secondGroup, group, group, group, group, group, group).map((groups) => groups.join('')),
  },
  { weight: 1, arbitrary: fc.constantFrom(...ipv6Edges) },
  { weight: 1, arbitrary: mapped },
);

/** One of the many spellings of an IPv6 address: zeros dropped or not, some run of zero groups as `::`, or none. */
const ipv6 = anyCase(
  fc
    .tuple(ipv6Digits, fc.infiniteStream(fc.boolean()), fc.nat({ max: 7 }), fc.nat({ max: 8 }), fc.boolean())
    .map(([digits, flips, from, most, gap]) => {
      const groups = digits.match(/.{4}/g) ?? [];
      const spelled = groups.map((text) => (flips.next().value === true ? text.replace(/^0{1,3}/, '') : text));
      const wanted = groups.slice(from, from + most).findIndex((text) => text !== '0000');
      const run = wanted < 0 ? Math.min(most, 8 - from) : wanted;
      if (!gap || run === 0) return spelled.join(':');
      return `${spelled.slice(0, from).join(':')}::${spelled.slice(from + run).join(':')}`;
    }),
);
const dottedIpv6 = anyCase(
  fc
    .tuple(
      fc.constantFrom(
        '::ffff:',
        '::ffff:',
        '0:0:0:0:0:ffff:',
        '0:0::ffff:',
        '0000::0:0:ffff:',
        '::0:0:0:0:ffff:',
        '::',
        '2600::',
        '64:ff9b::',
        '::0:ffff:0:',
      ),
      fc.oneof(ipv4, sloppyIpv4),
    )
    .map((parts) => parts.join('')),
);
const address = fc.oneof(
  ipv4,
  fc.constantFrom(...addressEdges),
  sloppyIpv4,
  { weight: 4, arbitrary: ipv6 },
  dottedIpv6,
  fc.tuple(ipv6, fc.constantFrom('%eth0', '/64', ']:80', ':')).map((parts) => parts.join('')),
);

const rampId = fc.string({ unit: fc.constantFrom(...'ABCXYZabcxyz0189-_=~'), minLength: 1, maxLength: 50 });
const base64 = (length: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'AQZaqz0459+/'), minLength: length, maxLength: length });
const uid2 = fc.oneof(
  { weight: 4, arbitrary: base64(43).map((text) => `${text}=`) },
  base64(44),
  base64(42).map((text) => `${text}==`),
  fc.nat({ max: 50 }).chain(base64),
);
const uuid2 = fc
  .tuple(
    fc.constantFrom('', '', '', '0', '000', '-', '+'),
    fc.oneof(
      fc.bigInt({ min: 0n, max: 2n ** 66n }),
      fc.bigInt({ min: 2n ** 64n - 5n, max: 2n ** 64n + 5n }),
      fc.nat({ max: 12 }).map(BigInt),
      fc.bigInt({ min: 10n ** 19n - 5n, max: 10n ** 21n }),
    ),
  )
  .map(([before, number]) => `${before}${number}`);

const identifiers: Readonly<Record<IdentifierKind, fc.Arbitrary<string>>> = {
  MAID: device,
  IP: address,
  RAMPID: rampId,
  UID2: uid2,
  UUID2: uuid2,
};

/** A text that a column of this kind may hold, or null. */
export function rawIdentifier(kind: IdentifierKind): fc.Arbitrary<string | null> {
  return fc.oneof(
    { weight: 14, arbitrary: pad(identifiers[kind]) },
    { weight: 6, arbitrary: damaged(identifiers[kind]) },
    { weight: 2, arbitrary: pad(fc.oneof(...Object.values(identifiers))) },
    { weight: 1, arbitrary: pad(blank) },
    { weight: 1, arbitrary: damaged(blank) },
    { weight: 2, arbitrary: anyText },
    { weight: 1, arbitrary: fc.constant(null) },
  );
}

/** Words that name a type, and what nearly does. */
export const typeWord: fc.Arbitrary<string | null> = fc.oneof(
  {
    weight: 8,
    arbitrary: pad(
      anyCase(
        fc.constantFrom('idfa', 'ios', 'apple', 'gaid', 'aaid', 'adid', 'android', 'maid', 'ip', 'rampid', 'uid2', 'uuid2', '*'),
      ),
    ),
  },
  { weight: 2, arbitrary: damaged(fc.constantFrom('idfa', 'apple', 'aaid', 'android', 'maid', 'ip', 'uid2')) },
  { weight: 1, arbitrary: anyText },
  { weight: 1, arbitrary: fc.constant(null) },
);

/** SHA-256 hashes as lists write them, and what nearly is one. */
export const listedHash: fc.Arbitrary<string> = fc
  .tuple(hex(64), fc.constantFrom('hex', 'HEX', 'base64', 'base64url', 'unpadded'))
  .chain(([digits, how]) => {
    const bytes = Buffer.from(digits, 'hex');
    const base64Text = bytes.toString('base64');
    const texts: Record<typeof how, string> = {
      hex: digits,
      HEX: digits.toUpperCase(),
      base64: base64Text,
      base64url: bytes.toString('base64url'),
      unpadded: base64Text.replace('=', ''),
    };
    return fc.oneof({ weight: 3, arbitrary: pad(fc.constant(texts[how] ?? digits)) }, damaged(fc.constant(texts[how] ?? digits)));
  });
