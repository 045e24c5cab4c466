import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Row } from '../src/warehouse/warehouse.ts';
import { computeExpected, MERGED } from './oracle/compute-expected.ts';
import { hostOf, hostOwner, registrableDomain } from './oracle/hosts.ts';
import { readEventIp, readIdentifier } from './oracle/identifiers.ts';
import type { AdvertiserConfig, DestinationEntry, ExpectedSegment, OracleInput, OracleTables } from './oracle/input.ts';
import { isBlank, platformOf, timeOf } from './oracle/values.ts';

const now = new Date('2026-02-16T06:00:00Z');
const A = 'aebe52e7-03ee-455a-b3c4-e57283966239';
const B = '11111111-2222-4333-8444-555555555555';
const C = '99999999-2222-4333-8444-555555555555';
const UID2 = `${'q'.repeat(43)}=`;

const config: AdvertiserConfig = {
  agencyId: '7001',
  advertiserId: '42',
  exposureSource: 'IMPRESSION',
  joinStrategy: 'PCM_4KEY',
  attributionWindowDays: 30,
  lookbackDays: 30,
};

const wildcard: Row = {
  AGENCY_ID: '7001',
  DSP_PLATFORM_TYPE: '6',
  DSP_ADVERTISER_ID: 'dsp',
  INSERTION_ORDER_ID: null,
  LINE_ITEM_ID: '',
  QUORUM_ADVERTISER_ID: 42,
};

function impression(values: Record<string, Row[string]> = {}): Row {
  return {
    AGENCY_ID: '7001',
    DSP_PLATFORM_TYPE: '6',
    DSP_ADVERTISER_ID: 'dsp',
    INSERTION_ORDER_ID: '100',
    LINE_ITEM_ID: '200',
    DEVICE_ID_RAW: A,
    DEVICE_TYPE: 'IDFA',
    AUCTION_TIMESTAMP: new Date('2026-02-10T12:00:00Z'),
    ...values,
  };
}

interface Case {
  readonly tables: OracleTables;
  readonly config?: Partial<AdvertiserConfig>;
  readonly entry?: DestinationEntry;
  readonly capabilities?: Partial<OracleInput['capabilities']>;
  readonly deviceTypes?: OracleInput['policy']['deviceTypes'];
}

function segments(given: Case): ReadonlyMap<string, ExpectedSegment> {
  return computeExpected({
    tables: { PIXEL_CAMPAIGN_MAPPING_V2: [wildcard], ...given.tables },
    config: { ...config, ...given.config },
    entry: given.entry ?? {},
    capabilities: {
      identifiers: ['IDFA', 'GAID', 'MAID', 'IP', 'RAMPID', 'UID2', 'UUID2'],
      allowIp: true,
      allowIpv6: false,
      ...given.capabilities,
    },
    policy: { deviceTypes: given.deviceTypes ?? [] },
    now,
  });
}

function merged(given: Case): ExpectedSegment {
  const segment = segments(given).get(MERGED);
  if (segment === undefined) throw new Error('no merged segment');
  return segment;
}

const fromImpressions = (...rows: readonly Record<string, Row[string]>[]): Case => ({
  tables: { AD_IMPRESSION_LOG_V2: rows.map((row) => impression(row)) },
});

const sha256 = (text: string, encoding: 'hex' | 'base64' = 'hex') => createHash('sha256').update(text).digest(encoding);

describe('values', () => {
  test('blank is null, nothing, zero, null and unknown in any case and with spaces', () => {
    for (const value of [null, undefined, '', '  ', '0', ' 0 ', 'null', 'NULL', 'UNKNOWN', 'unknown', 0, 0n]) {
      expect(isBlank(value)).toBe(true);
    }
    for (const value of ['00', 'none', '-', 1, '0.0']) expect(isBlank(value)).toBe(false);
  });

  test('a platform is an integer however it is written', () => {
    for (const value of ['6', '06', ' 6 ', '6.0', 6, 6n]) expect(platformOf(value)).toBe('6');
    for (const value of ['0', '00', 0]) expect(platformOf(value)).toBe('0');
    for (const value of ['n/a', '', null, '6.5', '6a']) expect(platformOf(value)).toBeNull();
  });

  test('times are read as UTC, a date is its midnight, and what cannot be read is null', () => {
    expect(timeOf('2026-02-16')).toBe(Date.UTC(2026, 1, 16));
    expect(timeOf('2026-02-16 06:00:00')).toBe(now.getTime());
    expect(timeOf('2026-02-16T06:00:00.500Z')).toBe(now.getTime() + 500);
    expect(timeOf('2026-02-16 08:00:00+02')).toBe(now.getTime());
    expect(timeOf('2026-02-16 08:00:00+0200')).toBe(now.getTime());
    for (const value of ['soon', '2026-13-01', '', null]) expect(timeOf(value)).toBeNull();
  });
});

describe('identifiers', () => {
  test('ID-01 upper case, lower case, braces, spaces and missing hyphens are one device', () => {
    for (const spelling of [
      A,
      A.toUpperCase(),
      `{${A}}`,
      A.replaceAll('-', ''),
      `\t${A.toUpperCase()} `,
      'AEBE52E7 03EE455AB3C4E57283966239',
    ]) {
      expect(readIdentifier('MAID', spelling)).toMatchObject({ value: A, reason: null });
    }
    for (const wrong of [A.slice(1), `${A}0`, A.replace('-', '\u2010'), A.replace('a', 'g'), '{IDFA}', '%%ADVERTISING_ID%%']) {
      expect(readIdentifier('MAID', wrong)).toMatchObject({ reason: 'MALFORMED' });
    }
  });

  test('ID-02 zero ids are dropped raw, hashed, and as one repeated digit', () => {
    const zero = '00000000-0000-0000-0000-000000000000';
    const spellings = ['', zero].flatMap((text) =>
      ['md5', 'sha1', 'sha256'].map((name) => createHash(name).update(text).digest('hex')),
    );
    for (const text of [zero, '0'.repeat(32), 'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF', ...spellings]) {
      expect(readIdentifier('MAID', text)).toMatchObject({ reason: 'ZERO_ID' });
    }
  });

  test('SYS ids are synthetic in any case', () => {
    expect(readIdentifier('MAID', 'SYS-12ab')).toMatchObject({ reason: 'SYNTHETIC', value: 'sys-12ab' });
    expect(readIdentifier('MAID', ' sys-12AB')).toMatchObject({ reason: 'SYNTHETIC', value: 'sys-12ab' });
  });

  test('ID-04 IPv4 addresses are judged by their ranges', () => {
    expect(readIdentifier('IP', ' 8.8.8.8 ')).toMatchObject({ value: '8.8.8.8', reason: null, ipv6: false });
    expect(readIdentifier('IP', '::FFFF:8.8.8.8')).toMatchObject({ value: '8.8.8.8', reason: null, ipv6: false });
    expect(readIdentifier('IP', '::ffff:808:808')).toMatchObject({ value: '8.8.8.8', reason: null });
    for (const address of [
      '172.56.1.1',
      '172.15.255.255',
      '172.32.0.0',
      '100.63.255.255',
      '100.128.0.0',
      '223.255.255.255',
      '24.0.0.0',
    ]) {
      expect(readIdentifier('IP', address)).toMatchObject({ value: address, reason: null });
    }
    for (const address of [
      '10.1.2.3',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '100.64.0.1',
      '100.127.255.255',
      '127.0.0.1',
    ]) {
      expect(readIdentifier('IP', address)).toMatchObject({ reason: 'NON_PUBLIC_IP' });
    }
    for (const address of [
      '169.254.0.1',
      '192.0.2.1',
      '198.19.0.1',
      '198.51.100.1',
      '203.0.113.9',
      '224.0.0.1',
      '255.255.255.255',
      '0.0.0.0',
    ]) {
      expect(readIdentifier('IP', address)).toMatchObject({ reason: 'NON_PUBLIC_IP' });
    }
    expect(readIdentifier('IP', '::ffff:10.0.0.1')).toMatchObject({ reason: 'NON_PUBLIC_IP', value: '::ffff:10.0.0.1' });
    for (const text of [
      '010.1.2.3',
      '1.2.3',
      '256.1.1.1',
      '1.2.3.4.5',
      '1.2.3.4:80',
      'localhost',
      '0x7f.1.1.1',
      '::ffff:08.8.8.8',
    ]) {
      expect(readIdentifier('IP', text)).toMatchObject({ reason: 'MALFORMED' });
    }
  });

  test('IPv6 is written the shortest way and only global unicast is public', () => {
    expect(readIdentifier('IP', '2600:1700:0000:0000:0001:0000:0000:00AB')).toMatchObject({
      value: '2600:1700::1:0:0:ab',
      ipv6: true,
      reason: null,
    });
    expect(readIdentifier('IP', '2600:1700:0:1:2:3:4:5')).toMatchObject({ value: '2600:1700:0:1:2:3:4:5' });
    expect(readIdentifier('IP', '2600::')).toMatchObject({ value: '2600::' });
    for (const address of [
      '::',
      '::1',
      'fe80::1',
      'fc00::1',
      'fdff::1',
      'ff02::1',
      '2001:db8::1',
      '2001::1',
      '2002:808:808::1',
      '64:ff9b::8.8.8.8',
    ]) {
      expect(readIdentifier('IP', address)).toMatchObject({ reason: 'NON_PUBLIC_IP' });
    }
    for (const text of [
      '2600:::1',
      '2600::1::2',
      '2600:1:2:3:4:5:6',
      '2600:1:2:3:4:5:6:7:8',
      '2600::12345',
      ':',
      '2600:1:2:3:4:5:6:',
      '1::2:3:4:5:6:7:8',
    ]) {
      expect(readIdentifier('IP', text)).toMatchObject({ reason: 'MALFORMED' });
    }
  });

  test('UID2, UUID2 and RampIDs have their own shapes, and their case stays', () => {
    expect(readIdentifier('UID2', UID2)).toMatchObject({ value: UID2, reason: null });
    expect(readIdentifier('UID2', UID2.slice(1))).toMatchObject({ reason: 'MALFORMED' });
    expect(readIdentifier('UUID2', '18446744073709551615')).toMatchObject({ value: '18446744073709551615', reason: null });
    expect(readIdentifier('UUID2', '18446744073709551616')).toMatchObject({ reason: 'MALFORMED' });
    expect(readIdentifier('UUID2', '-1')).toMatchObject({ reason: 'MALFORMED' });
    expect(readIdentifier('UUID2', '0')).toMatchObject({ reason: 'BLANK' });
    expect(readIdentifier('RAMPID', ' XYaB ')).toMatchObject({ value: 'XYaB', reason: null });
    expect(readIdentifier('RAMPID', 'XY|aB')).toMatchObject({ value: 'XY|aB', reason: 'MALFORMED' });
  });

  test('a pixel event gives its first valid public address, else the first column that says something', () => {
    expect(readEventIp('8.8.8.8', '9.9.9.9')).toMatchObject({ value: '8.8.8.8' });
    expect(readEventIp('10.0.0.1', '9.9.9.9')).toMatchObject({ value: '9.9.9.9', reason: null });
    expect(readEventIp('10.0.0.1', 'x')).toMatchObject({ value: '10.0.0.1', reason: 'NON_PUBLIC_IP' });
    expect(readEventIp('', 'X')).toMatchObject({ value: 'x', reason: 'MALFORMED' });
    expect(readEventIp('', null)).toMatchObject({ value: '', reason: 'BLANK' });
  });
});

describe('window, time and type', () => {
  test('rows at both ends are inside, and older rows do not exist', () => {
    const segment = merged(
      fromImpressions(
        { DEVICE_ID_RAW: A, AUCTION_TIMESTAMP: new Date('2026-01-17T06:00:00Z') },
        { DEVICE_ID_RAW: B, AUCTION_TIMESTAMP: now },
        { DEVICE_ID_RAW: C, AUCTION_TIMESTAMP: new Date('2026-01-17T05:59:59.999Z') },
        { DEVICE_ID_RAW: 'nonsense', AUCTION_TIMESTAMP: new Date('2026-01-01') },
      ),
    );
    expect([...segment.members]).toEqual([
      [`IDFA|${A}`, '2026-01-17T06:00:00.000Z'],
      [`IDFA|${B}`, '2026-02-16T06:00:00.000Z'],
    ]);
    expect(segment).toMatchObject({ selected: 2, dropped: {}, identifiers: { IDFA: 2 } });
  });

  test('the destination may look back further than the advertiser, or without end', () => {
    const given = fromImpressions({ AUCTION_TIMESTAMP: new Date('2025-12-01') });
    expect(merged(given).members.size).toBe(0);
    expect(merged({ ...given, entry: { lookbackDays: 90 } }).members.size).toBe(1);
    expect(merged({ ...given, entry: { lookbackDays: null } }).members.size).toBe(1);
    expect(merged({ ...given, config: { lookbackDays: null } }).members.size).toBe(1);
    expect(merged({ ...given, config: { lookbackDays: null }, entry: { lookbackDays: 30 } }).members.size).toBe(0);
  });

  test('several spellings are one identifier with its newest time inside the window', () => {
    const segment = merged(
      fromImpressions(
        { AUCTION_TIMESTAMP: '2026-02-01' },
        { DEVICE_ID_RAW: A.toUpperCase(), AUCTION_TIMESTAMP: '2026-02-14 10:00:00' },
        { DEVICE_ID_RAW: `{${A}}`, AUCTION_TIMESTAMP: '2286-11-20 17:46:40' },
      ),
    );
    expect([...segment.members]).toEqual([[`IDFA|${A}`, '2026-02-14T10:00:00.000Z']]);
    expect(segment).toMatchObject({ selected: 1, dropped: {} });
  });

  test('future and unreadable times count only for an identifier that has no other row, after its own faults', () => {
    const segment = merged(
      fromImpressions(
        { DEVICE_ID_RAW: A, AUCTION_TIMESTAMP: '2286-11-20' },
        { DEVICE_ID_RAW: B, AUCTION_TIMESTAMP: null },
        { DEVICE_ID_RAW: 'SYS-1', AUCTION_TIMESTAMP: '2286-11-20' },
      ),
    );
    expect(segment).toMatchObject({ selected: 3, dropped: { FUTURE: 2, SYNTHETIC: 1 }, identifiers: {} });
  });

  test('one known type wins over none; two are unknown', () => {
    const known = merged(fromImpressions({}, { DEVICE_TYPE: null }, { DEVICE_TYPE: 'tablet' }));
    expect([...known.members.keys()]).toEqual([`IDFA|${A}`]);
    const both = fromImpressions({ DEVICE_TYPE: ' ios ' }, { DEVICE_TYPE: 'AAID' });
    expect(merged(both)).toMatchObject({ dropped: { UNKNOWN_TYPE: 1 }, identifiers: {} });
    expect([...merged({ ...both, entry: { acceptUnknownDeviceType: true } }).members.keys()]).toEqual([`MAID|${A}`]);
  });

  test('a type outside the window says nothing about the device', () => {
    const segment = merged(
      fromImpressions(
        {},
        { DEVICE_TYPE: 'GAID', AUCTION_TIMESTAMP: '2025-01-01' },
        { DEVICE_TYPE: 'GAID', AUCTION_TIMESTAMP: '2027-01-01' },
      ),
    );
    expect([...segment.members.keys()]).toEqual([`IDFA|${A}`]);
  });

  test('a rule gives the type where the row does not, the agency before everybody', () => {
    const given = fromImpressions({ DEVICE_TYPE: null });
    const source = 'AD_IMPRESSION_LOG_V2';
    const everybody = { source, rule: 'FIXED_IDFA' } as const;
    expect([...merged({ ...given, deviceTypes: [everybody] }).members.keys()]).toEqual([`IDFA|${A}`]);
    const agency = { source, agencyId: '7001', rule: 'FIXED_GAID' } as const;
    expect([...merged({ ...given, deviceTypes: [everybody, agency] }).members.keys()]).toEqual([`GAID|${A}`]);
    expect(merged({ ...given, deviceTypes: [everybody, { ...agency, rule: 'UNKNOWN' }] }).dropped).toEqual({ UNKNOWN_TYPE: 1 });
    expect(merged({ ...given, deviceTypes: [{ ...everybody, source: 'STORE_VISITS' }] }).dropped).toEqual({ UNKNOWN_TYPE: 1 });
  });

  test('an unknown device is wanted when named, or when both known types are', () => {
    const given = fromImpressions({ DEVICE_TYPE: null });
    const entry = { acceptUnknownDeviceType: true };
    expect(merged({ ...given, entry: { ...entry, identifiers: ['IDFA', 'GAID'] } }).identifiers).toEqual({ MAID: 1 });
    expect(merged({ ...given, entry: { ...entry, identifiers: ['MAID'] } }).identifiers).toEqual({ MAID: 1 });
    expect(merged({ ...given, entry: { ...entry, identifiers: ['IDFA'] } }).dropped).toEqual({ TYPE_NOT_WANTED: 1 });
    expect(merged({ ...given, entry: { identifiers: ['MAID'] } }).dropped).toEqual({ UNKNOWN_TYPE: 1 });
  });
});

describe('counts', () => {
  test('all blanks of a kind are one, and a column that the table lacks is none', () => {
    const segment = merged(
      fromImpressions({ DEVICE_ID_RAW: '', UID2: null }, { DEVICE_ID_RAW: 'UNKNOWN', UID2: '0' }, { DEVICE_ID_RAW: null, UID2 }),
    );
    expect(segment).toMatchObject({ selected: 3, dropped: { BLANK: 2 }, identifiers: { UID2: 1 } });
  });

  test('an invalid identifier is distinct by trimmed lower-case text, a UID2 or RampID by its own case', () => {
    expect(
      merged(fromImpressions({ DEVICE_ID_RAW: 'Bad' }, { DEVICE_ID_RAW: ' bAD ' }, { DEVICE_ID_RAW: 'worse' })).dropped,
    ).toEqual({ MALFORMED: 2 });
    const rows = ['x', 'X', 'x '].map((text) => ({ DEVICE_ID_RAW: A, UID2: text }));
    expect(merged(fromImpressions(...rows)).dropped).toEqual({ MALFORMED: 2 });
  });

  test('IPs need permission, and IPv6 needs its own', () => {
    const given = fromImpressions(
      { USER_IP_FROM_HTTP_REQUEST: '24.1.2.3' },
      { USER_IP_FROM_HTTP_REQUEST: '2600::1' },
      { USER_IP_FROM_HTTP_REQUEST: '10.0.0.1' },
    );
    expect(merged(given)).toMatchObject({ dropped: { IPV6: 1, NON_PUBLIC_IP: 1 }, identifiers: { IDFA: 1, IP: 1 } });
    expect(merged({ ...given, capabilities: { allowIp: false } }).dropped).toEqual({
      IPV6: 1,
      NON_PUBLIC_IP: 1,
      IP_NOT_ALLOWED: 1,
    });
    expect(merged({ ...given, capabilities: { allowIp: false, allowIpv6: true } }).dropped).toEqual({
      NON_PUBLIC_IP: 1,
      IP_NOT_ALLOWED: 2,
    });
    expect(merged({ ...given, capabilities: { allowIpv6: true } }).identifiers).toEqual({ IDFA: 1, IP: 2 });
    expect(merged({ ...given, entry: { identifiers: ['IDFA'] } }).dropped).toEqual({
      IPV6: 1,
      NON_PUBLIC_IP: 1,
      TYPE_NOT_WANTED: 1,
    });
  });

  test('what the destination does not accept is never wanted', () => {
    const given = fromImpressions({ UUID2: '7' });
    expect(merged({ ...given, capabilities: { identifiers: ['IDFA'] } })).toMatchObject({
      dropped: { TYPE_NOT_WANTED: 1 },
      identifiers: { IDFA: 1 },
    });
    expect(merged({ ...given, capabilities: { identifiers: ['IDFA'] }, entry: { identifiers: ['UUID2'] } }).members.size).toBe(0);
  });

  test('selected is the sum of everything', () => {
    const segment = merged({
      tables: {
        AD_IMPRESSION_LOG_V2: [A, B, C, 'SYS-1', '', A.toUpperCase()].map((id) => impression({ DEVICE_ID_RAW: id })),
        SUPPRESSION: [{ IDENTIFIER_TYPE: 'GAID', IDENTIFIER_VALUE: B.toUpperCase() }],
      },
    });
    expect(segment).toMatchObject({ selected: 5, suppressed: 1, dropped: { SYNTHETIC: 1, BLANK: 1 }, identifiers: { IDFA: 2 } });
  });
});

describe('ownership by the four keys', () => {
  const owned = (mappings: readonly Record<string, Row[string]>[], row: Record<string, Row[string]> = {}) =>
    merged({
      tables: {
        PIXEL_CAMPAIGN_MAPPING_V2: mappings.map((mapping) => ({ ...wildcard, ...mapping })),
        AD_IMPRESSION_LOG_V2: [impression(row)],
      },
    }).members.size === 1;

  test('agency, platform and DSP advertiser must be equal and filled', () => {
    expect(owned([{}])).toBe(true);
    expect(owned([{}], { AGENCY_ID: '' })).toBe(false);
    expect(owned([{}], { AGENCY_ID: 7001 })).toBe(true);
    expect(owned([{ AGENCY_ID: '7002' }])).toBe(false);
    expect(owned([{}], { DSP_PLATFORM_TYPE: '8' })).toBe(false);
    expect(owned([{ DSP_PLATFORM_TYPE: '06' }], { DSP_PLATFORM_TYPE: 6 })).toBe(true);
    expect(owned([{ DSP_PLATFORM_TYPE: 'n/a' }], { DSP_PLATFORM_TYPE: 'n/a' })).toBe(false);
    expect(owned([{ DSP_PLATFORM_TYPE: '0' }], { DSP_PLATFORM_TYPE: 0 })).toBe(true);
    expect(owned([{ DSP_ADVERTISER_ID: '0' }], { DSP_ADVERTISER_ID: '0' })).toBe(false);
    expect(owned([{ DSP_ADVERTISER_ID: ' dsp ' }])).toBe(true);
    expect(owned([{ QUORUM_ADVERTISER_ID: '42' }])).toBe(true);
  });

  test('a filled insertion order or line item must be equal', () => {
    expect(owned([{ INSERTION_ORDER_ID: '100' }])).toBe(true);
    expect(owned([{ INSERTION_ORDER_ID: '101' }])).toBe(false);
    expect(owned([{ INSERTION_ORDER_ID: '100' }], { INSERTION_ORDER_ID: null })).toBe(false);
    expect(owned([{ LINE_ITEM_ID: '200' }], { LINE_ITEM_ID: 200 })).toBe(true);
    expect(owned([{ LINE_ITEM_ID: '201' }])).toBe(false);
    expect(owned([{ INSERTION_ORDER_ID: 'UNKNOWN', LINE_ITEM_ID: '0' }])).toBe(true);
  });

  test('the most specific level wins: line item over insertion order over wildcard', () => {
    expect(owned([{}, { INSERTION_ORDER_ID: '100', QUORUM_ADVERTISER_ID: 43 }])).toBe(false);
    expect(owned([{ LINE_ITEM_ID: '200' }, { INSERTION_ORDER_ID: '100', QUORUM_ADVERTISER_ID: 43 }])).toBe(true);
    expect(owned([{ LINE_ITEM_ID: '200' }, { INSERTION_ORDER_ID: '100', LINE_ITEM_ID: '200', QUORUM_ADVERTISER_ID: 43 }])).toBe(
      false,
    );
    expect(owned([{}, { LINE_ITEM_ID: '201', QUORUM_ADVERTISER_ID: 43 }])).toBe(true);
  });

  test('two advertisers on the winning level get nothing; below it they do not matter, and repeats are one', () => {
    expect(owned([{}, { QUORUM_ADVERTISER_ID: 43 }])).toBe(false);
    expect(owned([{ LINE_ITEM_ID: '200' }, {}, { QUORUM_ADVERTISER_ID: 43 }])).toBe(true);
    expect(owned([{}, {}, {}])).toBe(true);
    expect(owned([{}, { QUORUM_ADVERTISER_ID: 0 }, { QUORUM_ADVERTISER_ID: null }])).toBe(true);
    expect(owned([{}, { DSP_PLATFORM_TYPE: 'n/a', QUORUM_ADVERTISER_ID: 43 }])).toBe(true);
  });
});

describe('ownership by DSP advertiser and by agency', () => {
  const owned = (given: Case) => merged(given).members.size === 1;
  const adm = (...mappings: readonly Record<string, Row[string]>[]): Case => ({
    config: { joinStrategy: 'ADM_PREFIX' },
    tables: {
      PIXEL_CAMPAIGN_MAPPING_V2: mappings.map((mapping) => ({ ...wildcard, ...mapping })),
      AD_IMPRESSION_LOG_V2: [impression({ DSP_PLATFORM_TYPE: 'n/a' })],
    },
  });

  test('ADM_PREFIX asks only for the DSP advertiser, and a shared one is nobody’s', () => {
    expect(owned(adm({ DSP_PLATFORM_TYPE: 'n/a', LINE_ITEM_ID: 'other' }))).toBe(true);
    expect(owned(adm({ DSP_ADVERTISER_ID: 'other' }))).toBe(false);
    expect(owned(adm({}, { DSP_PLATFORM_TYPE: '8', LINE_ITEM_ID: '1', QUORUM_ADVERTISER_ID: 43 }))).toBe(false);
    expect(owned(adm({}, { AGENCY_ID: '7002', QUORUM_ADVERTISER_ID: 43 }))).toBe(true);
    expect(owned(adm({}, { QUORUM_ADVERTISER_ID: null }))).toBe(true);
  });

  const direct = (row: Record<string, Row[string]>, ...configs: readonly (readonly [string, string, string])[]): Case => ({
    config: { joinStrategy: 'DIRECT_AG' },
    tables: {
      AD_IMPRESSION_LOG_V2: [impression(row)],
      REF_ADVERTISER_CONFIG: configs.map(([agency, advertiser, status]) => ({
        AGENCY_ID: agency,
        ADVERTISER_ID: advertiser,
        CONFIG_STATUS: status,
      })),
    },
  });

  test('DIRECT_AG takes the whole agency while it is the only advertiser that is not inactive', () => {
    expect(owned(direct({}, ['7001', '42', 'ACTIVE']))).toBe(true);
    expect(owned(direct({}, ['7001', '42', 'ACTIVE'], ['7001', '43', 'INACTIVE'], ['7002', '44', 'ACTIVE']))).toBe(true);
    expect(owned(direct({}, ['7001', '42', 'ACTIVE'], ['7001', '43', 'PENDING']))).toBe(false);
    expect(owned(direct({ DSP_ADVERTISER_ID: 42 }, ['7001', '42', 'ACTIVE'], ['7001', '43', 'PENDING']))).toBe(true);
    expect(owned(direct({ AGENCY_ID: '' }, ['7001', '42', 'ACTIVE']))).toBe(false);
  });
});

describe('the LiveRamp log', () => {
  const liveramp = (values: Record<string, Row[string]>): Case => ({
    entry: { sources: ['LIVERAMP_IMPRESSION_LOG'], acceptUnknownDeviceType: true },
    tables: {
      LIVERAMP_IMPRESSION_LOG: [
        {
          AGENCY_ID: '7001',
          ADVERTISER_ID: null,
          DSP_PLATFORM_TYPE: 6,
          DSP_ADVERTISER_ID: 'dsp',
          INSERTION_ORDER_ID: null,
          LINE_ITEM_ID: null,
          IMPRESSION_TIMESTAMP: '2026-02-10',
          MAID: A,
          DEVICE_TYPE: 'android',
          GROUPING_INDICATOR: 'XYr1',
          IP_ADDRESS: '24.1.2.3',
          ...values,
        },
      ],
    },
  });

  test('gives a device, a RampID and an address from one row', () => {
    expect([...merged(liveramp({})).members.keys()]).toEqual([`GAID|${A}`, 'IP|24.1.2.3', 'RAMPID|XYr1']);
  });

  test('a filled advertiser decides, else the strategy does', () => {
    expect(merged(liveramp({ ADVERTISER_ID: '42', DSP_ADVERTISER_ID: null })).members.size).toBe(3);
    expect(merged(liveramp({ ADVERTISER_ID: '43' })).members.size).toBe(0);
    expect(merged(liveramp({ ADVERTISER_ID: '0' })).members.size).toBe(3);
    expect(merged(liveramp({ DSP_ADVERTISER_ID: null })).members.size).toBe(0);
  });

  test('is read only when named, together with the impression log when both are', () => {
    const tables = { ...liveramp({}).tables, AD_IMPRESSION_LOG_V2: [impression({ AUCTION_TIMESTAMP: '2026-02-12' })] };
    expect([...merged({ tables }).members]).toEqual([[`IDFA|${A}`, '2026-02-12T00:00:00.000Z']]);
    const entry: DestinationEntry = {
      sources: ['LIVERAMP_IMPRESSION_LOG', 'AD_IMPRESSION_LOG_V2'],
      acceptUnknownDeviceType: true,
    };
    expect(merged({ tables, entry }).members.get(`MAID|${A}`)).toBe('2026-02-12T00:00:00.000Z');
    expect(() => merged({ tables, entry: { sources: ['CAMPAIGN_PERFORMANCE_REPORT_WEEKLY_STATS'] } })).toThrow();
  });
});

describe('hosts', () => {
  test('a host is the same in every spelling, and shared roots are not domains', () => {
    for (const url of ['https://www.Ace.com:8443/x?y', 'ace.com', 'ACE.COM./path', 'http://user@ace.com', 'ace.com:8080/x'])
      expect(hostOf(url)).toBe('ace.com');
    expect(hostOf('https://BÜCHER.example/')).toBe('xn--bcher-kva.example');
    for (const url of ['', null, 'http://', ' ']) expect(hostOf(url)).toBeNull();
    expect(registrableDomain('a.b.ace.co.uk')).toBe('ace.co.uk');
    expect(registrableDomain('x.a.myshopify.com')).toBe('a.myshopify.com');
    expect(registrableDomain('x.a.squarespace.com')).toBe('a.squarespace.com');
    for (const host of ['co.uk', 'myshopify.com', 'squarespace.com', 'localhost', '24.1.2.3', '[2600::1]'])
      expect(registrableDomain(host)).toBeNull();
  });

  const mapped = (...entries: readonly (readonly [string, string | number])[]) =>
    entries.map(([URL, id]) => ({ Agency_Id: 7001, Advertiser_id: id, URL }));

  test('a domain covers its hosts on label boundaries, the longest entry wins, and two owners are none', () => {
    expect(hostOwner(mapped(['ace.com', '42']), '7001', 'shop.ace.com')).toBe('42');
    expect(hostOwner(mapped(['ace.com', '42']), '7001', 'palace.com')).toBeNull();
    expect(hostOwner(mapped(['shop.ace.com', '42']), '7001', 'ace.com')).toBeNull();
    expect(hostOwner(mapped(['ace.com', '42'], ['shop.ace.com', 43]), '7001', 'x.shop.ace.com')).toBe('43');
    expect(hostOwner(mapped(['ace.com', '42'], ['https://www.ace.com/menu', 43]), '7001', 'ace.com')).toBeNull();
    expect(hostOwner(mapped(['ace.com', 42], ['www.ace.com', '42']), '7001', 'ace.com')).toBe('42');
    expect(hostOwner(mapped(['ace.com', '42']), '7002', 'ace.com')).toBeNull();
    expect(hostOwner(mapped(['co.uk', '42'], ['24.1.2.3', '42']), '7001', 'ace.co.uk')).toBeNull();
    expect(hostOwner(mapped(['ace.com', '42'], ['shop.ace.com', 0]), '7001', 'shop.ace.com')).toBe('42');
  });
});

describe('other audiences', () => {
  const domain = { Agency_Id: '7001', Advertiser_id: 42, URL: 'ace.com' };
  const event = (values: Record<string, Row[string]>): Row => ({
    AGENCY_ID: '7001',
    EVENT_TIMESTAMP: '2026-02-10',
    PAGE_URL: 'https://www.ace.com/',
    EVENT_TYPE: 'site_visit',
    CLIENT_IP: '24.1.2.3',
    IP: null,
    ...values,
  });
  const visit = (values: Record<string, Row[string]> = {}): Row => ({
    AGENCY_ID: '7001',
    QUORUM_ADVERTISER_ID: 42,
    MAID: A.toUpperCase(),
    STORE_VISIT_DATE: '2026-02-10',
    INSERTION_ORDER_ID: '100',
    ...values,
  });
  const tables: OracleTables = {
    ADVERTISER_DOMAIN_MAPPING: [domain],
    WEBPIXEL_EVENTS: [
      event({}),
      event({ CLIENT_IP: '24.1.2.4', EVENT_TYPE: 'Submit_Lead' }),
      event({ CLIENT_IP: '24.1.2.5', EVENT_TYPE: 'sale' }),
      event({ CLIENT_IP: '24.1.2.6', PAGE_URL: 'https://palace.com/' }),
      event({ CLIENT_IP: '24.1.2.7', AGENCY_ID: '' }),
    ],
    STORE_VISITS: [visit(), visit({ MAID: B, QUORUM_ADVERTISER_ID: 43 })],
  };

  test('site visitors and converters are addresses from events on the advertiser’s hosts', () => {
    expect([...merged({ tables, entry: { audience: 'SITE_VISITORS' } }).members.keys()]).toEqual([
      'IP|24.1.2.3',
      'IP|24.1.2.4',
      'IP|24.1.2.5',
    ]);
    expect([...merged({ tables, entry: { audience: 'CONVERTERS' } }).members.keys()]).toEqual(['IP|24.1.2.4', 'IP|24.1.2.5']);
    expect([...merged({ tables, config: { exposureSource: 'WEB' } }).members.keys()]).toEqual([
      'IP|24.1.2.3',
      'IP|24.1.2.4',
      'IP|24.1.2.5',
    ]);
  });

  test('store visitors are devices, exposed out of home by the same visits or by segments', () => {
    const entry: DestinationEntry = { audience: 'STORE_VISITORS', acceptUnknownDeviceType: true };
    expect([...merged({ tables, entry }).members]).toEqual([[`MAID|${A}`, '2026-02-10T00:00:00.000Z']]);
    const ooh: Case = { tables, config: { exposureSource: 'OOH' }, entry: { acceptUnknownDeviceType: true } };
    expect([...merged(ooh).members.keys()]).toEqual([`MAID|${A}`]);
    const captured = {
      SEGMENT_MD5_MAPPING: [{ AGENCY_ID: '7001', ADVERTISER_ID: 42, SEGMENT_MD5: 'AB' }],
      SEGMENT_DEVICES_CAPTURED: [
        { DEVICE_ID: C, DRIVE_BY_DATE: '2026-02-01', SEGMENT_MD5: 'ab' },
        { DEVICE_ID: B, DRIVE_BY_DATE: '2026-02-01', SEGMENT_MD5: 'cd' },
      ],
    };
    expect([...merged({ ...ooh, tables: { ...tables, ...captured } }).members.keys()]).toEqual([`MAID|${C}`]);
  });

  const notVisited = (extra: OracleTables, windowDays = 30) =>
    merged({
      tables: {
        AD_IMPRESSION_LOG_V2: [
          impression({ DEVICE_ID_RAW: B, USER_IP_FROM_HTTP_REQUEST: '24.1.2.3' }),
          impression({ DEVICE_ID_RAW: C, USER_IP_FROM_HTTP_REQUEST: '24.9.9.9' }),
        ],
        ...extra,
      },
      config: { attributionWindowDays: windowDays },
      entry: { audience: 'EXPOSED_NOT_VISITED' },
    });
  const members = (segment: ExpectedSegment) => [...segment.members.keys()].sort();

  test('whoever was on the site is removed by the address beside it and by household', () => {
    const site = { ADVERTISER_DOMAIN_MAPPING: [domain], WEBPIXEL_EVENTS: [event({})] };
    expect(members(notVisited({}))).toEqual([`IDFA|${B}`, `IDFA|${C}`, 'IP|24.1.2.3', 'IP|24.9.9.9']);
    expect(members(notVisited(site))).toEqual([`IDFA|${C}`, 'IP|24.9.9.9']);
    expect(notVisited(site).dropped).toEqual({ VISITED: 2 });
    const homes = [
      { IP_ADDRESS: '24.1.2.3', HOUSEHOLD_ID: 1 },
      { IP_ADDRESS: '24.9.9.9', HOUSEHOLD_ID: '1' },
    ];
    expect(notVisited({ ...site, IP_HOUSEHOLD_LOOKUP: homes })).toMatchObject({ selected: 4, dropped: { VISITED: 4 } });
    const viaDevice = {
      IP_HOUSEHOLD_LOOKUP: homes.slice(0, 1),
      MAID_HOUSEHOLD_LOOKUP: [{ MAID: C.toUpperCase(), HOUSEHOLD_ID: '1' }],
    };
    expect(notVisited({ ...site, ...viaDevice }).dropped).toEqual({ VISITED: 4 });
  });

  test('whoever was in the store is removed by device and by household, within the attribution window', () => {
    const stores = { STORE_VISITS: [visit({ MAID: B, STORE_VISIT_DATE: '2026-02-01' })] };
    expect(members(notVisited(stores))).toEqual([`IDFA|${C}`, 'IP|24.9.9.9']);
    expect(notVisited(stores, 7).members.size).toBe(4);
    const homes = {
      MAID_HOUSEHOLD_LOOKUP: [{ MAID: B, HOUSEHOLD_ID: 'h' }],
      IP_HOUSEHOLD_LOOKUP: [{ IP_ADDRESS: '24.9.9.9', HOUSEHOLD_ID: 'h' }],
    };
    expect(notVisited({ ...stores, ...homes }).members.size).toBe(0);
  });

  test('one row is enough, in any insertion order, but only inside the window', () => {
    const row = (values: Record<string, Row[string]>) => impression({ DEVICE_ID_RAW: B, ...values });
    const rows = (time: string) => [
      row({ INSERTION_ORDER_ID: '100' }),
      row({ INSERTION_ORDER_ID: '200', USER_IP_FROM_HTTP_REQUEST: '24.1.2.3', AUCTION_TIMESTAMP: time }),
    ];
    const first = (time: string) =>
      segments({
        tables: { AD_IMPRESSION_LOG_V2: rows(time), ADVERTISER_DOMAIN_MAPPING: [domain], WEBPIXEL_EVENTS: [event({})] },
        entry: { audience: 'EXPOSED_NOT_VISITED', mode: 'split' },
      }).get('100');
    expect(first('2026-02-12')?.dropped).toEqual({ VISITED: 1 });
    expect(first('2025-02-12')?.members.size).toBe(1);
    expect(first('2286-02-12')?.members.size).toBe(1);
  });

  test('a blank household joins nobody, and another agency’s visits do not matter', () => {
    const lookups = {
      IP_HOUSEHOLD_LOOKUP: [{ IP_ADDRESS: '24.1.2.3', HOUSEHOLD_ID: '0' }],
      MAID_HOUSEHOLD_LOOKUP: [{ MAID: C, HOUSEHOLD_ID: '0' }],
    };
    const site = { ADVERTISER_DOMAIN_MAPPING: [domain], WEBPIXEL_EVENTS: [event({})] };
    expect(notVisited({ ...site, ...lookups }).dropped).toEqual({ VISITED: 2 });
    expect(notVisited({ STORE_VISITS: [visit({ MAID: B, AGENCY_ID: '7002' })] }).members.size).toBe(4);
  });
});

describe('split and restricted audiences', () => {
  const rows: readonly Record<string, Row[string]>[] = [
    { DEVICE_ID_RAW: A, INSERTION_ORDER_ID: '100', AUCTION_TIMESTAMP: '2026-02-01' },
    { DEVICE_ID_RAW: A, INSERTION_ORDER_ID: 200, AUCTION_TIMESTAMP: '2026-02-02', DEVICE_TYPE: 'GAID' },
    { DEVICE_ID_RAW: B, INSERTION_ORDER_ID: ' 200 ', AUCTION_TIMESTAMP: '2026-02-03' },
    { DEVICE_ID_RAW: C, INSERTION_ORDER_ID: '0', AUCTION_TIMESTAMP: '2026-02-04' },
    { DEVICE_ID_RAW: B, INSERTION_ORDER_ID: '300', AUCTION_TIMESTAMP: '2286-11-20' },
  ];

  test('each insertion order is a segment of its own, blank ones together, with the type from all rows', () => {
    const found = segments({ ...fromImpressions(...rows), entry: { mode: 'split', acceptUnknownDeviceType: true } });
    expect([...found].map(([id, segment]) => [id, [...segment.members], segment.dropped])).toEqual([
      ['100', [[`MAID|${A}`, '2026-02-01T00:00:00.000Z']], {}],
      [
        '200',
        [
          [`MAID|${A}`, '2026-02-02T00:00:00.000Z'],
          [`IDFA|${B}`, '2026-02-03T00:00:00.000Z'],
        ],
        {},
      ],
      ['_none', [[`IDFA|${C}`, '2026-02-04T00:00:00.000Z']], {}],
      ['300', [], { FUTURE: 1 }],
    ]);
  });

  test('a restriction to insertion orders comes before everything, also before types', () => {
    const segment = merged({ ...fromImpressions(...rows), entry: { insertionOrderIds: ['200'] } });
    expect([...segment.members.keys()]).toEqual([`GAID|${A}`, `IDFA|${B}`]);
    expect(segment.selected).toBe(2);
  });
});

describe('suppression', () => {
  const suppressed = (type: string | null, value: string, agency: string | null = null) =>
    merged({
      tables: {
        AD_IMPRESSION_LOG_V2: [impression({ USER_IP_FROM_HTTP_REQUEST: '24.1.2.3', UID2 })],
        SUPPRESSION: [{ IDENTIFIER_TYPE: type, IDENTIFIER_VALUE: value, AGENCY_ID: agency }],
      },
    }).suppressed;

  test('holds for every agency, or for the one that it names', () => {
    for (const agency of [null, '', '*', ' * ', '7001', ' 7001 ']) expect(suppressed('MAID', A, agency)).toBe(1);
    expect(suppressed('MAID', A, '7002')).toBe(0);
  });

  test('may be of any type', () => {
    for (const type of ['*', '', null, 'AAID']) {
      expect(suppressed(type, A)).toBe(1);
      expect(suppressed(type, '24.1.2.3')).toBe(1);
      expect(suppressed(type, sha256('24.1.2.3'))).toBe(1);
    }
    expect(suppressed('UUID2', '24.1.2.3')).toBe(0);
  });

  test('covers a device under every type, spelling and hash spelling', () => {
    for (const type of ['IDFA', 'GAID', 'MAID', ' maid ']) expect(suppressed(type, A)).toBe(1);
    for (const text of [A.toUpperCase(), `{${A}}`, A.replaceAll('-', '')]) expect(suppressed('MAID', text)).toBe(1);
    for (const text of [A, A.toUpperCase(), A.replaceAll('-', ''), A.replaceAll('-', '').toUpperCase()]) {
      expect(suppressed('MAID', sha256(text))).toBe(1);
      expect(suppressed('MAID', sha256(text).toUpperCase())).toBe(1);
      expect(suppressed('MAID', sha256(text, 'base64'))).toBe(1);
    }
    expect(suppressed('MAID', B)).toBe(0);
    expect(suppressed('IP', A)).toBe(0);
  });

  test('ID-08 the deletion list’s own vector matches', () => {
    expect(suppressed('MAID', 'nMVJoQJ3vjAudVZ7lMxsvmdm8a7VeLrsGPrXLOyFHn0=')).toBe(1);
  });

  test('covers addresses and UID2 too, and counts only what would have gone', () => {
    expect(suppressed('IP', '::ffff:24.1.2.3')).toBe(1);
    expect(suppressed('UID2', UID2)).toBe(1);
    expect(suppressed('UID2', sha256(UID2))).toBe(1);
    const segment = merged({
      tables: {
        AD_IMPRESSION_LOG_V2: [impression({ DEVICE_TYPE: null })],
        SUPPRESSION: [{ IDENTIFIER_TYPE: 'MAID', IDENTIFIER_VALUE: A }],
      },
    });
    expect(segment).toMatchObject({ suppressed: 0, dropped: { UNKNOWN_TYPE: 1 } });
  });
});
