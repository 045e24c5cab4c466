import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSuppression } from '../src/audience/suppression.ts';
import { clockAt } from '../src/lib/clock.ts';
import { join as joinSql, sql } from '../src/lib/sql.ts';
import { addEntry, countEntries } from '../src/optout/entries.ts';
import { type DropSync, syncDrop } from '../src/optout/sync-drop.ts';
import { readZip } from '../src/optout/zip.ts';
import { bindCatalogue, type Catalogue } from '../src/warehouse/catalogue.ts';
import { createTables } from '../src/warehouse/ddl.ts';
import { openDuckDB } from '../src/warehouse/duckdb/duckdb.ts';
import type { Session, Warehouse } from '../src/warehouse/warehouse.ts';
import { DROP_KEY, type DropServer, dropServer, makeZip } from './standins/drop-server.ts';

/** California's DROP against a stand-in that keeps its rules. */

/** The device of DROP's own example, as a source writes it, and its published hash. */
const DEVICE = 'AEBE52E7-03EE-455A-B3C4-E57283966239';
const DEVICE_HASH = 'nMVJoQJ3vjAudVZ7lMxsvmdm8a7VeLrsGPrXLOyFHn0=';
const SHORT_TV = 'Roku:ab12-CD34';
const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64');
const STRANGER = hashOf('ffffffffffff4fff8fffffffffffffff');

let server: DropServer;
let warehouse: Warehouse;
let session: Session;
let catalogue: Catalogue;
let folder: string;
let waits: number[];

beforeEach(async () => {
  server = await dropServer();
  folder = mkdtempSync(join(tmpdir(), 'aquarius-drop-'));
  waits = [];
  warehouse = await openDuckDB({ path: ':memory:', readOnly: false });
  session = await warehouse.session();
  await createTables(session);
  catalogue = await bindCatalogue(session, {});
  const log = catalogue.table('AD_IMPRESSION_LOG_V2');
  const ids = [DEVICE, DEVICE.toLowerCase(), SHORT_TV, null, 'SYS-1'].map((id) => sql`(${id})`);
  await session.execute(sql`INSERT INTO ${log.ref} (DEVICE_ID_RAW) VALUES ${joinSql(ids)}`);
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  await session[Symbol.asyncDispose]();
  await warehouse[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const sync = (
  changes: Partial<DropSync> & { readonly apiKey?: string; readonly signal?: AbortSignal; readonly url?: string } = {},
) => {
  const { apiKey = DROP_KEY, signal = new AbortController().signal, url = server.url, ...others } = changes;
  return syncDrop({
    session,
    catalogue,
    api: { url, apiKey, timeoutMs: 10_000, clock: clockAt(new Date('2026-11-23T06:00:00Z')), signal },
    folder,
    reportMatchedAs: 'optedOut',
    dryRun: false,
    sleep: async (ms) => void waits.push(ms),
    ...others,
  });
};

const entries = () =>
  session.all(sql`SELECT IDENTIFIER_TYPE AS type, IDENTIFIER_VALUE AS value, AGENCY_ID AS agency, SOURCE AS source
    FROM BASE_TABLES.SUPPRESSION ORDER BY source, value`);
const valuesOnList = async () => (await entries()).map(({ value }) => value);
const answers = () => Object.fromEntries(server.answers);
const uploads = () => server.http.calls.filter(({ path }) => path === '/data/upload').length;
const downloads = () => server.http.calls.filter(({ path }) => path === '/data/download').length;

const TWO = {
  lists: {
    MAID: [
      { id: 'A7kP2xQ9Lm4R', hash: DEVICE_HASH },
      { id: 'a7kP2xQ9Lm4R', hash: STRANGER },
    ],
  },
};

describe('a batch', () => {
  test('ID-13 is waited for while it is prepared, goes on the list, and is answered by what the warehouse has', async () => {
    server.offer({ ...TWO, preparing: 1 });
    expect(await sync()).toEqual({
      outcome: 'synced',
      lists: [{ list: 'MAID', requests: 2, added: 2, matched: 1, answers: 'sent' }],
      removed: 0,
      archive: null,
    });
    expect(waits).toEqual([60_000]);
    expect(answers()).toEqual({ A7kP2xQ9Lm4R: 4, a7kP2xQ9Lm4R: 5 });
    expect(server.files).toEqual(['20260312_4821_MAID.csv']);
    const common = { type: 'MAID', agency: '*', source: 'California DROP MAID' };
    expect(await entries()).toEqual([STRANGER, DEVICE_HASH].sort().map((value) => ({ ...common, value })));
    expect(readdirSync(folder)).toEqual([]);
    expect(await sync()).toEqual({ outcome: 'nothing', lists: [], removed: 0, archive: null });
    expect(server.isWaiting).toBe(false);
  });

  test('keeps its devices out of every agency’s audiences', async () => {
    server.offer(TWO);
    await sync();
    const { marked } = await openSuppression(session, catalogue, '1480');
    const [own, other] = [DEVICE.toLowerCase(), 'bebe52e7-03ee-455a-b3c4-e57283966239'];
    const devices = sql`SELECT id_value FROM (VALUES (${own}), (${other})) AS devices (id_value)`;
    const rows = await session.all(sql`SELECT * FROM (${marked('MAID', devices, sql`f.id_value`)}) ORDER BY is_listed`);
    expect(rows).toEqual([
      { id_value: other, is_listed: false },
      { id_value: own, is_listed: true },
    ]);
  });

  test('ID-08 finds the device by the published hash, and not by that of the form with hyphens', async () => {
    const [id, other, upper] = ['A7kP2xQ9Lm41', 'A7kP2xQ9Lm42', 'A7kP2xQ9Lm43'] as const;
    const hash = { [id]: DEVICE_HASH, [other]: hashOf(DEVICE.toLowerCase()), [upper]: hashOf(DEVICE.replaceAll('-', '')) };
    server.offer({ lists: { MAID: [id, other, upper].map((each) => ({ id: each, hash: hash[each] ?? '' })) } });
    await sync({ reportMatchedAs: 'deleted' });
    expect(answers()).toEqual({ [id]: 3, [other]: 5, [upper]: 5 });
  });

  test('finds ids of televisions by their own rule', async () => {
    const [short, device] = [
      { id: 'A7kP2xQ9Lm41', hash: hashOf('rokuab12cd34') },
      { id: 'A7kP2xQ9Lm42', hash: DEVICE_HASH },
    ];
    server.offer({ lists: { CTVID: [short, device], MAID: [{ id: 'A7kP2xQ9Lm43', hash: short.hash }] } });
    const { lists } = await sync();
    expect(answers()).toEqual({ [short.id]: 4, [device.id]: 4, A7kP2xQ9Lm43: 5 });
    expect(lists.map(({ list, added, matched }) => [list, added, matched])).toEqual([
      ['CTVID', 2, 2],
      ['MAID', 1, 0],
    ]);
  });

  test('of many answers goes up in several files', async () => {
    const lists = { MAID: Array.from({ length: 5 }, (_, index) => ({ id: `A7kP2xQ9Lm4${index}`, hash: hashOf(String(index)) })) };
    server.offer({ lists });
    await sync({ answersPerFile: 2 });
    expect(server.files).toEqual(['1', '2', '3'].map((part) => `20260312_4821_MAID_part${part}.csv`));
    expect(Object.values(answers())).toEqual([5, 5, 5, 5, 5]);
    expect(server.isWaiting).toBe(false);
  });

  test('takes off what was taken back, from its own list only, and nobody else’s entries', async () => {
    const tv = { id: 'A7kP2xQ9Lm42', hash: DEVICE_HASH };
    const third = hashOf('third');
    server.offer({ lists: { MAID: [...TWO.lists.MAID, { id: 'A7kP2xQ9Lm43', hash: third }], CTVID: [tv] } });
    await sync();
    const facts = { reason: null, source: 'by hand', since: new Date('2026-11-20T06:00:00Z') };
    await addEntry(session, catalogue, { type: 'MAID', value: STRANGER, agencyId: '1480' }, facts);
    server.offer({
      lists: { MAID: [] },
      removed: [
        { id: 'A7kP2xQ9Lm4R', hash: DEVICE_HASH, list: 'MAID' },
        { id: 'a7kP2xQ9Lm4R', hash: STRANGER, list: 'MAID' },
        { id: 'x7kP2xQ9Lm4R', hash: third, list: 'Email' },
      ],
    });
    expect(await sync()).toEqual({
      outcome: 'synced',
      lists: [{ list: 'MAID', requests: 0, added: 0, matched: 0, answers: 'none' }],
      removed: 2,
      archive: null,
    });
    expect((await entries()).map(({ value, source }) => [value, source])).toEqual([
      [DEVICE_HASH, 'California DROP CTVID'],
      [third, 'California DROP MAID'],
      [STRANGER, 'by hand'],
    ]);
  });

  test('with lists of other things is answered as far as it can be, and the archive is kept for the rest', async () => {
    server.offer({ lists: { ...TWO.lists, Email: [{ id: 'E7kP2xQ9Lm4R', hash: hashOf('a@example.com') }] } });
    const report = await sync();
    expect(report.lists.map(({ list, requests, answers: said }) => [list, requests, said])).toEqual([
      ['MAID', 2, 'sent'],
      ['Email', 1, 'notOurs'],
    ]);
    expect(report.archive).toBe(join(folder, '20260312_4821_DROP.zip'));
    expect(statSync(report.archive ?? '').mode & 0o777).toBe(0o600);
    expect(server.answers.has('E7kP2xQ9Lm4R')).toBe(false);
    await expect(sync()).rejects.toMatchObject({ kind: 'config', code: 'drop_batch_open' });
  });

  test('a dry run fetches and tells, and the next run goes on from there', async () => {
    server.offer(TWO);
    const report = await sync({ dryRun: true });
    expect(report).toMatchObject({ outcome: 'dryRun', lists: [{ requests: 2, added: 2, matched: 1, answers: 'dryRun' }] });
    expect([await entries(), uploads()]).toEqual([[], 0]);
    expect(await sync()).toMatchObject({ outcome: 'synced', lists: [{ requests: 2, added: 2, matched: 1, answers: 'sent' }] });
    expect(downloads()).toBe(1);
  });
});

describe('when something fails', () => {
  test('ID-13 too many calls are waited for as long as DROP says', async () => {
    server.offer(TWO);
    server.http.fail([{ status: 429, headers: { 'retry-after': '30' }, body: { message: 'Wait.' } }]);
    server.http.fail([{ status: 429, headers: { 'retry-after': '31' } }], ({ path }) => path === '/data/upload');
    expect((await sync()).outcome).toBe('synced');
    expect(waits).toEqual([30_000, 31_000]);
  });

  test('ID-13 a batch that is open elsewhere is for a person to settle', async () => {
    server.offer(TWO);
    // The batch was given, and nobody has it.
    server.http.fail(['reset-after']);
    await expect(sync()).rejects.toMatchObject({ kind: 'config', code: 'drop_batch_open' });
    expect([await entries(), readdirSync(folder)]).toEqual([[], []]);
  });

  test('ID-13 answers that arrived without being acknowledged are taken as sent', async () => {
    server.offer({ lists: { ...TWO.lists, CTVID: [{ id: 'B7kP2xQ9Lm4R', hash: STRANGER }] } });
    server.http.fail(['reset-after'], ({ path }) => path === '/data/upload');
    const report = await sync();
    // The second time DROP says that it has a file of that name.
    expect(report.lists.map(({ list, answers: said }) => [list, said])).toEqual([
      ['MAID', 'already'],
      ['CTVID', 'sent'],
    ]);
    expect([server.isWaiting, uploads(), readdirSync(folder)]).toEqual([false, 3, []]);
  });

  test('ID-13 the last answers that arrived without being acknowledged close the batch, and that is taken as done', async () => {
    server.offer(TWO);
    server.http.fail(['reset-after'], ({ path }) => path === '/data/upload');
    expect((await sync()).lists).toMatchObject([{ answers: 'already' }]);
    expect(answers()).toEqual({ A7kP2xQ9Lm4R: 4, a7kP2xQ9Lm4R: 5 });
  });

  test('what broke off before the answers goes on from the archive, with the same entries', async () => {
    server.offer(TWO);
    server.http.fail(
      Array(5).fill({ status: 500, body: { message: 'The system is temporarily unavailable.' } }),
      ({ path }) => path === '/data/upload',
    );
    await expect(sync()).rejects.toMatchObject({ kind: 'transient', code: 'drop_unavailable' });
    expect(existsSync(join(folder, 'pending.zip'))).toBe(true);
    // Already on the list: the opt-out does not wait for its answer.
    expect(await valuesOnList()).toHaveLength(2);
    expect(await sync()).toMatchObject({ outcome: 'synced', lists: [{ requests: 2, added: 0, matched: 1, answers: 'sent' }] });
    expect([downloads(), await valuesOnList()]).toEqual([1, [STRANGER, DEVICE_HASH].sort()]);
  });

  test.each([
    ['an unknown key', { apiKey: 'another-key' }, undefined, 'drop_auth'],
    ['an account that is not let in', {}, { status: 403, body: { message: 'Resolve the payment.' } }, 'drop_forbidden'],
    ['another address', { url: '/sandbox' }, undefined, 'drop_url'],
  ] as const)('%s is a mistake in the settings, and the key is not in the error', async (_title, changes, fault, code) => {
    if (fault !== undefined) server.http.fail([fault]);
    const url = 'url' in changes ? `${server.url}${changes.url}` : server.url;
    const apiKey = 'apiKey' in changes ? changes.apiKey : DROP_KEY;
    const error = await sync({ apiKey, url }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: 'config', code, hint: expect.stringMatching(/\w/) });
    expect(String(error)).not.toContain(apiKey);
    expect([waits, readdirSync(folder)]).toEqual([[], []]);
  });

  test('answers that DROP refuses are told with its reason', async () => {
    server.offer(TWO);
    const refused = {
      status: 400,
      body: { accepted: [], rejected: [{ fileName: '20260312_4821_MAID.csv', message: 'A row is not valid.' }] },
    };
    server.http.fail([refused], ({ path }) => path === '/data/upload');
    await expect(sync()).rejects.toMatchObject({
      kind: 'rejected',
      code: 'drop_answers_refused',
      message: expect.stringContaining('A row is not valid.'),
    });
  });

  test('a stop is thrown as it is', async () => {
    const stop = new AbortController();
    server.http.fail(['stall-before']);
    const stopped = sync({ signal: stop.signal });
    const reason = new Error('stop');
    setImmediate(() => stop.abort(reason));
    await expect(stopped).rejects.toBe(reason);
  });

  const damaged: readonly [string, Readonly<Record<string, string>>][] = [
    ['another header', { '20260312_4821_CTVID.csv': 'Id,Hash\n' }],
    ['a hash that is none', { '20260312_4821_CTVID.csv': `ID,Hash\nA7kP2xQ9Lm4R,${DEVICE_HASH.slice(1)}\n` }],
    ['a row too wide', { '20260312_4821_CTVID.csv': `ID,Hash\nA7kP2xQ9Lm4R,${DEVICE_HASH},MAID\n` }],
    ['a file without a line', { '20260312_4821_CTVID.csv': '' }],
    ['a file of another name', { 'notes.txt': 'hello' }],
    ['a line without an end in sight', { '20260312_4821_CTVID.csv': `ID,Hash\n${'x'.repeat(100_000)}` }],
  ];
  test.each(damaged)('%s is refused before anything is changed', async (_title, files) => {
    server.offer({ ...TWO, files });
    const error = await sync().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: 'rejected', code: 'drop_unreadable' });
    expect(JSON.stringify(error)).not.toContain(DEVICE_HASH.slice(1, 20));
    expect([await entries(), uploads()]).toEqual([[], 0]);
  });
});

describe('an archive', () => {
  const path = () => join(folder, 'a.zip');
  const textOf = async (content: AsyncIterable<Uint8Array>): Promise<string> => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of content) chunks.push(chunk);
    return Buffer.concat(chunks).toString('utf8');
  };
  const readAll = async (file: string): Promise<Record<string, string>> => {
    const contents: Record<string, string> = {};
    for (const { name, open } of await readZip(file)) contents[name] = await textOf(open());
    return contents;
  };

  test('of another program is read: deflated, stored and empty entries, and a comment', async () => {
    expect(await readAll(resolve('test/golden/zip/lists.zip'))).toEqual({
      '20260312_4821_MAID.csv': `ID,Hash\r\nA7kP2xQ9Lm4R,${DEVICE_HASH}\r\n`,
      '20260312_4821_CTVID.csv': 'ID,Hash\n',
      'empty.csv': '',
    });
  });

  test('with any byte of its content changed, cut short or encrypted is refused', async () => {
    const whole = makeZip({ 'a.csv': 'ID,Hash\n'.repeat(20), 'b.csv': 'ID,Hash\n' });
    const offsetOf = (text: string): number => whole.indexOf(text);
    const broken: Buffer[] = [Buffer.from('no archive'), Buffer.alloc(0), whole.subarray(0, whole.length - 30)];
    for (let at = offsetOf('a.csv') + 5; at < whole.indexOf('PK\u0003\u0004', 10, 'latin1'); at++) {
      const copy = Buffer.from(whole);
      copy[at] = (copy[at] ?? 0) ^ 0xff;
      broken.push(copy);
    }
    const encrypted = Buffer.from(whole);
    const entry = whole.indexOf('PK\u0001\u0002', 0, 'latin1');
    encrypted.writeUInt16LE(1, entry + 8);
    const unknownMethod = Buffer.from(whole);
    unknownMethod.writeUInt16LE(12, entry + 10);
    for (const bytes of [...broken, encrypted, unknownMethod]) {
      writeFileSync(path(), bytes);
      await expect(readAll(path())).rejects.toMatchObject({ kind: 'rejected', code: 'zip_unreadable' });
    }
    writeFileSync(path(), whole);
    expect(Object.keys(await readAll(path()))).toEqual(['a.csv', 'b.csv']);
  });
});

test('what is on the list is counted by agency and type', async () => {
  server.offer(TWO);
  await sync();
  const facts = { reason: null, source: 'by hand', since: new Date('2026-11-20T06:00:00Z') };
  await addEntry(session, catalogue, { type: 'IP', value: '::ffff:8.8.8.8', agencyId: '1480' }, facts);
  expect(await countEntries(session, catalogue)).toEqual([
    { agencyId: '*', type: 'MAID', entries: 2 },
    { agencyId: '1480', type: 'IP', entries: 1 },
  ]);
});

test('a list that is read from files is not written, and one without sources cannot tell DROP’s entries from others', async () => {
  writeFileSync(join(folder, 'list.csv'), 'IDENTIFIER_TYPE,IDENTIFIER_VALUE\n');
  const inFiles = await bindCatalogue(session, { SUPPRESSION: { files: [join(folder, 'list.csv')] } });
  await expect(sync({ catalogue: inFiles })).rejects.toMatchObject({ kind: 'config', code: 'suppression_read_only' });
  const withoutSource = await bindCatalogue(session, { SUPPRESSION: { columns: { SOURCE: 'not_there' } } });
  await expect(sync({ catalogue: withoutSource })).rejects.toMatchObject({ kind: 'config', code: 'column_missing' });
  expect(downloads()).toBe(0);
});
