import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { fileName } from '../src/format/file-name.ts';
import type { FileAction, FileContext, Layout, Membership } from '../src/format/layout.ts';
import { activationLayout } from '../src/format/layouts/activation.ts';
import { eventLogLayout } from '../src/format/layouts/event-log.ts';
import { lineSql } from '../src/format/line-sql.ts';
import { writeRows } from '../src/format/write-rows.ts';
import { IDENTIFIER_TYPES } from '../src/identity/identifier-type.ts';
import { openDuckDB } from '../src/warehouse/duckdb/duckdb.ts';
import { columns, membership, segmentText, unloaded, written } from './support/both-writers.ts';
import { collect, contextOf, inBatches, memberships, packLines, scratch } from './support/format.ts';
import { cutFiles, layoutOf, partnerSettings } from './support/partner-set.ts';

/** Files whose form a person has configured: goldens for the presets, and both writers on layouts that nobody has thought of. */

const golden = (name: string): Promise<Buffer> => readFile(new URL(`golden/format/${name}`, import.meta.url));

const monday = new Date('2026-02-16T06:00:00.000Z');
const idfa: Membership = { type: 'IDFA', value: 'aebe52e7-03ee-455a-b3c4-e57283966239', lastSeen: monday };
const gaid: Membership = {
  type: 'GAID',
  value: '38400000-8cf0-11bd-b23e-10b96e40000d',
  lastSeen: new Date('2026-02-15T23:59:59.999Z'),
};
const maid: Membership = { type: 'MAID', value: '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d', lastSeen: monday };
const ip: Membership = { type: 'IP', value: '198.41.0.4', lastSeen: monday };
const others: Membership[] = [
  { type: 'RAMPID', value: 'XY1005nH8DkSbQe2', lastSeen: monday },
  { type: 'UID2', value: 'Q4bGug8t1xjsutKLCNjnb5fTlXSvIQukmahYDJeLBtk=', lastSeen: monday },
  { type: 'UUID2', value: '9223372036854775809', lastSeen: monday },
];
const sports = { segmentName: 'Sports, outdoor' };

async function contentOf(layout: Layout, members: readonly Membership[], changes: Partial<FileContext> = {}): Promise<Buffer[]> {
  const files = await cutFiles(layout, members, changes);
  const bytes = await Promise.all(files.map(async (file) => Buffer.concat(await (await file.open()).toArray())));
  return bytes.map((stored) => (layout.compression === 'gzip' ? gunzipSync(stored) : stored));
}

describe('the presets', () => {
  test('PM-07 paramount: seven columns, the segment name with its comma in quotes', async () => {
    const layout = await layoutOf({ preset: 'paramount', allowIp: true });
    expect(await contentOf(layout, [idfa, gaid, ip, ...others], sports)).toEqual([await golden('paramount.csv')]);
  });

  test('paramount: removals have the same form, and expire as the delivery asks', async () => {
    const layout = await layoutOf({ preset: 'paramount' });
    const changes = { ...sports, action: 'remove', ttlDays: 30 } as const;
    expect(await contentOf(layout, [idfa], changes)).toEqual([await golden('paramount-remove.csv')]);
    const [file] = await cutFiles(layout, [idfa], changes);
    expect(file).toMatchObject({ name: expect.stringContaining('_remove.csv.gz'), action: 'remove' });
  });

  test('experian: device ids and addresses in columns of their own', async () => {
    const layout = await layoutOf({ preset: 'experian', allowIp: true });
    expect(await contentOf(layout, [idfa, gaid, maid, ip])).toEqual([await golden('experian.psv')]);
    expect(layout.limits.maxBytes).toBeLessThan(20_000_000_000);
  });

  test('pubmatic: the MD5 of the content before compression is in the name', async () => {
    const layout = await layoutOf({ preset: 'pubmatic', fields: { dpid: '4321', country: 'US' } });
    expect(await contentOf(layout, [idfa, gaid])).toEqual([await golden('pubmatic.tsv')]);
    const [file] = await cutFiles(layout, [idfa, gaid]);
    expect(file?.name).toBe('4321_1771221600_26031eddf05c3722bd4f0f78212b80ae.tsv.gz');
  });

  test('what stands beside a preset goes before it, words and fields one by one', async () => {
    const layout = await layoutOf({
      preset: 'pubmatic',
      fields: { dpid: '4321', country: 'US' },
      typeWords: { GAID: 'aaid' },
      delimiter: 'pipe',
      compression: 'none',
    });
    const [content] = await contentOf(layout, [idfa, gaid]);
    expect(content?.toString()).toBe((await golden('pubmatic.tsv')).toString().replaceAll('\t', '|').replace('GAID', 'aaid'));
    expect(layout.extension).toBe('.psv');
  });

  test('a preset in a file needs no code', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'aquarius-preset-'));
    const presetFile = join(folder, 'acme.yaml');
    writeFileSync(
      presetFile,
      'columns:\n  - { header: id, value: "identifier:compact" }\nexpiryDays: 30\ndelimiter: semicolon\n',
    );
    expect((await contentOf(await layoutOf({ presetFile }), [idfa]))[0]?.toString()).toBe(
      'id\naebe52e703ee455ab3c4e57283966239\n',
    );
    rmSync(folder, { recursive: true });
  });

  test.each([
    ['has an unknown key', 'columms: []\n'],
    ['holds a wrong column', 'columns: [{ header: id, value: identifer }]\n'],
    ['has no columns', 'delimiter: tab\n'],
    ['contradicts itself', 'columns: [{ header: id, value: identifier }]\nminRows: 9\nmaxRows: 3\n'],
    ['is no YAML', '{'],
  ])('a preset file that %s is refused', async (_how, text) => {
    const folder = mkdtempSync(join(tmpdir(), 'aquarius-preset-'));
    const presetFile = join(folder, 'wrong.yaml');
    writeFileSync(presetFile, text);
    const refusal = await layoutOf({ presetFile }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ kind: 'config', code: 'preset_file', hint: expect.stringMatching(/\S/) });
    rmSync(folder, { recursive: true });
  });
});

describe('lines and names', () => {
  test('CRLF, quotes everywhere, ids without hyphens and hashed in a stated case', async () => {
    const layout = await layoutOf({
      columns: [
        { header: 'id', value: 'identifier:compact' },
        { header: 'plain', value: 'identifier:upper' },
        { header: 'sha1 upper', value: 'sha1(identifier:upper)' },
        { header: 'when', value: 'lastSeen:unix' },
      ],
      identifiers: ['IDFA'],
      delimiter: 'semicolon',
      extension: '.txt',
      quoting: 'all',
      lineEnd: 'crlf',
      finalNewline: false,
    });
    expect(await contentOf(layout, [idfa])).toEqual([await golden('partner-crlf.txt')]);
  });

  test('the hashes are those of any other program', async () => {
    const hashes = [
      'sha1(identifier:lower)',
      'md5(identifier:lower)',
      'sha256(identifier:lower:compact)',
      'sha256(identifier[IP])',
    ];
    const layout = await layoutOf({
      columns: [...hashes, 'identifier:lower'].map((value, index) => ({ header: `h${index}`, value })),
      header: false,
      identifiers: ['IDFA'],
    });
    // echo -n ... | sha1sum, md5sum, sha256sum
    const line = [
      'b9e417f32255dafad5abce67fb3467aa49a207dc',
      'd57f8e24a33c09a743d3cdc8c40cbbed',
      '9cc549a10277be302e75567b94cc6cbe6766f1aed578baec18fad72cec851e7d',
      '',
      'aebe52e7-03ee-455a-b3c4-e57283966239\n',
    ].join(',');
    expect((await contentOf(layout, [idfa]))[0]?.toString()).toBe(line);
  });

  test('names take times in several forms, and checksums of what is in the file', async () => {
    const template = (nameTemplate: string): Layout => ({ ...eventLogLayout({ minRows: 1 }), nameTemplate });
    const name = (nameTemplate: string) => fileName(template(nameTemplate), contextOf({ runId: 'r1' }), 1);
    expect(name('{date:compact}-{timestamp}-{runId}')).toBe('20260216-20260216060000-r1.psv');
    expect(name('{timestamp:iso}-{timestamp:unix}-{runId}')).toBe('2026-02-16T06-00-00Z-1771221600-r1.psv');
    const layout = { ...template('x{timestamp}_{sha256}'), limits: { ...eventLogLayout().limits, minRows: 1, maxRows: 2 } };
    await using directory = await scratch();
    const rows = memberships(3);
    const lines = await collect(writeRows(layout, contextOf(), inBatches(rows)));
    const files = await packLines(directory.path, layout, lines, [{ type: 'IDFA', rows: 3 }]);
    expect(files).toHaveLength(2);
    for (const file of files) {
      const sha256 = createHash('sha256').update(readFileSync(file.path)).digest('hex');
      expect(file.name).toBe(`x20260216060000_${sha256}.psv`);
      expect(file.plainSha256).toBe(sha256);
    }
  });

  test('a name with a time but neither run nor checksum is refused', () => {
    expect(() => eventLogLayout({ nameTemplate: '{segmentId}_{timestamp}_{part}' })).toThrow(
      expect.objectContaining({ code: 'file_name' }),
    );
    expect(() => eventLogLayout({ nameTemplate: '{segmentId}_{timestamp}_{md5}' })).not.toThrow();
    expect(() => activationLayout({ nameTemplate: '{segmentId}_{md5}' })).toThrow(expect.objectContaining({ code: 'file_name' }));
  });

  test('without quotes, a segment name that needs them is refused before a byte is written', async () => {
    const layout = await layoutOf({
      columns: [
        { header: 'id', value: 'identifier' },
        { header: 'name', value: 'segmentName' },
      ],
      quoting: 'none',
    });
    const refused = { kind: 'config', code: 'needs_quotes' };
    await expect(contentOf(layout, [idfa], { segmentName: 'a, b' })).rejects.toMatchObject(refused);
    await expect(contentOf(layout, [idfa], { segmentName: 'say "when"' })).rejects.toMatchObject(refused);
    expect((await contentOf(layout, [idfa], { segmentName: 'a; b' }))[0]?.toString()).toBe(
      'id,name\naebe52e7-03ee-455a-b3c4-e57283966239,a; b\n',
    );
  });

  test('an action for which the partner has no word is refused by both writers', async () => {
    const layout = await layoutOf({ preset: 'paramount' });
    const context = contextOf({ action: 'optOut' });
    const refused = expect.objectContaining({ kind: 'config', code: 'file_action' });
    expect(() => lineSql(warehouse.dialect, layout, context, columns)).toThrow(refused);
    await expect(collect(writeRows(layout, context, inBatches([idfa])))).rejects.toThrow(refused);
  });

  test('a control character in what a column takes from the run is refused', () => {
    const layout: Layout = {
      ...eventLogLayout(),
      columns: [
        { header: 'id', value: { kind: 'identifier' } },
        { header: 'agency', value: { kind: 'context', field: 'agencyId' } },
      ],
    };
    expect(() => lineSql(warehouse.dialect, layout, contextOf({ agencyId: 'a\nb' }), columns)).toThrow(
      expect.objectContaining({ code: 'control_character' }),
    );
  });
});

const warehouse = await openDuckDB({ path: ':memory:', readOnly: false });
afterAll(() => warehouse[Symbol.asyncDispose]());

const modifiers = fc.constantFrom('', ':upper', ':lower', ':compact', ':upper:compact', ':compact:lower');
const cased = fc.constantFrom(':upper', ':lower', ':upper:compact', ':compact:lower');
const types = fc.oneof(
  fc.constant(''),
  fc.subarray([...IDENTIFIER_TYPES], { minLength: 1 }).map((chosen) => `[${chosen.join(',')}]`),
);
const expression = fc.oneof(
  fc.tuple(types, modifiers).map(([only, modifier]) => `identifier${only}${modifier}`),
  fc
    .tuple(fc.constantFrom('md5', 'sha1', 'sha256'), types, cased)
    .map(([hash, only, letterCase]) => `${hash}(identifier${only}${letterCase})`),
  fc.constantFrom('type', 'segmentId', 'segmentName', 'action', 'lastSeen:iso', 'lastSeen:unix', 'lastSeen'),
  fc.constantFrom('expiresAt:iso', 'expiresAt:unix', 'agencyId', 'advertiserId', 'destination', 'slot', 'runId', 'field:own'),
  fc.constantFrom('constant:', 'constant:US', 'constant:a|b,c', `constant:it's "new"`, 'constant: '),
);

/** Settings as a person could write them; the column that holds every identifier stands anywhere. */
const configured = fc
  .record({
    before: fc.array(expression, { maxLength: 5 }),
    all: fc.constantFrom('identifier', 'identifier:upper', 'sha1(identifier:upper)', 'identifier:compact'),
    after: fc.array(expression, { maxLength: 5 }),
    delimiter: fc.constantFrom('comma', 'tab', 'pipe', 'semicolon'),
    quoting: fc.constantFrom('minimal', 'all'),
    lineEnd: fc.constantFrom('lf', 'crlf'),
    idCase: fc.record({ IDFA: fc.constantFrom('upper', 'lower') }, { requiredKeys: [] }),
    typeWords: fc.constantFrom({}, { IDFA: 'i,d|"f', GAID: '2' }),
    expiryDays: fc.integer({ min: 1, max: 3650 }),
  })
  .map(({ before, all, after, ...form }) => ({
    ...form,
    columns: [...before, all, ...after].map((value, index) => ({ header: `c${index}`, value })),
    fields: { own: 'x;y' },
    actionWords: { add: 'A', remove: 'D;' },
    allowIp: true,
  }));

test('the warehouse and the TypeScript writer write the same bytes for whatever is configured', async () => {
  await fc.assert(
    fc.asyncProperty(
      configured,
      fc.record({
        segmentId: segmentText,
        segmentName: segmentText,
        action: fc.constantFrom<FileAction | undefined>(undefined, 'remove'),
        ttlDays: fc.constantFrom<number | null | undefined>(undefined, null, 7),
        plannedAt: fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
      }),
      fc.array(membership, { minLength: 1, maxLength: 20 }),
      async (form, changes, rows) => {
        const layout = await layoutOf(form);
        const context = contextOf(changes);
        const bytes = await written(layout, context, rows);
        expect((await unloaded(warehouse, layout, context, rows)).toString()).toBe(bytes.toString());
        expect(partnerSettings(form).columns).toHaveLength(form.columns.length);
      },
    ),
    { numRuns: 80 },
  );
});
