import { createHash } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import { describe, expect, it } from 'vitest';
import { isBlank } from '../src/identity/blank.ts';
import { canonicalise } from '../src/identity/canonicalise.ts';
import { parseDeviceType } from '../src/identity/device-type.ts';
import { IDENTIFIER_KINDS, kindOf } from '../src/identity/identifier-kind.ts';
import { IDENTIFIER_TYPES } from '../src/identity/identifier-type.ts';
import { isIpv6 } from '../src/identity/ip-address.ts';
import { NON_PUBLIC_IPV4, NON_PUBLIC_IPV6 } from '../src/identity/ip-ranges.ts';
import { ZERO_ID_DIGESTS } from '../src/identity/maid.ts';
import { renderIdentifier } from '../src/identity/render.ts';

const DEVICE = 'aebe52e7-03ee-455a-b3c4-e57283966239';

describe('blank values', () => {
  it.each([null, '', '0', 'null', 'NULL', 'unknown', 'UNKNOWN', 'Unknown', ' ', '\t\n\v\f\r ', ' 0 ', '\tnull\n'])(
    'T4: %j is blank',
    (text) => {
      expect(isBlank(text)).toBe(true);
      for (const kind of IDENTIFIER_KINDS) expect(canonicalise(kind, text)).toEqual({ reason: 'BLANK' });
    },
  );

  it.each(['00', '0.0', 'none', 'nul', 'un known', 'UN\u212ANOWN', '\u00a0', 'null\u0000', 'nullnull'])(
    'T4: %j is not blank',
    (text) => {
      expect(isBlank(text)).toBe(false);
    },
  );
});

describe('device ids', () => {
  it.each([
    DEVICE,
    DEVICE.toUpperCase(),
    `{${DEVICE.toUpperCase()}}`,
    DEVICE.replaceAll('-', ''),
    ` ${DEVICE}\r\n`,
    'aebe52e7 03ee 455a b3c4 e57283966239',
    'AEBE-52e7-03ee-455a-b3c4-e572-8396-6239',
  ])('ID-01: %j is one device', (raw) => {
    expect(canonicalise('MAID', raw)).toEqual({ value: DEVICE });
  });

  it.each([
    ['35 characters', DEVICE.slice(1)],
    ['37 characters', `${DEVICE}0`],
    ['a unicode dash', DEVICE.replaceAll('-', '\u2010')],
    ['a letter beyond f', DEVICE.replace('a', 'g')],
    ['a no-break space', `${DEVICE}\u00a0`],
    ['a null character', `${DEVICE}\u0000`],
    ['parentheses', `(${DEVICE})`],
    ['a full-width digit', DEVICE.replace('5', '\uff15')],
    ['a macro', '{IDFA}'],
    ['a macro', '%%ADVERTISING_ID%%'],
    ['a macro', '$' + '{DEVICE_ID}'],
    ['two ids', `${DEVICE},${DEVICE}`],
    ['a short run of zeros', '00000000'],
    ['a filler that goes on wrongly', '12345678-1234-1234-1234-12345678901x'],
  ])('ID-01: %s makes no device id', (_what, raw) => {
    expect(canonicalise('MAID', raw)).toEqual({ reason: 'MALFORMED' });
  });

  it.each([
    ['raw', '00000000-0000-0000-0000-000000000000'],
    ['without hyphens', '00000000000000000000000000000000'],
    ['in braces', '{00000000-0000-0000-0000-000000000000}'],
    ['as SHA-1', 'b602d594afd2b0b327e07a06f36ca6a7e42546d0'],
    ['as MD5', '9f89c84a559f573636a47ff8daed0d33'],
    ['as MD5 dressed as an id', '9F89C84A-559F-5736-36A4-7FF8DAED0D33'],
    ['as SHA-256', '12B9377CBE7E5C94E8A70D9D23929523D14AFA954793130F8A3959C7B849ACA8'],
    ['as SHA-1 of nothing', 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
    ['as MD5 of nothing', 'D41D8CD98F00B204E9800998ECF8427E'],
    ['as SHA-256 of nothing', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['as one digit', 'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF'],
    ['as mixed case of one digit', 'aAaAaAaA-aAaA-aAaA-aAaA-aAaAaAaAaAaA'],
    ['as a filler', '12345678-1234-1234-1234-1234567890AB'],
  ])('ID-02: the id that stands for no device is dropped %s', (_how, raw) => {
    expect(canonicalise('MAID', raw)).toEqual({ reason: 'ZERO_ID' });
  });

  it('ID-02: knows the digests of nothing and of the zero id, with and without hyphens', () => {
    const texts = ['', '00000000-0000-0000-0000-000000000000', '0'.repeat(32)];
    const digests = texts.flatMap((text) => ['md5', 'sha1', 'sha256'].map((name) => createHash(name).update(text).digest('hex')));
    expect([...ZERO_ID_DIGESTS].sort()).toEqual(digests.sort());
  });

  it.each(['SYS-1', 'sys-', ' Sys-00000000-0000-0000-0000-000000000000'])('T6: %j is synthetic', (raw) => {
    expect(canonicalise('MAID', raw)).toEqual({ reason: 'SYNTHETIC' });
  });

  it.each(['SYS', 'SYS_1', '\u017fYS-1', '{SYS-1}'])('T6: %j is not synthetic', (raw) => {
    expect(canonicalise('MAID', raw)).toEqual({ reason: 'MALFORMED' });
  });

  it('ID-03: the same stored id is upper case for LiveRamp and lower case for Meta', () => {
    const canonical = canonicalise('MAID', '{AEBE52E703EE455AB3C4E57283966239}');
    expect(canonical).toEqual({ value: DEVICE });
    expect(renderIdentifier('IDFA', DEVICE, 'upper')).toBe('AEBE52E7-03EE-455A-B3C4-E57283966239');
    expect(renderIdentifier('IDFA', DEVICE, 'lower')).toBe(DEVICE);
    expect(renderIdentifier('GAID', DEVICE)).toBe(DEVICE);
  });

  it('changes the letters of nothing but device ids', () => {
    for (const type of IDENTIFIER_TYPES.filter((name) => kindOf(name) !== 'MAID')) {
      expect(renderIdentifier(type, 'aB+/z9=', 'upper')).toBe('aB+/z9=');
      expect(renderIdentifier(type, 'aB+/z9=', 'lower')).toBe('aB+/z9=');
    }
  });
});

describe('device types', () => {
  it.each(['idfa', 'IDFA', ' iOS ', 'Apple\n'])('%j names IDFA', (text) => {
    expect(parseDeviceType(text)).toBe('IDFA');
  });

  it.each(['gaid', 'AAID', '\tAdId', 'ANDROID'])('%j names GAID', (text) => {
    expect(parseDeviceType(text)).toBe('GAID');
  });

  it.each([null, '', 'maid', 'ios14', '\u0130OS', 'id fa', 'iPhone'])('%j names neither', (text) => {
    expect(parseDeviceType(text)).toBeNull();
  });
});

/** The addresses on both sides of both ends of a range. */
function edges(range: string): { inside: string[]; outside: string[] } {
  const [base, length] = ipaddr.parseCIDR(range);
  const bytes = base.toByteArray();
  const first = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  const last = first + 2n ** BigInt(bytes.length * 8 - length) - 1n;
  const text = (value: bigint): string =>
    ipaddr
      .fromByteArray(bytes.map((_byte, index) => Number((value >> BigInt(8 * (bytes.length - 1 - index))) & 255n)))
      .toString();
  const limit = 2n ** BigInt(bytes.length * 8);
  return {
    inside: [text(first), text(last)],
    outside: [first - 1n, last + 1n].filter((value) => value >= 0n && value < limit).map(text),
  };
}

describe('addresses', () => {
  it.each([
    ['010.1.2.3', { reason: 'MALFORMED' }],
    ['1.2.3', { reason: 'MALFORMED' }],
    ['256.1.1.1', { reason: 'MALFORMED' }],
    ['::ffff:8.8.8.8', { value: '8.8.8.8' }],
    ['100.64.0.1', { reason: 'NON_PUBLIC_IP' }],
    ['192.0.2.1', { reason: 'NON_PUBLIC_IP' }],
    ['fe80::1%eth0', { reason: 'MALFORMED' }],
  ])('ID-04: %s', (raw, result) => {
    expect(canonicalise('IP', raw)).toEqual(result);
  });

  it.each([
    ['8.8.8.8', '8.8.8.8'],
    [' 1.1.1.1\t', '1.1.1.1'],
    ['223.255.255.255', '223.255.255.255'],
    ['0:0:0:0:0:ffff:8.8.8.8', '8.8.8.8'],
    ['0000:0::0:FFFF:8.8.8.8', '8.8.8.8'],
    ['::ffff:808:808', '8.8.8.8'],
    ['::FFFF:0808:0808', '8.8.8.8'],
    ['0:0:0:0:0:ffff:808::', '8.8.0.0'],
    ['2001:4860:4860::8888', '2001:4860:4860::8888'],
    ['2001:4860:4860:0000:0000:0000:0000:8888', '2001:4860:4860::8888'],
    ['2600:0:0:1:0:0:0:1', '2600:0:0:1::1'],
    ['2600:0:0:1:1:0:0:1', '2600::1:1:0:0:1'],
    ['2600:0:1:1:1:1:1:0', '2600:0:1:1:1:1:1:0'],
    ['2600:1:1:1:1:1:0:0', '2600:1:1:1:1:1::'],
    ['2600:0:0:0:0:1:0:0', '2600::1:0:0'],
    ['2600::', '2600::'],
    ['2600:1:2:3:4:5:6::', '2600:1:2:3:4:5:6:0'],
    ['2A00:00AB::000C', '2a00:ab::c'],
  ])('%s has one canonical text', (raw, value) => {
    expect(canonicalise('IP', raw)).toEqual({ value });
  });

  it.each([
    ['octal', '0177.0.0.1'],
    ['hexadecimal', '0x7f.0.0.1'],
    ['a number', '134744072'],
    ['a port', '8.8.8.8:80'],
    ['a prefix length', '8.8.8.8/32'],
    ['a sign', '+8.8.8.8'],
    ['five parts', '8.8.8.8.8'],
    ['a space inside', '8.8. 8.8'],
    ['other digits', '\u0668.8.8.8'],
    ['brackets', '[2600::1]'],
    ['a zone', '2600::1%1'],
    ['two gaps', '2600::1::1'],
    ['nine groups', '2600:1:2:3:4:5:6:7:8'],
    ['seven groups', '2600:1:2:3:4:5:6'],
    ['a gap for nothing', '2600:1:2:3::4:5:6:7'],
    ['five digits', '2600::00001'],
    ['three colons', '2600:::1'],
    ['one colon at the end', '2600::1:'],
    ['one colon at the start', ':2600::1'],
    ['a dotted tail that is not mapped', '2600::8.8.8.8'],
    ['a compatible address', '::8.8.8.8'],
    ['a mapped address with a leading zero', '::ffff:08.8.8.8'],
  ])('%s is no address', (_what, raw) => {
    expect(canonicalise('IP', raw)).toEqual({ reason: 'MALFORMED' });
  });

  it.each([...NON_PUBLIC_IPV4, ...NON_PUBLIC_IPV6].map(({ range }) => range))('%s is not public, up to its ends', (range) => {
    const ranges = [...NON_PUBLIC_IPV4, ...NON_PUBLIC_IPV6].map((other) => edges(other.range).inside);
    const { inside, outside } = edges(range);
    for (const raw of inside) expect(canonicalise('IP', raw), raw).toEqual({ reason: 'NON_PUBLIC_IP' });
    // Neighbours are public unless the next range begins there, or IPv6's global unicast ends.
    for (const raw of outside.filter((text) => !ranges.flat().includes(text) && !/^1fff:/.test(text))) {
      expect(canonicalise('IP', raw), raw).toEqual({ value: ipaddr.parse(raw).toString() });
    }
  });

  it.each([
    '255.255.255.255',
    '::ffff:10.0.0.1',
    '::ffff:a00:1',
    '::',
    '::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'ff02::1',
    '100::1',
    '64:ff9b::808:808',
    '4000::',
    '1fff:ffff::',
    '2001:0:1::',
    '2001:db8::1',
    '2002:808:808::1',
    '3fff:fff::1',
  ])('%s is not public', (raw) => {
    expect(canonicalise('IP', raw)).toEqual({ reason: 'NON_PUBLIC_IP' });
  });

  it('tells IPv6 from IPv4', () => {
    expect(isIpv6('2600::1')).toBe(true);
    expect(isIpv6('8.8.8.8')).toBe(false);
  });
});

describe('opaque ids', () => {
  const rampId = 'XY1005wXyWPB1SgpMUKlpzA0I3UaLEz-_';
  const uid2 = 'E2dxEv3oMBzNHPw5iUVmwH2Hv+60D4AXYe+2ge9U0No=';

  it('keeps a RampID as it came', () => {
    expect(canonicalise('RAMPID', ` ${rampId}\n`)).toEqual({ value: rampId });
  });

  it.each([
    '|',
    ',',
    ';',
    '"',
    "'",
    '`',
    ' ',
    '\t',
    '\n',
    '\r',
    '\u0000',
    '\u007f',
    '\u0085',
    '\u00a0',
    '\u2028',
    '\\',
    '{',
    '%',
  ])('takes no RampID with %j inside', (character) => {
    expect(canonicalise('RAMPID', `XY10${character}05wX`)).toEqual({ reason: 'MALFORMED' });
  });

  it('keeps a UID2 as it came', () => {
    expect(canonicalise('UID2', `\t${uid2} `)).toEqual({ value: uid2 });
    // 33 bytes need no padding.
    const newer = `A${uid2.slice(0, 43)}`;
    expect(canonicalise('UID2', newer)).toEqual({ value: newer });
  });

  it.each([
    uid2.slice(1),
    `A${uid2}`,
    uid2.replace('=', '-'),
    uid2.replace('+', '-'),
    `${uid2.slice(0, 42)}==`,
    `=${uid2.slice(1)}`,
  ])('%s is no UID2', (raw) => {
    expect(canonicalise('UID2', raw)).toEqual({ reason: 'MALFORMED' });
  });

  it.each([
    ['1', '1'],
    [' 42 ', '42'],
    ['00042', '42'],
    ['18446744073709551615', '18446744073709551615'],
    ['000018446744073709551615', '18446744073709551615'],
    ['9007199254740993', '9007199254740993'],
  ])('reads the UUID2 %j as %s', (raw, value) => {
    expect(canonicalise('UUID2', raw)).toEqual({ value });
  });

  it.each([
    '00',
    '-1',
    '+1',
    '1.0',
    '1e3',
    '18446744073709551616',
    '99999999999999999999',
    '184467440737095516150',
    '0x10',
    '1 2',
    '\u0661',
  ])('%j is no UUID2', (raw) => {
    expect(canonicalise('UUID2', raw)).toEqual({ reason: 'MALFORMED' });
  });
});
