import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listAudit } from '../src/admin/audit-entries.ts';
import { makeChange } from '../src/admin/make-change.ts';
import { undoChange } from '../src/admin/undo-change.ts';
import { tablesOf } from '../src/app.ts';
import { parseAssignments } from '../src/config/assignments.ts';
import { raw } from '../src/lib/sql.ts';
import { type AdminWorld, adminWorld } from './support/admin-world.ts';
import { configRow } from './support/seed.ts';

/** Changes of configuration and mappings: one transaction, an audit entry, and the way back. */

let world: AdminWorld;
beforeEach(async () => {
  world = await adminWorld();
});
afterEach(() => world[Symbol.asyncDispose]());

const DOMAIN_KEY = ['Agency_Id', 'Advertiser_id', 'URL'];
const domain = (url: string, advertiser = '4711') => ({
  Agency_Id: '1480',
  Advertiser_id: advertiser,
  URL: url,
  IS_POI: false,
  CREATED_AT: new Date('2026-02-16T12:00:00Z'),
});

async function addDomain(url: string, expectedVersion?: number) {
  return makeChange(
    await world.context(),
    { action: 'domain.add', agencyId: '1480', advertiserIds: ['4711'], expectedVersion },
    async ({ journal }) => journal.insert('ADVERTISER_DOMAIN_MAPPING', DOMAIN_KEY, [domain(url)]),
  );
}

const configNow = async () =>
  (await world.session.all(raw('SELECT * FROM "BASE_TABLES"."REF_ADVERTISER_CONFIG" WHERE "ADVERTISER_ID" = \'4711\'')))[0];
const domainsNow = async () =>
  (await world.session.all(raw('SELECT "URL" FROM "DERIVED_TABLES"."ADVERTISER_DOMAIN_MAPPING" ORDER BY 1'))).map(
    ({ URL }) => URL,
  );

describe('a change', () => {
  test('B7: of an advertiser without a row makes the row, and counts what is assigned', async () => {
    const { isChanged, configs } = await addDomain('ace.com');
    expect(isChanged).toBe(true);
    expect(configs[0]).toMatchObject({ agencyId: '1480', advertiserId: '4711', configVersion: 1 });
    expect(await configNow()).toMatchObject({ WEB_PIXEL_URL_COUNT: 1n, HAS_WEB_VISIT_ATTRIBUTION: true, SEGMENT_COUNT: 0n });
  });

  test('raises the version by one, and refuses whoever saw an older one', async () => {
    await addDomain('ace.com');
    await addDomain('ace.org', 1);
    await expect(addDomain('ace.net', 1)).rejects.toMatchObject({ code: 'config_version_stale' });
    expect(await domainsNow()).toEqual(['ace.com', 'ace.org']);
    expect(await configNow()).toMatchObject({ CONFIG_VERSION: 2n, WEB_PIXEL_URL_COUNT: 2n });
  });

  test('that fails in the middle leaves nothing behind', async () => {
    const broken = makeChange(
      await world.context(),
      { action: 'domain.add', agencyId: '1480', advertiserIds: ['4711'] },
      async ({ journal, set }) => {
        await journal.insert('ADVERTISER_DOMAIN_MAPPING', DOMAIN_KEY, [domain('ace.com')]);
        set('4711', parseAssignments(['DELIVERY_LOOKBACK_DAYS=4000', 'CONFIG_STATUS=SLEEPING']));
      },
    );
    await expect(broken).rejects.toMatchObject({ code: 'config_invalid', problems: { length: 2 } });
    expect(await domainsNow()).toEqual([]);
    expect(await configNow()).toBeUndefined();
    expect((await listAudit(await world.context(), { limit: 10, offset: 0 })).total).toBe(0);
  });

  test('that changes nothing raises no version and leaves no entry', async () => {
    await world.load({ REF_ADVERTISER_CONFIG: [configRow('4711', [], { CONFIG_VERSION: 3 })] });
    const { isChanged } = await makeChange(
      await world.context(),
      { action: 'config.update', agencyId: '1480', advertiserIds: ['4711'] },
      async ({ set }) => set('4711', parseAssignments(['DELIVERY_LOOKBACK_DAYS=30'])),
    );
    expect(isChanged).toBe(false);
    expect(await configNow()).toMatchObject({ CONFIG_VERSION: 3n });
  });

  test('A4: of an agency that is not theirs is refused', async () => {
    const change = makeChange(
      await world.context(['9']),
      { action: 'domain.add', agencyId: '1480', advertiserIds: ['4711'] },
      async ({ journal }) => journal.insert('ADVERTISER_DOMAIN_MAPPING', DOMAIN_KEY, [domain('ace.com')]),
    );
    await expect(change).rejects.toMatchObject({ code: 'agency_forbidden' });
    expect(await domainsNow()).toEqual([]);
  });
});

describe('the way back', () => {
  test('A11: every change is in the audit log with what was before and after', async () => {
    await addDomain('ace.com');
    const { entries } = await listAudit(await world.context(), { limit: 10, offset: 0 });
    expect(entries).toMatchObject([
      { actor: 'ana@example.com', role: 'admin', action: 'domain.add', advertiserIds: ['4711'], undoneBy: null },
    ]);
    expect(entries[0]?.changes.map(({ table, before, after }) => [table, before.length, after.length])).toEqual([
      ['ADVERTISER_DOMAIN_MAPPING', 0, 1],
      ['REF_ADVERTISER_CONFIG', 0, 1],
    ]);
    expect((await listAudit(await world.context(['9']), { limit: 10, offset: 0 })).total).toBe(0);
  });

  test('takes rows out that were put in, and puts the very same ones back', async () => {
    await world.load({ REF_ADVERTISER_CONFIG: [configRow('4711', [])] });
    const { auditId } = await addDomain('ace.com');
    const undone = await undoChange(await world.context(), String(auditId));
    expect(await domainsNow()).toEqual([]);
    expect(await configNow()).toMatchObject({ WEB_PIXEL_URL_COUNT: 0n, HAS_WEB_VISIT_ATTRIBUTION: false });
    await undoChange(await world.context(), String(undone.auditId));
    const [row] = await world.session.all(raw('SELECT * FROM "DERIVED_TABLES"."ADVERTISER_DOMAIN_MAPPING"'));
    expect(row).toMatchObject({ URL: 'ace.com', CREATED_AT: new Date('2026-02-16T12:00:00Z') });
    expect(await configNow()).toMatchObject({ WEB_PIXEL_URL_COUNT: 1n });
  });

  test('sets columns back that were changed, and only once', async () => {
    await world.load({ REF_ADVERTISER_CONFIG: [configRow('4711', [], { DELIVERY_LOOKBACK_DAYS: 60 })] });
    const { auditId } = await makeChange(
      await world.context(),
      { action: 'config.update', agencyId: '1480', advertiserIds: ['4711'] },
      async ({ set }) => set('4711', parseAssignments(['DELIVERY_LOOKBACK_DAYS=null'])),
    );
    expect(await configNow()).toMatchObject({ DELIVERY_LOOKBACK_DAYS: null });
    await undoChange(await world.context(), String(auditId));
    expect(await configNow()).toMatchObject({ DELIVERY_LOOKBACK_DAYS: 60n });
    await expect(undoChange(await world.context(), String(auditId))).rejects.toMatchObject({ code: 'undo_done' });
  });

  test('is refused where somebody has changed the same since', async () => {
    await world.load({ REF_ADVERTISER_CONFIG: [configRow('4711', [])] });
    const set = async (days: string) =>
      makeChange(await world.context(), { action: 'config.update', agencyId: '1480', advertiserIds: ['4711'] }, async (work) =>
        work.set('4711', parseAssignments([`DELIVERY_LOOKBACK_DAYS=${days}`])),
      );
    const { auditId } = await set('60');
    await set('90');
    await expect(undoChange(await world.context(), String(auditId))).rejects.toMatchObject({ code: 'undo_conflict' });
    expect(await configNow()).toMatchObject({ DELIVERY_LOOKBACK_DAYS: 90n });
  });

  test('brings back columns that only the site knows', async () => {
    await world.session.execute(raw('ALTER TABLE "DERIVED_TABLES"."ADVERTISER_DOMAIN_MAPPING" ADD COLUMN "OWNER_NOTE" VARCHAR'));
    await world.session.execute(
      raw(
        `INSERT INTO "DERIVED_TABLES"."ADVERTISER_DOMAIN_MAPPING" ("Agency_Id", "Advertiser_id", "URL", "OWNER_NOTE") VALUES ('1480', '4711', 'ace.com', 'call Bo first')`,
      ),
    );
    const ctx = { ...(await world.context()), catalogue: await tablesOf(world.app) };
    const { auditId, result } = await makeChange(
      ctx,
      { action: 'domain.remove', agencyId: '1480', advertiserIds: ['4711'] },
      async ({ journal }) => journal.remove('ADVERTISER_DOMAIN_MAPPING', DOMAIN_KEY, [['1480', '4711', 'ace.com']]),
    );
    expect(result).toBe(1);
    expect(await domainsNow()).toEqual([]);
    await undoChange(ctx, String(auditId));
    expect(await world.session.all(raw('SELECT "URL", "OWNER_NOTE" FROM "DERIVED_TABLES"."ADVERTISER_DOMAIN_MAPPING"'))).toEqual([
      { URL: 'ace.com', OWNER_NOTE: 'call Bo first' },
    ]);
  });
});
