import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeChange } from '../src/admin/make-change.ts';
import { placeConflicts } from '../src/admin/places/conflicts.ts';
import { undoChange } from '../src/admin/undo-change.ts';
import { raw } from '../src/lib/sql.ts';
import { type AdminWorld, adminWorld, type Caller } from './support/admin-world.ts';
import { configRow } from './support/seed.ts';

/** Places and whose they are. */

let world: AdminWorld;
beforeEach(async () => {
  world = await adminWorld();
});
afterEach(() => world[Symbol.asyncDispose]());

/** An MD5 that is told apart by its number. */
const md5 = (number: number): string => number.toString(16).padStart(32, '0');
const mapped = (number: number, uniqueId: string, advertiser: string, agency = '1480') => ({
  SEGMENT_MD5: md5(number),
  SEGMENT_UNIQUE_ID: uniqueId,
  ADVERTISER_ID: advertiser,
  AGENCY_ID: agency,
});
const place = (number: number, brand: string | null, more: object = {}) => ({
  SEGMENT_UNIQUE_ID: `S-${number}`,
  BRAND: brand,
  CATEGORY: 'Hardware',
  DMA_NAME: 'CHICAGO, IL',
  ZIP_CODE: String(60000 + number),
  ...more,
});
const library = (number: number) => mapped(number, `S-${number}`, '0', '1949');

/** Brands: 1 to 3 Ace, of which 3 is elsewhere; 4 with an odd name; 5 a clinic; 6 without an MD5. */
const METADATA = [
  place(1, 'Ace Hardware'),
  place(2, 'ACE HARDWARE '),
  place(3, 'Ace Hardware', { DMA_NAME: 'BOSTON, MA' }),
  place(4, `Café O'Neil 100%_<b>"x"`),
  place(5, 'Mercy Clinic', { CATEGORY: 'Medical Clinics' }),
  place(6, 'Palace'),
];
const MAPPING = [library(1), library(2), library(3), library(4), library(5)];

type Rows = readonly Readonly<Record<string, unknown>>[];

async function load({
  mapping = [],
  metadata = [],
  detail = [],
}: {
  readonly mapping?: Rows;
  readonly metadata?: Rows;
  readonly detail?: Rows;
} = {}) {
  await world.load({
    REF_ADVERTISER_CONFIG: [configRow('4711', []), configRow('4712', []), configRow('4711', [], { AGENCY_ID: '9' })],
    SEGMENT_METADATA: [...METADATA, ...metadata],
    SEGMENT_MD5_MAPPING: [...MAPPING, ...mapping],
    ...(detail.length === 0 ? {} : { SEGMENT_DETAIL: detail }),
  });
}

const get = (path: string, as: Caller = {}) => world.call('GET', `/api/config/${path}`, undefined, as);
const post = (path: string, body: object, as: Caller = {}) =>
  world.call('POST', `/api/config/${path}`, { agency_id: '1480', advertiser_id: '4711', ...body }, as);
const rowsOf = (where = 'TRUE') =>
  world.session.all(
    raw(`SELECT * FROM "BASE_TABLES"."SEGMENT_MD5_MAPPING" WHERE AGENCY_ID <> '1949' AND ${where} ORDER BY 1, 2, 3, 4`),
  );
const config = async () =>
  (
    await world.session.all(
      raw(`SELECT * FROM "BASE_TABLES"."REF_ADVERTISER_CONFIG" WHERE ADVERTISER_ID = '4711' AND AGENCY_ID = '1480'`),
    )
  )[0];
const named = (answer: { body: { data: readonly Record<string, unknown>[] } }, field: string) =>
  answer.body.data.map((row) => row[field]);

describe('brands', () => {
  test('are found by words of their name and market area, whatever the case and accents, and spellings are one brand', async () => {
    await load();
    const { status, body } = await get('poi-brands?search=HARD+acé');
    expect(status).toBe(200);
    expect(body).toMatchObject({ total: 1, count: 1, truncated: false, warnings: [] });
    expect(body.data[0]).toMatchObject({
      UNIQUE_LOCATIONS: 3,
      ZIP_CODES: 3,
      DMA_NAME: null,
      DMA_NAMES: ['BOSTON, MA', 'CHICAGO, IL'],
    });
    expect((await get('poi-brands?search=ace+hardware&dma=boston')).body.data[0]).toMatchObject({
      UNIQUE_LOCATIONS: 1,
      DMA_NAME: 'BOSTON, MA',
    });
    expect(named(await get('poi-brands?search=cafe+oneil'), 'BRAND')).toEqual([`Café O'Neil 100%_<b>"x"`]);
  });

  test('that begin with what is sought come first, and pages keep the total', async () => {
    await load();
    const first = await get('poi-brands?search=ace&limit=1');
    expect(first.body).toMatchObject({ total: 2, truncated: true });
    expect(String(named(first, 'BRAND')).trim().toLowerCase()).toBe('ace hardware');
    expect(named(await get('poi-brands?search=ace&limit=1&offset=1'), 'BRAND')).toEqual(['Palace']);
    expect((await get('poi-brands?search=ace&limit=1&offset=2')).body).toMatchObject({ total: 2, count: 0, truncated: false });
  });

  test('B3, B11: percent, underscore, quotes and statements are plain text', async () => {
    await load();
    for (const text of ['%%', '__', "'; DROP TABLE x; --", '\\\\'])
      expect((await get(`poi-brands?search=${encodeURIComponent(text)}`)).body).toMatchObject({ success: true, total: 0 });
    expect((await get(`poi-brands?search=${encodeURIComponent('100%_')}`)).body.total).toBe(1);
    expect((await get('poi-brands?search=ace')).body.total).toBe(2);
  });

  test('need two characters, and say when they are sensitive', async () => {
    await load();
    for (const query of ['', '?search=a', '?dma=b', "?search=''''", '?search=%20a%20'])
      expect((await get(`poi-brands${query}`)).status).toBe(400);
    expect((await get('poi-brands?search=mercy')).body.data[0]).toMatchObject({ ASSIGNABLE: false, CATEGORY: 'Medical Clinics' });
  });
});

describe('places of a brand', () => {
  test('say whether they can be assigned, and else why not', async () => {
    await load({
      metadata: [place(7, 'Ace Hardware', { ZIP_CODE: '00001' }), place(8, 'Ace Hardware'), place(9, 'Ace Hardware')],
      mapping: [mapped(7, 'S-7', '4712'), library(8), library(9), mapped(1, 'S-1', '4711')],
      detail: [
        { SEGMENT_UNIQUE_ID: 'S-1', AGENCY_ID: '1949', SEGMENT_TYPE: '5', STATUS: '1', SEGMENT_NAME: 'Ace Loop' },
        { SEGMENT_UNIQUE_ID: 'S-8', AGENCY_ID: '1949', SEGMENT_TYPE: '3', STATUS: '1' },
        { SEGMENT_UNIQUE_ID: 'S-9', AGENCY_ID: '1949', SEGMENT_TYPE: '5', STATUS: '0' },
      ],
    });
    const { body } = await get('poi-segments?brand=ace+hardware&agency_id=1480&advertiser_id=4711');
    expect(body.total).toBe(6);
    const told = Object.fromEntries(body.data.map((row: Record<string, unknown>) => [row.SEGMENT_UNIQUE_ID, row.REASON_CODE]));
    expect(told).toEqual({
      'S-1': 'ALREADY_ASSIGNED',
      'S-2': null,
      'S-3': null,
      'S-7': null,
      'S-8': 'NOT_A_GEOFENCE',
      'S-9': 'INACTIVE',
    });
    expect(body.data.at(-1)).toMatchObject({
      SEGMENT_UNIQUE_ID: 'S-7',
      IS_LIBRARY: false,
      SEGMENT_MD5: md5(7),
      ASSIGNABLE: true,
    });
    expect((await get('poi-segments?brand=palace')).body.data).toMatchObject([{ SEGMENT_MD5: null, REASON_CODE: 'NO_MD5' }]);
    expect((await get('poi-segments?brand=Mercy+Clinic')).body.data).toMatchObject([{ REASON_CODE: 'SENSITIVE_CATEGORY' }]);
  });

  test('A3: another agency made for itself are not seen, not found and not assigned', async () => {
    await load({
      metadata: [place(7, 'Secret Lab')],
      mapping: [mapped(7, 'S-7', '4711', '9')],
      detail: [{ SEGMENT_UNIQUE_ID: 'S-7', AGENCY_ID: '9', SEGMENT_TYPE: '5', STATUS: '1' }],
    });
    const operator: Caller = { role: 'operator', agencies: ['1480'] };
    expect((await get('poi-brands?search=secret', operator)).body.total).toBe(0);
    expect((await get('poi-segments?brand=secret+lab', operator)).body.total).toBe(0);
    expect((await post('assign-poi', { brand: 'Secret Lab' }, operator)).status).toBe(404);
    expect((await post('assign-poi', { segment_md5s: [md5(7)] }, operator)).body.data).toMatchObject({
      inserted: 0,
      rejected: [{}],
    });
    expect((await get('poi-brands?search=secret', { role: 'operator', agencies: ['9'] })).body.total).toBe(1);
  });
});

describe('assigning', () => {
  test('B2: writes the real id, and reads the brand back', async () => {
    await load({ mapping: [mapped(1, 'ADV_1', '4712')] });
    const { body } = await post('assign-poi', { segment_md5s: [md5(1).toUpperCase(), ` ${md5(2)} `, md5(1)] });
    expect(body.data).toMatchObject({ inserted: 2, skipped: 0, rejected: [], brands: [{ segments: 2 }], total_segments: 2 });
    expect(await rowsOf(`ADVERTISER_ID = '4711'`)).toMatchObject([
      { SEGMENT_MD5: md5(1), SEGMENT_UNIQUE_ID: 'S-1', AGENCY_ID: '1480' },
      { SEGMENT_MD5: md5(2), SEGMENT_UNIQUE_ID: 'S-2', AGENCY_ID: '1480' },
    ]);
    expect(await config()).toMatchObject({ SEGMENT_COUNT: 2n, HAS_STORE_VISIT_ATTRIBUTION: true, CONFIG_VERSION: 2n });
    const shown = await get('assigned-pois?agency_id=1480&advertiser_id=4711');
    expect(shown.body.data.pois.map((row: Record<string, unknown>) => String(row.BRAND).trim().toLowerCase())).toEqual([
      'ace hardware',
      'ace hardware',
    ]);
  });

  test('B1: takes known MD5s alone and tells why not the others; empty ids and empty posts are refused', async () => {
    await load({ mapping: [mapped(20, 'ADV_20', '4712')] });
    const { body } = await post('assign-poi', { segment_md5s: [md5(1), 'ADV_77', md5(99), md5(20), md5(5)] });
    expect(body.data.inserted).toBe(1);
    expect(body.data.rejected.map(({ md5: of, reason }: Record<string, string>) => [of, reason])).toEqual([
      ['adv_77', 'NOT_AN_MD5'],
      [md5(99), 'UNKNOWN'],
      [md5(20), 'NO_REAL_ID'],
      [md5(5), 'SENSITIVE_CATEGORY'],
    ]);
    const before = await rowsOf();
    for (const bad of [{}, { segment_md5s: [] }, { segment_md5s: [''] }, { segment_md5s: [md5(2), ' '] }, { dma: 'BOSTON, MA' }])
      expect((await post('assign-poi', bad)).status).toBe(400);
    expect((await post('assign-poi', { segment_md5s: [md5(2)], brand: 'Palace' })).status).toBe(400);
    expect((await post('assign-poi', { segment_md5s: Array.from({ length: 5001 }, (_, n) => md5(n)) })).status).toBe(400);
    expect(await rowsOf()).toEqual(before);
  });

  test('a brand is expanded by the server to what can be assigned, in one market area or all', async () => {
    await load();
    expect((await post('assign-poi', { brand: 'ace hardware', dma: 'Boston, MA' })).body.data).toMatchObject({ inserted: 1 });
    expect((await post('assign-poi', { brand: 'ACE Hardware' })).body.data).toMatchObject({
      inserted: 2,
      skipped: 1,
      total_segments: 3,
    });
    expect((await post('assign-poi', { brand: 'Palace' })).body.data).toMatchObject({
      inserted: 0,
      rejected: [{ md5: 'S-6', reason: 'NO_MD5' }],
    });
    expect((await post('assign-poi', { brand: 'Mercy Clinic' })).body.data).toMatchObject({
      rejected: [{ reason: 'SENSITIVE_CATEGORY' }],
    });
    const unknown = await post('assign-poi', { brand: 'Ace%' });
    expect([unknown.status, unknown.body.error.reason]).toEqual([404, 'brand_unknown']);
  });

  test('B7, B17: of one agency leaves the same advertiser id of another alone', async () => {
    await load({ mapping: [mapped(1, 'S-1', '4711', '9')] });
    expect((await post('assign-poi', { segment_md5s: [md5(1)] })).body.data).toMatchObject({ inserted: 1, total_segments: 1 });
    expect((await post('remove-poi', { segment_md5s: [md5(1)] })).body.data).toMatchObject({ deleted: 1, total_segments: 0 });
    expect(await rowsOf()).toMatchObject([{ AGENCY_ID: '9', SEGMENT_MD5: md5(1) }]);
  });

  test('twice changes nothing the second time', async () => {
    await load();
    await post('assign-poi', { segment_md5s: [md5(1)] });
    const again = await post('assign-poi', { segment_md5s: [md5(1)] });
    expect(again.body.data).toMatchObject({ inserted: 0, skipped: 1, total_segments: 1, audit_id: null, config_version: 2 });
    expect((await rowsOf()).length).toBe(1);
  });

  test('is refused for whoever is not of the agency, saw an older version, or named nobody', async () => {
    await load();
    expect((await post('assign-poi', { segment_md5s: [md5(1)], agency_id: '9' }, { agencies: ['1480'] })).status).toBe(403);
    expect((await post('assign-poi', { segment_md5s: [md5(1)] }, { role: 'viewer' })).status).toBe(403);
    expect((await post('assign-poi', { segment_md5s: [md5(1)], expected_version: 7 })).status).toBe(409);
    expect((await post('assign-poi', { segment_md5s: [md5(1)], advertiser_id: '4713' })).body.error.reason).toBe(
      'advertiser_unknown',
    );
    expect((await post('assign-poi', { segment_md5s: [md5(1)], advertiser_id: "4711' OR '1'='1" })).status).toBe(404);
    expect(await rowsOf()).toEqual([]);
  });
});

describe('removing', () => {
  test('B9: the last place takes the flag along, and rows with an empty id can go', async () => {
    await load({ mapping: [{ ...mapped(0, 'ADV_1', '4711'), SEGMENT_MD5: '' }] });
    await post('assign-poi', { brand: 'Ace Hardware' });
    expect((await post('remove-poi', { segment_md5s: ['', md5(1), md5(99)] })).body.data).toMatchObject({
      deleted: 2,
      not_assigned: 1,
    });
    expect((await post('remove-poi', { brand: 'Ace Hardware' })).body.data).toMatchObject({ deleted: 2, total_segments: 0 });
    expect(await config()).toMatchObject({ SEGMENT_COUNT: 0n, HAS_STORE_VISIT_ATTRIBUTION: false });
  });
});

describe('what an advertiser has', () => {
  test('B15: figures are of all places, whatever page is shown', async () => {
    const many = Array.from({ length: 1123 }, (_, n) => n + 1000);
    await load({
      metadata: many.map((n) => place(n, `Brand x${n % 7}`, { DMA_NAME: `DMA ${n % 5}`, ZIP_CODE: String(n % 11) })),
      mapping: [...many.map((n) => mapped(n, `S-${n}`, '4711')), mapped(1000, 'ADV_9', '4711'), mapped(5, 'S-5', '4711')],
    });
    const { body } = await get('assigned-pois?agency_id=1480&advertiser_id=4711&limit=500');
    expect(body.data).toMatchObject({ total: 1124, truncated: true, pois: { length: 500 } });
    expect(body.data.poi_summary).toMatchObject({
      total_segments: 1124,
      unique_brands: 8,
      unique_dmas: 6,
      // `0` is no postal code, and that of the clinic is one more.
      unique_zips: 11,
      unknown_segments: 0,
      denied_segments: 1,
    });
    const found = await get('assigned-pois?agency_id=1480&advertiser_id=4711&search=brand+x3&limit=10');
    expect(found.body.data).toMatchObject({
      total: many.filter((n) => n % 7 === 3).length,
      poi_summary: { total_segments: 1124 },
    });
    expect((await get('assigned-pois?agency_id=9&advertiser_id=4711', { agencies: ['1480'] })).status).toBe(403);
  });

  test('B2: a made-up id is told, repaired where the place is known, and all of it can be taken back', async () => {
    await load({
      mapping: [mapped(1, 'ADV_1', '4711'), mapped(5, 'ADV_5', '4711'), mapped(50, 'ADV_50', '4711'), mapped(2, 'S-2', '4711')],
    });
    const listed = await get('repairable-pois?agency_id=1480');
    expect(listed.body.total).toBe(3);
    expect(listed.body.data).toMatchObject([
      { SEGMENT_MD5: md5(1), SEGMENT_UNIQUE_ID: 'ADV_1', REAL_UNIQUE_ID: 'S-1', REPAIRABLE: true },
      { SEGMENT_MD5: md5(5), REAL_UNIQUE_ID: 'S-5' },
      { SEGMENT_MD5: md5(50), REAL_UNIQUE_ID: null, REPAIRABLE: false },
    ]);
    expect((await get('repairable-pois', { agencies: ['9'] })).body.total).toBe(0);
    const before = await rowsOf();
    const { body } = await post('repair-poi', {});
    expect(body.data).toMatchObject({
      repaired: 2,
      skipped: 0,
      remaining: 1,
      rejected: [{ md5: md5(50), reason: 'NO_REAL_ID' }],
    });
    expect(body.warnings).toHaveLength(1);
    expect((await rowsOf()).map((row) => row.SEGMENT_UNIQUE_ID).sort()).toEqual(['ADV_50', 'S-1', 'S-2', 'S-5']);
    await undoChange(await world.context(), body.data.audit_id);
    expect(await rowsOf()).toEqual(before);
    const some = await post('repair-poi', { segment_md5s: [md5(1), md5(2), md5(77)] });
    expect(some.body.data).toMatchObject({
      repaired: 1,
      skipped: 1,
      remaining: 2,
      rejected: [{ md5: md5(77), reason: 'UNKNOWN' }],
    });
  });
});

test('5,000 places are assigned, taken back and brought back in one change each', async () => {
  const many = Array.from({ length: 5000 }, (_, n) => n + 1000);
  await load({ metadata: many.map((n) => place(n, 'Big Box')), mapping: [...many.map(library), mapped(1000, 'S-1000', '4711')] });
  const { body } = await post('assign-poi', { brand: 'big box' });
  expect(body.data).toMatchObject({
    inserted: 4999,
    skipped: 1,
    total_segments: 5000,
    brands: [{ brand: 'Big Box', segments: 4999 }],
  });
  const undone = await undoChange(await world.context(), body.data.audit_id);
  expect(await rowsOf()).toMatchObject([{ SEGMENT_MD5: md5(1000) }]);
  expect(await config()).toMatchObject({ SEGMENT_COUNT: 1n });
  await undoChange(await world.context(), String(undone.auditId));
  expect((await rowsOf()).length).toBe(5000);
  await world.load({ SEGMENT_METADATA: [place(9000, 'big box')] });
  const more = await post('assign-poi', { brand: 'big box' });
  expect([more.status, more.body.error.reason]).toEqual([400, 'places_too_many']);
});

test('rows that share a part of their key with others are left alone', async () => {
  await load({ mapping: [mapped(1, 'S-1', '4711'), mapped(2, 'S-2', '4712'), mapped(3, 'S-3', '4711', '9')] });
  await makeChange(await world.context(), { action: 'poi.remove', agencyId: '1480', advertiserIds: [] }, async ({ journal }) =>
    journal.remove(
      'SEGMENT_MD5_MAPPING',
      ['AGENCY_ID', 'ADVERTISER_ID', 'SEGMENT_MD5'],
      [
        ['1480', '4711', md5(1)],
        ['1480', '4712', md5(1)],
        ['9', '4711', md5(2)],
      ],
    ),
  );
  expect((await rowsOf()).map((row) => [row.AGENCY_ID, row.ADVERTISER_ID])).toEqual([
    ['1480', '4712'],
    ['9', '4711'],
  ]);
});

test('a place of several advertisers is no conflict; ids that do not agree are', async () => {
  await load({
    mapping: [
      mapped(1, 'S-1', '4711'),
      mapped(1, 'S-1', '4712'),
      mapped(2, 'S-2', '4711'),
      mapped(2, 'ADV_2', '4712'),
      mapped(2, '', '4713'),
    ],
  });
  expect(await placeConflicts(await world.context(['1480']))).toEqual([
    { kind: 'place', agencyId: '1480', key: md5(2), advertisers: ['4711', '4712', '4713'], affected: null },
  ]);
  expect(await placeConflicts(await world.context(['9']))).toEqual([]);
});

test('without the tables lists are empty and say which is missing, and writes are refused', async () => {
  const bare = await adminWorldWithout(['SEGMENT_METADATA', 'SEGMENT_MD5_MAPPING', 'SEGMENT_DETAIL']);
  try {
    for (const path of [
      'poi-brands?search=ace',
      'poi-segments?brand=ace',
      'repairable-pois',
      'assigned-pois?agency_id=1480&advertiser_id=4711',
    ]) {
      const { status, body } = await bare.call('GET', `/api/config/${path}`);
      expect([path, status]).toEqual([path, 200]);
      expect(body.warnings[0]).toContain('missing');
    }
    await bare.load({ REF_ADVERTISER_CONFIG: [configRow('4711', [])] });
    for (const [path, body] of [
      ['assign-poi', { brand: 'ace' }],
      ['remove-poi', { segment_md5s: [md5(1)] }],
      ['repair-poi', {}],
    ] as const) {
      const answer = await bare.call('POST', `/api/config/${path}`, { agency_id: '1480', advertiser_id: '4711', ...body });
      expect([path, answer.status, answer.body.error.reason]).toEqual([path, 400, 'table_missing']);
    }
  } finally {
    await bare[Symbol.asyncDispose]();
  }
});

/** A world whose warehouse is told to look for these tables where there are none. */
function adminWorldWithout(tables: readonly string[]): Promise<AdminWorld> {
  const placed = tables.map((name) => `  ${name}: { schema: NOWHERE, name: ${name} }`).join('\n');
  return adminWorld({ settings: `destinations:\n  archive: { type: folder, path: ./out }\ntables:\n${placed}\n` });
}
