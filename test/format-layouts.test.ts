import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { checkLayout } from '../src/format/check-layout.ts';
import { headerLine } from '../src/format/header-line.ts';
import type { FileContext, Layout, Membership } from '../src/format/layout.ts';
import { activationLayout } from '../src/format/layouts/activation.ts';
import { eventLogLayout } from '../src/format/layouts/event-log.ts';
import { renderLine } from '../src/format/render-line.ts';
import { writeRows } from '../src/format/write-rows.ts';
import type { IdentifierType } from '../src/identity/identifier-type.ts';
import { collect, contextOf, inBatches, packLines, scratch } from './support/format.ts';

const golden = (name: string): Promise<Buffer> => readFile(new URL(`golden/format/${name}`, import.meta.url));

const monday = new Date('2026-02-16T06:00:00.000Z');
const idfa: Membership = { type: 'IDFA', value: 'aebe52e7-03ee-455a-b3c4-e57283966239', lastSeen: monday };
const gaid: Membership = { type: 'GAID', value: '38400000-8cf0-11bd-b23e-10b96e40000d', lastSeen: monday };
const otherIdfa: Membership = {
  type: 'IDFA',
  value: 'f47ac10b-58cc-4372-a567-0e02b2c3d479',
  lastSeen: new Date('2026-02-15T23:59:59.999Z'),
};

/** The finished file of rows that the TypeScript writer made. */
async function finished(layout: Layout, rows: readonly Membership[], changes: Partial<FileContext> = {}, type?: IdentifierType) {
  await using directory = await scratch();
  const context = contextOf(changes);
  const lines = await collect(writeRows(layout, context, inBatches(rows, 2)));
  const runs = rows.map((row) => ({ type: row.type, rows: 1 }));
  const extra = type === undefined ? {} : { identifierType: type };
  const [file, ...more] = await packLines(directory.path, layout, lines, runs, { context, ...extra });
  expect(more).toEqual([]);
  return { file, bytes: await readFile(file?.path ?? '') };
}

test('an event log is the four columns with header, LF, no BOM, upper-case IDFA and lower-case GAID (LR-07, LR-11)', async () => {
  const rows: Membership[] = [
    idfa,
    otherIdfa,
    { ...gaid, lastSeen: new Date('2026-01-31T00:00:00Z') },
    { type: 'MAID', value: '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d', lastSeen: monday },
    { type: 'IP', value: '198.41.0.4', lastSeen: monday },
    { type: 'IP', value: '2001:500:2f::f', lastSeen: monday },
    { type: 'RAMPID', value: 'XY1005nH8DkSbQe2', lastSeen: monday },
    { type: 'UID2', value: 'Q4bGug8t1xjsutKLCNjnb5fTlXSvIQukmahYDJeLBtk=', lastSeen: monday },
    { type: 'UUID2', value: '9223372036854775809', lastSeen: monday },
  ];
  const { file, bytes } = await finished(eventLogLayout({ minRows: 1 }), rows);
  expect(bytes).toEqual(await golden('event-log.psv'));
  expect(bytes.subarray(0, 3)).not.toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  expect(bytes.includes('\r')).toBe(false);
  expect(file?.identifiers).toEqual({ IDFA: 2, GAID: 1, MAID: 1, IP: 2, RAMPID: 1, UID2: 1, UUID2: 1 });
  expect(file?.name).toBe('1480_4711_1480_4711_30D_2026-02-16_01kgyz3r9jv7m2n4p6q8s0t1w3_0001.psv');
});

test('an activation file has a key, the type as header of the ids, and the segment as header of ones', async () => {
  const layout = activationLayout({ minRows: 1 });
  const { file, bytes } = await finished(layout, [idfa, otherIdfa], {}, 'IDFA');
  expect(bytes).toEqual(await golden('activation-idfa.psv'));
  expect(file?.name).toBe('1480_4711_1480_4711_30D_IDFA_2026-02-16_01kgyz3r9jv7m2n4p6q8s0t1w3_0001.psv');
});

test('an activation file of Android ids calls them AAID, in the header and in its name', async () => {
  const { file, bytes } = await finished(activationLayout({ minRows: 1 }), [gaid], {}, 'GAID');
  expect(bytes).toEqual(await golden('activation-aaid.psv'));
  expect(file?.name).toContain('_AAID_');
});

test('a segment with a delimiter and quotes in it is quoted, with its quotes doubled (PM-07)', async () => {
  const { bytes } = await finished(eventLogLayout({ minRows: 1 }), [idfa, gaid], { segmentId: 'Köln | "SUV" 🚗' });
  expect(bytes).toEqual(await golden('event-log-quoted-segment.psv'));
});

test('an event log can do without header, quote everything and write Unix seconds', async () => {
  const layout = eventLogLayout({ minRows: 1, header: false, quoting: 'all', timestampFormat: 'unix-seconds' });
  const rows = [idfa, { ...gaid, lastSeen: otherIdfa.lastSeen }];
  expect((await finished(layout, rows, { segmentId: 'say "when"' })).bytes).toEqual(await golden('event-log-all-unix.psv'));
});

const partnerLayout: Layout = {
  ...eventLogLayout({ minRows: 1 }),
  name: 'partner',
  columns: [
    { header: 'device_id', value: { kind: 'identifier' } },
    { header: 'kind; of id', value: { kind: 'identifierType', words: { IDFA: 'apple', GAID: 'android' } } },
    { header: 'segment_name', value: { kind: 'segmentName' } },
    { header: 'action', value: { kind: 'constant', text: 'ADD' } },
    { header: 'note', value: { kind: 'constant', text: '' } },
  ],
  delimiter: ',',
  extension: '.csv',
  finalNewline: false,
};

test('a layout of another partner may leave out the last line feed, and quotes what holds any delimiter', async () => {
  const { bytes } = await finished(partnerLayout, [idfa, gaid], { segmentName: 'Sports, outdoor' });
  expect(bytes).toEqual(await golden('partner-no-final-newline.csv'));
});

test('an empty value is never quoted', () => {
  const layout = { ...partnerLayout, quoting: 'all' as const };
  const line = renderLine(layout, contextOf({ segmentName: '' }), idfa);
  expect(line).toBe('"AEBE52E7-03EE-455A-B3C4-E57283966239","apple",,"ADD",');
});

test.each([
  ['a line feed', 'a\nb'],
  ['a carriage return', 'a\rb'],
  ['a NUL', 'a\0b'],
  ['a tab', 'a\tb'],
  ['a C1 control', 'a\u0085b'],
  ['a byte order mark', '\uFEFFa'],
  ['half a surrogate pair', 'a\ud800'],
])('a segment with %s is refused, in its id and in its name', async (_what, text) => {
  const refused = expect.objectContaining({ kind: 'config', code: 'control_character' });
  expect(() => headerLine(eventLogLayout(), contextOf({ segmentId: text }))).toThrow(refused);
  expect(() => headerLine(eventLogLayout(), contextOf({ segmentName: text }))).toThrow(refused);
  await expect(collect(writeRows(eventLogLayout(), contextOf({ segmentId: text }), inBatches([idfa])))).rejects.toEqual(refused);
});

test('a control character in a header, a constant or a word of a layout is refused', () => {
  const refused = expect.objectContaining({ kind: 'config', code: 'control_character' });
  for (const value of [{ kind: 'constant', text: 'a\n' } as const, { kind: 'identifierType', words: { IP: '\r' } } as const]) {
    expect(() => checkLayout({ ...partnerLayout, columns: [{ header: 'x', value }] })).toThrow(refused);
  }
  expect(() => checkLayout({ ...partnerLayout, columns: [{ header: 'x\t', value: { kind: 'identifier' } }] })).toThrow(refused);
  expect(() => checkLayout({ ...partnerLayout, typeWords: { IP: 'i\0p' } })).toThrow(refused);
});

test.each(['30 days', 'a-b', 'größe', '', 'x'.repeat(129), '{segmentId}'])(
  'a segment id that LiveRamp refuses as header is refused: %j',
  (segmentId) => {
    expect(() => headerLine(activationLayout(), contextOf({ segmentId }), 'IDFA')).toThrow(
      expect.objectContaining({ kind: 'config', code: 'segment_header' }),
    );
  },
);

test('a segment id of 128 letters is a header', () => {
  expect(headerLine(activationLayout({ quoting: 'minimal' }), contextOf({ segmentId: 'x'.repeat(128) }), 'GAID')).toBe(
    `AUDIENCE_KEY|AAID|${'x'.repeat(128)}`,
  );
});

test('a segment that is called like another column is refused (LR-04)', () => {
  expect(() => headerLine(activationLayout(), contextOf({ segmentId: 'idfa' }), 'IDFA')).toThrow(
    expect.objectContaining({ kind: 'config', code: 'duplicate_header' }),
  );
});

test('a type for which the partner has no word is refused', () => {
  const ip: Membership = { type: 'IP', value: '198.41.0.4', lastSeen: monday };
  expect(() => renderLine(partnerLayout, contextOf(), ip)).toThrow(
    expect.objectContaining({ kind: 'config', code: 'identifier_type' }),
  );
});

test.each([{ maxRows: 0 }, { maxRows: 1.5 }, { maxBytes: -1 }, { minRows: -1 }, { minRows: 26, maxRows: 25 }])(
  'limits that make no sense are refused: %j',
  (options) => {
    expect(() => eventLogLayout(options)).toThrow(expect.objectContaining({ kind: 'config', code: 'file_limits' }));
  },
);
