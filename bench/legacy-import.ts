import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { makeNameIndex } from '../src/admin/advertisers/name-index.ts';
import type { WriteContext } from '../src/admin/context.ts';
import { type ImportOutcome, importOptions } from '../src/admin/legacy/import-options.ts';
import { undoChange } from '../src/admin/undo-change.ts';
import { type App, openApp } from '../src/app.ts';
import { renderTable } from '../src/cli/table.ts';
import { systemClock } from '../src/lib/clock.ts';
import { openLog } from '../src/lib/log.ts';
import { raw, sql } from '../src/lib/sql.ts';
import { withResource } from '../src/lib/with-resource.ts';
import type { Session } from '../src/warehouse/warehouse.ts';
import { withHome, writeSettings } from './support/home.ts';
import { type Spent, spentBy } from './support/spent.ts';

/**
 * The import of the earlier system's options: 831,000 of LiveRamp, 1,200,000 of Facebook and 423,000 of Xandr, of advertisers in 107 agencies,
 * with what such a table has that is wrong. Tried out, imported, imported again, and one entry of the audit log taken back.
 *
 *   node bench/legacy-import.ts [--advertisers 20000] [--share 1]
 */

const { values } = parseArgs({
  options: { advertisers: { type: 'string', default: '20000' }, share: { type: 'string', default: '1' } },
});
const advertisers = Number(values.advertisers);
const TYPES = [
  ['52', 831_000],
  ['8', 1_200_000],
  ['23', 423_000],
] as const;

const PARTNERS = `  liveramp-us: { type: liveramp-sftp, username: u, password: 'env:P', hostKeys: ['SHA256:${'A'.repeat(43)}'], folder: /uploads }
  facebook: { type: meta-custom-audience, adAccountId: '1', accessToken: 'env:P', createAudience: true, customerFileSource: PARTNER_PROVIDED_ONLY }
  xandr: { type: xandr-segments, enabled: true, memberId: 958, username: 'env:P', password: 'env:P', createSegment: true, ttlDays: 90 }
`;

/** A table as it may be: most advertisers have one window and mode at a partner, every 40th option another, and one of 25 is of no use. */
async function makeOptions(session: Session): Promise<number> {
  await session.execute(sql`INSERT INTO BASE_TABLES.REF_AGENCY_ADVERTISER (AGENCY_ID, ADVERTISER_ID, ADVERTISER_NAME, AGENCY_NAME)
    SELECT CAST(1000 + i % 107 AS VARCHAR), CAST(20000 + i AS VARCHAR), 'Advertiser ' || i, 'Agency ' || i % 107 FROM range(CAST(${advertisers} AS BIGINT)) t(i)`);
  await session.execute(sql`INSERT INTO APP_DB.DELIVERY_OPTION_ALIAS (ALIAS_ID, AGENCY_ID, ALIAS_NAME)
    SELECT CAST(i AS VARCHAR), CAST(1000 + i % 107 AS VARCHAR), 'Group ' || i FROM range(CAST(${advertisers} AS BIGINT)) t(i)`);
  for (const [type, count] of TYPES) {
    await session.execute(sql`INSERT INTO APP_DB.DELIVERY_OPTION
      SELECT ${type} || CAST(i AS VARCHAR), CAST(1000 + a % 107 AS VARCHAR), CASE WHEN i % 101 = 0 THEN 'X' || a ELSE CAST(20000 + a AS VARCHAR) END,
        CAST(5000000 + i AS VARCHAR), 'S-' || (5000000 + i), CASE WHEN i % 199 = 0 THEN '99' ELSE ${type} END,
        CASE WHEN i % 307 = 0 THEN '45' ELSE (['30', '60', '90', NULL])[1 + (a + CASE WHEN i % 40 = 0 THEN i // 40 ELSE 0 END) % 4] END,
        CASE WHEN (a + CASE WHEN i % 41 = 0 THEN 1 ELSE 0 END) % 3 = 0 THEN 'SPLIT' ELSE 'MERGED' END,
        CASE WHEN a % 2 = 0 THEN CAST(a AS VARCHAR) END, ${type} || '-' || i, CASE WHEN i % 97 = 0 THEN 'INACTIVE' ELSE 'ACTIVE' END,
        TIMESTAMP '2024-01-01', TIMESTAMP '2025-01-01'
      FROM (SELECT i, CAST(hash(i) % CAST(${advertisers} AS UBIGINT) AS BIGINT) AS a FROM range(CAST(${Math.round(count * Number(values.share))} AS BIGINT)) t(i))`);
  }
  const [row] = await session.all(raw('SELECT count(*) AS found FROM APP_DB.DELIVERY_OPTION'));
  return Number(row?.found);
}

function contextOf({ catalogue, ledger, settings, clock, warehouse, signal }: App, session: Session): WriteContext {
  return {
    ...{ session, catalogue, ledger, settings, clock, signal, names: makeNameIndex(), scope: 'all', requestId: 'bench' },
    ...{ actor: { name: 'bench', role: 'admin', reason: null }, turn: warehouse },
  };
}

await withHome(async (home) => {
  await writeSettings(home, { destinations: PARTNERS });
  const opening = openApp({
    ...{ home, file: undefined, env: {}, clock: systemClock, log: openLog('warn'), mode: 'write' },
    signal: new AbortController().signal,
  });
  await withResource(opening, (app) =>
    withResource(app.warehouse.session(), async (session) => {
      const options = await makeOptions(session);
      const measured: { what: string; spent: Spent; outcome: ImportOutcome | null }[] = [];
      const measure = async (what: string, work: () => Promise<ImportOutcome | null>): Promise<ImportOutcome | null> => {
        let outcome: ImportOutcome | null = null;
        const spent = await spentBy(async () => {
          outcome = await work();
        });
        measured.push({ what, spent, outcome });
        return outcome;
      };
      const ctx = contextOf(app, session);
      const request = { destinations: {}, enable: false };
      await measure('tried out', () => importOptions(ctx, { ...request, isDryRun: true }));
      const made = await measure('imported', () => importOptions(ctx, { ...request, isDryRun: false }));
      const again = await measure('imported again', () => importOptions(ctx, { ...request, isDryRun: false }));
      if (again === null || again.created + again.updated > 0) throw new Error('The second import changed something.');
      const [first] = made?.auditIds ?? [];
      if (first !== undefined) await measure('100 taken back', () => undoChange(ctx, first).then(() => null));
      const table = renderTable(measured, [
        { title: 'WHAT', value: ({ what }) => what },
        { title: 'SECONDS', value: ({ spent }) => (spent.wall / 1_000).toFixed(1) },
        { title: 'CPU SECONDS', value: ({ spent }) => (spent.cpu / 1_000).toFixed(1) },
        { title: 'MAP', value: ({ outcome }) => outcome?.report.imported ?? 0 },
        { title: 'ENTRIES ADDED', value: ({ outcome }) => outcome?.report.entriesAdded ?? 0 },
        { title: 'CREATED', value: ({ outcome }) => outcome?.created ?? 0 },
        { title: 'CHANGED', value: ({ outcome }) => outcome?.updated ?? 0 },
      ]);
      process.stdout.write(
        `${options} options of ${advertisers} advertisers; load of the machine ${loadavg()[0]?.toFixed(1)}\n${table}\n`,
      );
    }),
  );
});
