import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeChange } from '../src/admin/make-change.ts';
import { parseAssignments } from '../src/config/assignments.ts';
import { raw } from '../src/lib/sql.ts';
import { type AuditLogRow, auditLogRow } from '../src/shapes/config/audit.ts';
import { type AdminWorld, adminWorld } from './support/admin-world.ts';
import { configRow } from './support/seed.ts';

/** The audit log of configuration as people read it, and the way back over the API. */

let world: AdminWorld;
beforeEach(async () => {
  world = await adminWorld();
  await world.load({
    REF_ADVERTISER_CONFIG: [configRow('4711', []), configRow('4712', []), { ...configRow('9001', []), AGENCY_ID: '9' }],
  });
});
afterEach(() => world[Symbol.asyncDispose]());

const KEY = ['Agency_Id', 'Advertiser_id', 'URL'];
const HOST = `ace.com/<b>"o'neill"</b>%_`;

async function addDomain(url = HOST, agencyId = '1480', advertiserId = '4711'): Promise<string> {
  const { auditId } = await makeChange(
    await world.context(),
    { action: 'domain.add', agencyId, advertiserIds: [advertiserId] },
    async ({ journal }) =>
      journal.insert('ADVERTISER_DOMAIN_MAPPING', KEY, [
        { Agency_Id: agencyId, Advertiser_id: advertiserId, URL: url, IS_POI: false, CREATED_AT: world.clock.now() },
      ]),
  );
  world.clock.move(1_000);
  return String(auditId);
}

async function setDays(days: string): Promise<string> {
  const request = { action: 'config.update', agencyId: '1480', advertiserIds: ['4711'] };
  const { auditId } = await makeChange(await world.context(), request, async ({ set }) =>
    set('4711', parseAssignments([`DELIVERY_LOOKBACK_DAYS=${days}`])),
  );
  world.clock.move(1_000);
  return String(auditId);
}

interface Page {
  readonly rows: readonly AuditLogRow[];
  readonly total: number;
  readonly truncated: boolean;
}

async function log(query = '', as = {}): Promise<Page> {
  const { status, body } = await world.call('GET', `/api/config/audit-log${query}`, undefined, as);
  expect(status).toBe(200);
  return { rows: body.data.map((row: unknown) => auditLogRow.parse(row)), total: body.total, truncated: body.truncated };
}

const undo = (id: string, agency = '1480', as = {}) =>
  world.call('POST', '/api/config/undo', { audit_id: id, agency_id: agency, reason: 'a slip' }, as);

const urls = async () =>
  (await world.session.all(raw('SELECT "URL" FROM "DERIVED_TABLES"."ADVERTISER_DOMAIN_MAPPING" ORDER BY 1'))).map(
    ({ URL }) => URL,
  );

describe('the audit log', () => {
  test('A11, B23: tells what changed, column by column, in the very characters', async () => {
    await addDomain();
    await setDays('60');
    const { rows, total } = await log();
    expect([total, rows.map(({ ACTION, UNDOABLE }) => [ACTION, UNDOABLE])]).toEqual([
      2,
      [
        ['config.update', true],
        ['domain.add', true],
      ],
    ]);
    const [days, domain] = rows;
    expect(days?.CHANGES[0]).toMatchObject({
      TABLE: 'REF_ADVERTISER_CONFIG',
      KEY: { AGENCY_ID: '1480', ADVERTISER_ID: '4711' },
      KIND: 'changed',
      COLUMNS: expect.arrayContaining([
        { COLUMN: 'DELIVERY_LOOKBACK_DAYS', OLD: '30', NEW: '60', DERIVED: false },
        { COLUMN: 'CONFIG_VERSION', OLD: '2', NEW: '3', DERIVED: true },
      ]),
    });
    expect(days?.CHANGES[0]?.COLUMNS.filter(({ DERIVED }) => !DERIVED)).toHaveLength(1);
    expect(domain?.CHANGES[0]).toMatchObject({ TABLE: 'ADVERTISER_DOMAIN_MAPPING', KIND: 'added', KEY: { URL: HOST } });
    expect(domain?.CHANGES[0]?.COLUMNS).toContainEqual({
      COLUMN: 'CREATED_AT',
      OLD: null,
      NEW: '2026-02-16T12:00:00.000Z',
      DERIVED: false,
    });
  });

  test('B15: comes in pages, and of many rows tells the first hundred and how many there are', async () => {
    const rows = Array.from({ length: 130 }, (_, n) => ({
      Agency_Id: '1480',
      Advertiser_id: '4711',
      URL: `h${n}.com`,
      IS_POI: false,
    }));
    await makeChange(
      await world.context(),
      { action: 'domain.bulk', agencyId: '1480', advertiserIds: ['4711'] },
      async ({ journal }) => journal.insert('ADVERTISER_DOMAIN_MAPPING', KEY, rows),
    );
    await setDays('60');
    expect(await log('?limit=1')).toMatchObject({ total: 2, truncated: true, rows: [{ ACTION: 'config.update' }] });
    const last = await log('?limit=1&offset=1');
    expect(last).toMatchObject({ total: 2, truncated: false, rows: [{ CHANGE_COUNT: 131, UNDOABLE: true }] });
    expect(last.rows[0]?.CHANGES).toHaveLength(100);
  });

  test('B3: is narrowed by advertiser and action, never by a pattern', async () => {
    await addDomain('ace.com', '1480', '4712');
    await setDays('60');
    expect((await log('?advertiser_id=4712')).rows.map(({ ACTION }) => ACTION)).toEqual(['domain.add']);
    expect((await log('?action=config.update')).total).toBe(1);
    expect((await log('?advertiser_id=47%25')).total).toBe(0);
    expect((await log(`?advertiser_id=${encodeURIComponent("'; DROP TABLE x")}`)).total).toBe(0);
    expect((await world.call('GET', `/api/config/audit-log?action=${encodeURIComponent("a' OR 1")}`)).status).toBe(400);
  });

  test('A3: has entries of the caller’s agencies alone', async () => {
    await addDomain('ace.com');
    await addDomain('nine.com', '9', '9001');
    expect((await log('', { role: 'operator', agencies: ['9'] })).rows.map(({ AGENCY_ID }) => AGENCY_ID)).toEqual(['9']);
    const other = await world.call('GET', '/api/config/audit-log?agency_id=1480', undefined, {
      role: 'operator',
      agencies: ['9'],
    });
    expect([other.status, other.body.error.code]).toEqual([403, 'FORBIDDEN']);
    expect((await world.call('GET', '/api/config/audit-log', undefined, { role: 'viewer', agencies: ['9'] })).status).toBe(403);
  });
});

describe('undoing', () => {
  test('takes a change back, is written down with its reason, and can be taken back itself', async () => {
    const id = await addDomain();
    const { status, body } = await undo(id);
    expect([status, body.data.UNDONE]).toEqual([200, id]);
    expect(body.data.ADVERTISERS).toEqual([{ ADVERTISER_ID: '4711', CONFIG_VERSION: 3 }]);
    expect(await urls()).toEqual([]);
    const { rows } = await log();
    expect(rows[0]).toMatchObject({ ACTION: 'change.undo', REASON: 'a slip', UNDOES: id, UNDOABLE: true });
    expect(rows[1]).toMatchObject({ UNDONE_BY: rows[0]?.AUDIT_ID, UNDOABLE: false });
    expect(await undo(id)).toMatchObject({ status: 409, body: { error: { reason: 'undo_done' } } });
    world.clock.move(1_000);
    expect((await undo(body.data.AUDIT_ID)).status).toBe(200);
    expect(await urls()).toEqual([HOST]);
  });

  test('is refused just where the log says so: what was changed since is left alone', async () => {
    const first = await setDays('60');
    const second = await setDays('90');
    const { rows } = await log();
    expect(rows.map(({ AUDIT_ID, UNDOABLE }) => [AUDIT_ID, UNDOABLE])).toEqual([
      [second, true],
      [first, false],
    ]);
    expect(rows[1]?.NOT_UNDOABLE_REASON).toContain('changed since');
    expect(await undo(first)).toMatchObject({ status: 409, body: { error: { reason: 'undo_conflict' } } });
    expect((await undo(second)).status).toBe(200);
    expect((await undo(first)).status).toBe(200);
  });

  test('leaves alone what somebody has set on the same advertiser since', async () => {
    const domain = await addDomain();
    await setDays('60');
    expect((await undo(domain)).status).toBe(200);
    expect(await urls()).toEqual([]);
    const [row] = await world.session.all(
      raw(`SELECT "DELIVERY_LOOKBACK_DAYS" AS days, "WEB_PIXEL_URL_COUNT" AS hosts FROM "BASE_TABLES"."REF_ADVERTISER_CONFIG"
        WHERE "ADVERTISER_ID" = '4711'`),
    );
    expect(row).toEqual({ days: 60n, hosts: 0n });
  });

  test('an entry that wrote the same row twice can be taken back as the log says', async () => {
    const request = { action: 'domain.move', agencyId: '1480', advertiserIds: ['4711'] };
    const { auditId } = await makeChange(await world.context(), request, async ({ journal }) => {
      await journal.insert('ADVERTISER_DOMAIN_MAPPING', KEY, [
        { Agency_Id: '1480', Advertiser_id: '4711', URL: 'ace.com', IS_POI: false },
      ]);
      await journal.update('ADVERTISER_DOMAIN_MAPPING', KEY, ['1480', '4711', 'ace.com'], { IS_POI: true });
    });
    expect((await log()).rows[0]).toMatchObject({ UNDOABLE: true, NOT_UNDOABLE_REASON: null });
    expect((await undo(String(auditId))).status).toBe(200);
    expect(await urls()).toEqual([]);
  });

  test('A3: of another agency is not found, and needs a reason', async () => {
    const id = await addDomain();
    const theirs = { role: 'operator', agencies: ['9'] };
    expect((await undo(id, '1480', theirs)).status).toBe(403);
    expect(await undo(id, '9', theirs)).toMatchObject({ status: 404, body: { error: { code: 'NOT_FOUND' } } });
    expect((await world.call('POST', '/api/config/undo', { audit_id: id, agency_id: '1480' })).status).toBe(400);
    expect((await world.call('POST', '/api/config/undo', { audit_id: "x'--", agency_id: '1480', reason: 'r' })).status).toBe(400);
    expect(await urls()).toEqual([HOST]);
  });

  test('the same call sent twice has one effect', async () => {
    const id = await addDomain();
    const as = { headers: { 'idempotency-key': 'undo-1' } };
    const [once, again] = [await undo(id, '1480', as), await undo(id, '1480', as)];
    expect([once.status, again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 200, 'true']);
    expect(again.body).toEqual(once.body);
    expect((await log()).total).toBe(2);
  });
});
