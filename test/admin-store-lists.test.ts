import { deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listAudit } from '../src/admin/audit-entries.ts';
import { readStoreList } from '../src/admin/store-lists/read-store-list.ts';
import { keyPart, shownName, storedName } from '../src/admin/store-lists/stored-name.ts';
import { uploadStoreList } from '../src/admin/store-lists/upload-store-list.ts';
import { waitingStoreLists } from '../src/admin/store-lists/waiting-store-lists.ts';
import { undoChange } from '../src/admin/undo-change.ts';
import { transientError } from '../src/errors.ts';
import { raw } from '../src/lib/sql.ts';
import { checkAlerts } from '../src/monitor/check-alerts.ts';
import { type AdminWorld, adminWorld, type Caller } from './support/admin-world.ts';
import { configRow } from './support/seed.ts';

/** Lists of stores: kept, recorded, told, followed. */

const CSV = 'Store Name,Address,Zip\nAce Loop,1 Main St,60601\n"Ace, North",2 Oak St,60602\n';

/** A zip archive of these files, as spreadsheets are. */
function zipOf(files: Readonly<Record<string, string>>): Buffer {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const packed = deflateRawSync(Buffer.from(text));
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    locals.push(local, Buffer.from(name), packed);
    entries.push(entry, Buffer.from(name));
    at += local.length + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, ...entries, end]);
}

const workbook = (sheet: string, shared?: string): Buffer =>
  zipOf({
    'xl/workbook.xml':
      '<workbook><sheets><sheet name="Stores" sheetId="3" r:id="rId2"/><sheet name="Notes" r:id="rId1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Target="worksheets/sheet2.xml" Id="rId2"/></Relationships>',
    'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>',
    'xl/worksheets/sheet2.xml': `<worksheet><sheetData>${sheet}</sheetData></worksheet>`,
    ...(shared === undefined ? {} : { 'xl/sharedStrings.xml': `<sst>${shared}</sst>` }),
  });

const XLSX = workbook(
  `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>Zip</t></is></c></row>
   <row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" s="1"/><c r="C2"><v>60601</v></c></row><row r="3"/>
   <row r="4"><c r="A4" t="s"><v>2</v></c></row>`,
  '<si><t>Store Name</t></si><si><r><t>A&amp;</t></r><r><t xml:space="preserve"> B</t></r><rPh><t>spoken</t></rPh></si><si><t>C &#233;</t></si>',
);
const XLS = Buffer.concat([
  Buffer.from('d0cf11e0a1b11ae1', 'hex'),
  Buffer.alloc(512),
  Buffer.from('Workbook', 'utf16le'),
  Buffer.alloc(64),
]);

describe('a list', () => {
  test.each([
    ['commas', CSV, 'csv', 2, ['Store Name', 'Address', 'Zip']],
    ['a mark and semicolons', '\uFEFFstore;zip\r\nAce;60601\r\n\r\n', 'csv', 1, ['store', 'zip']],
    ['tabs', 'store_id\tcity\n1\tChicago, IL\n2\tBoston, MA\n', 'tsv', 2, ['store_id', 'city']],
    ['one column', 'zip\n60601\n60602\n', 'csv', 2, ['zip']],
    ['no header', 'Ace,60601\nBee,60602\n', 'csv', 2, null],
    ['lines within quotes', 'name,address\n"A","1 Main\nSuite 2"\n', 'csv', 1, ['name', 'address']],
  ])('with %s is read', (_, text, format, rows, header) => {
    expect(readStoreList(Buffer.from(text))).toMatchObject({ format, rows, header });
  });

  test('in what Windows writes is read, and so is UTF-16', () => {
    expect(readStoreList(Buffer.from('name\nCaf\xe9\n', 'latin1')).sample).toEqual([['Café']]);
    expect(readStoreList(Buffer.from('\uFEFFname\tzip\nCafé\t1\n', 'utf16le'))).toMatchObject({
      format: 'tsv',
      sample: [['Café', '1']],
    });
  });

  test('of a workbook is its first sheet, with empty rows left out', () => {
    expect(readStoreList(XLSX)).toEqual({
      format: 'xlsx',
      header: ['Store Name', '', 'Zip'],
      rows: 2,
      sample: [['A& B', '', '60601'], ['C é']],
    });
  });

  test('of an old workbook, or one that is damaged, is taken unread', () => {
    expect(readStoreList(XLS)).toEqual({ format: 'xls', header: null, rows: null, sample: [] });
    expect(readStoreList(zipOf({ 'xl/workbook.xml': 'nonsense' }))).toMatchObject({ format: 'xlsx', rows: null });
  });

  test.each([
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), 'store_list_unreadable'],
    ['an archive', zipOf({ 'stores.csv': CSV }), 'store_list_unreadable'],
    ['a page', Buffer.from('<html><table></table></html>'), 'store_list_unreadable'],
    ['another document', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(512)]), 'store_list_unreadable'],
    ['an open quote', Buffer.from('name,zip\n"Ace,60601\n'), 'store_list_unreadable'],
    ['nothing', Buffer.alloc(0), 'store_list_empty'],
    ['blank lines', Buffer.from('\n\n , \n'), 'store_list_empty'],
    ['a header alone', Buffer.from('store,zip\n'), 'store_list_empty'],
  ])('that is %s is refused', (_, bytes, code) => {
    expect(() => readStoreList(bytes)).toThrow(expect.objectContaining({ code }));
  });

  test('B19: is kept under a safe name, with the ending that its content has', () => {
    expect(storedName(shownName('../../etc/pass wd.csv'), 'xlsx')).toBe('pass-wd.xlsx');
    expect(storedName(shownName('C:\\Users\\Bo\\Läden <b>"2026".xls'), 'csv')).toBe('Laden-b-2026.csv');
    expect(storedName(shownName('...'), 'csv')).toBe('store-list.csv');
    expect(storedName(shownName('\u0000\u202e'), 'tsv')).toBe('store-list.tsv');
    expect(storedName('x'.repeat(400), 'csv')).toHaveLength(104);
    expect([keyPart('..'), keyPart('a/b'), keyPart('4711')]).toEqual(['%2E%2E', 'a%2Fb', '4711']);
  });
});

describe('handing in', () => {
  let world: AdminWorld;
  beforeEach(async () => {
    world = await adminWorld();
    await world.load({ REF_ADVERTISER_CONFIG: [configRow('4711', []), configRow('5', [], { AGENCY_ID: '9' })] });
  });
  afterEach(() => world[Symbol.asyncDispose]());

  const form = (bytes: string | Buffer, name = 'stores.csv', fields: Record<string, string> = {}): FormData => {
    const made = new FormData();
    for (const [field, value] of Object.entries({ agency_id: '1480', advertiser_id: '4711', ...fields })) made.set(field, value);
    made.set('file', new File([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)], name));
    return made;
  };
  const upload = (body: FormData, as: Caller = {}) => world.call('POST', '/api/config/upload-storelist', body, as);
  const list = (query = '', as: Caller = {}) => world.call('GET', `/api/config/store-list-uploads${query}`, undefined, as);
  const stored = () => world.session.all(raw('SELECT * FROM "BASE_TABLES"."STORE_LIST_UPLOAD" ORDER BY 1'));
  const keys = async () => (await (await world.app.stage()).list('store-lists')).map(({ key }) => key);

  test('B19: keeps the file, records it and lets it be fetched again byte by byte', async () => {
    const { status, body } = await upload(form(CSV, 'Läden <b>.csv', { reason: 'from the client' }));
    expect([status, body.warnings]).toEqual([200, []]);
    expect(body.data).toMatchObject({
      status: 'RECEIVED',
      rows: 2,
      format: 'csv',
      header: ['Store Name', 'Address', 'Zip'],
      file_name: 'Läden <b>.csv',
    });
    expect(await keys()).toEqual([`store-lists/1480/4711/${body.data.upload_id}/Laden-b.csv`]);
    expect((await list()).body).toMatchObject({
      total: 1,
      data: [{ UPLOAD_ID: body.data.upload_id, STATUS: 'RECEIVED', ROWS_TOTAL: 2, UPLOADED_BY: 'ana@example.com', ERROR: null }],
    });
    const file = await world.call('GET', `/api/config/store-list-file?agency_id=1480&upload_id=${body.data.upload_id}`);
    expect(file.body).toBe(CSV);
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="Laden-b.csv"');
    const [entry] = (await listAudit(await world.context(), { limit: 1, offset: 0 })).entries;
    expect(entry).toMatchObject({ action: 'storelist.upload', reason: 'from the client', advertiserIds: ['4711'] });
  });

  test('takes up to 10 MiB, and more than the 1 MiB of other calls', async () => {
    const header = 'store,zip\n';
    const row = `${'x'.repeat(1017)},60601\n`;
    const most = header + row.repeat(10_239);
    expect((await upload(form(most))).body.data).toMatchObject({ rows: 10_239, bytes: most.length });
    const full = most + 'y'.repeat(10 * 1024 * 1024 - most.length);
    expect((await upload(form(full))).status).toBe(200);
    for (const large of [`${full}z`, full.repeat(2)]) {
      const refused = await upload(form(large));
      expect([refused.status, refused.body.error.code]).toEqual([413, 'TOO_LARGE']);
    }
    expect(await stored()).toHaveLength(2);
  });

  test('is refused without a file, an advertiser, or the right to it', async () => {
    const noFile = form(CSV);
    noFile.set('file', 'text');
    expect((await upload(noFile)).body.error).toMatchObject({ code: 'VALIDATION', fields: [{ path: 'body.file' }] });
    expect((await world.call('POST', '/api/config/upload-storelist', { agency_id: '1480' })).status).toBe(415);
    expect((await upload(form(CSV, 'a.csv', { advertiser_id: '5' }))).body.error.reason).toBe('advertiser_unknown');
    expect((await upload(form('<html>'))).body.error).toMatchObject({ code: 'VALIDATION', reason: 'store_list_unreadable' });
    expect((await upload(form(CSV), { role: 'operator', agencies: ['9'] })).status).toBe(403);
    expect((await upload(form(CSV), { role: 'viewer' })).status).toBe(403);
    expect([await stored(), await keys()]).toEqual([[], []]);
  });

  test('twice with one key has one effect', async () => {
    const headers = { 'idempotency-key': 'once' };
    const first = await upload(form(CSV), { headers });
    const again = await upload(form(CSV), { headers });
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect((await upload(form(`${CSV}x,y,1\n`), { headers })).status).toBe(400);
    expect(await stored()).toHaveLength(1);
  });

  test('B19: records nothing when the file could not be kept', async () => {
    const broken = { put: () => Promise.reject(transientError('disk_full', 'The disk is full.', {})) };
    const request = { agencyId: '1480', advertiserId: '4711', name: 'a.csv', bytes: Buffer.from(CSV) };
    await expect(uploadStoreList(await world.context(), broken, request)).rejects.toMatchObject({ code: 'disk_full' });
    expect(await stored()).toEqual([]);
  });

  test('B19: is told by an alert until somebody says what came of it', async () => {
    const { ledger, catalogue, settings } = world.app;
    const look = async () => {
      const storeLists = await waitingStoreLists(world.session, catalogue);
      const changed = await checkAlerts({ ledger, alerts: settings.alerts }, { plan: null, destinations: [], storeLists });
      return changed.map(({ kind, state, agencyId }) => [kind, state, agencyId]);
    };
    const { body } = await upload(form(XLSX, 'a.xlsx'));
    expect(await look()).toEqual([['store_list_waiting', 'firing', '1480']]);
    expect(await checkAlerts({ ledger, alerts: settings.alerts }, { plan: null, destinations: [] })).toEqual([]);
    const settle = (fields: object, as: Caller = {}) =>
      world.call('POST', '/api/config/settle-storelist', { agency_id: '1480', upload_id: body.data.upload_id, ...fields }, as);
    expect((await settle({ status: 'REJECTED' })).status).toBe(400);
    expect((await settle({ status: 'PROCESSED', agency_id: '9' })).status).toBe(404);
    expect((await settle({ status: 'PROCESSED' }, { agencies: ['9'] })).status).toBe(403);
    const rejected = await settle({ status: 'REJECTED', error: 'No postal codes.' });
    expect(rejected.body.data.upload).toMatchObject({ STATUS: 'REJECTED', ERROR: 'No postal codes.' });
    expect(await look()).toEqual([['store_list_waiting', 'resolved', '1480']]);
    await undoChange(await world.context(), rejected.body.data.audit_id);
    expect(await look()).toEqual([['store_list_waiting', 'firing', '1480']]);
    expect((await settle({ status: 'PROCESSED' })).body.data.upload).toMatchObject({ STATUS: 'PROCESSED', ERROR: null });
  });

  test('A3: lists and files are of the own agencies alone', async () => {
    const { body } = await upload(form(CSV));
    await upload(form(CSV, 'b.csv', { agency_id: '9', advertiser_id: '5' }));
    const other: Caller = { role: 'operator', agencies: ['9'] };
    expect((await list('', other)).body).toMatchObject({ total: 1, data: [{ AGENCY_ID: '9' }] });
    expect((await list('?agency_id=1480', other)).status).toBe(403);
    const file = (agency: string) =>
      world.call('GET', `/api/config/store-list-file?agency_id=${agency}&upload_id=${body.data.upload_id}`, undefined, other);
    expect([(await file('1480')).status, (await file('9')).status]).toEqual([403, 404]);
    expect((await list('?status=PROCESSED')).body.total).toBe(0);
    expect((await list('?advertiser_id=4711&limit=1')).body).toMatchObject({ total: 1, truncated: false });
  });
});
