import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CHANGES, findChanges } from '../src/audience/changes.ts';
import type { Cut } from '../src/audience/cut.ts';
import { noteChanges } from '../src/audience/member-changes.ts';
import { memberLines } from '../src/audience/member-lines.ts';
import { settleCut } from '../src/audience/settle-cut.ts';
import { renderTable } from '../src/cli/table.ts';
import type { FileContext } from '../src/format/layout.ts';
import { membersLayout } from '../src/format/layouts/members.ts';
import { lineSql } from '../src/format/line-sql.ts';
import { packFile } from '../src/format/pack-file.ts';
import { clockAt, DAY_MS } from '../src/lib/clock.ts';
import { raw, type Sql, sql } from '../src/lib/sql.ts';
import { withResource } from '../src/lib/with-resource.ts';
import { bindCatalogue, type Catalogue } from '../src/warehouse/catalogue.ts';
import { createTables } from '../src/warehouse/ddl.ts';
import { openDuckDB } from '../src/warehouse/duckdb/duckdb.ts';
import type { Session } from '../src/warehouse/warehouse.ts';
import { DATA_FOLDER } from './warehouse.ts';

/**
 * What an incremental refresh costs, beside a full export of the same audience: `ids` members against as many that the partner holds,
 * of which `churn` percent have left and as many are new. In turns, several times.
 *
 *   node bench/refresh.ts [--ids 8000000] [--churn 3] [--runs 3] [--threads 2] [--json FILE]
 */

const { values } = parseArgs({
  options: {
    ids: { type: 'string', default: '8000000' },
    churn: { type: 'string', default: '3' },
    runs: { type: 'string', default: '3' },
    threads: { type: 'string', default: '2' },
    json: { type: 'string' },
  },
});
const ids = Number(values.ids);
const churned = Math.round((ids * Number(values.churn)) / 100);
const NOW = new Date('2026-02-16T06:00:00Z');
const LAST_WEEK = new Date(NOW.getTime() - 7 * DAY_MS);
const HOLDING = { agencyId: '1480', advertiserId: '4711', destination: 'bench', segmentId: '1480_4711' };
const RULE = { now: NOW, ttlDays: 90, intervalMs: 7 * DAY_MS };
const CONTEXT: FileContext = { ...HOLDING, segmentName: 'Bench', slot: '2026-W08', runId: 'run', plannedAt: NOW };

/** The n-th device, in no order that a database could make use of. */
const DEVICE =
  raw(`concat_ws('-', substr(md5(n::VARCHAR), 1, 8), substr(md5(n::VARCHAR), 9, 4), '4' || substr(md5(n::VARCHAR), 14, 3),
  '8' || substr(md5(n::VARCHAR), 18, 3), substr(md5(n::VARCHAR), 21, 12))`);

async function prepare(session: Session, catalogue: Catalogue): Promise<Cut> {
  const last = raw(String(ids + churned));
  await session.execute(
    sql`CREATE TEMPORARY TABLE audience AS SELECT CASE WHEN n % 3 = 0 THEN 'IDFA' ELSE 'GAID' END AS id_type, ${DEVICE} AS id_value,
        CAST(${LAST_WEEK} AS TIMESTAMP) AS last_seen FROM range(${raw(String(churned))}, ${last}) AS numbers (n)`,
  );
  await session.execute(
    sql`INSERT INTO ${catalogue.table('DELIVERED_MEMBERS').ref} SELECT ${HOLDING.agencyId}, ${HOLDING.advertiserId}, ${HOLDING.destination},
        ${HOLDING.segmentId}, CASE WHEN n % 3 = 0 THEN 'IDFA' ELSE 'GAID' END, ${DEVICE}, ${LAST_WEEK}, ${LAST_WEEK}, NULL
      FROM range(0, ${raw(String(ids))}) AS numbers (n)`,
  );
  return {
    counts: { segment: '', segmentName: null, selected: ids, dropped: {}, suppressed: 0, identifiers: {}, written: ids },
    suppression: { fingerprint: '', marked: (_kind, rows) => sql`SELECT f.*, FALSE AS is_listed FROM (${rows}) f` },
    members: sql`(SELECT id_type, CAST(id_value AS UUID) AS id_key, CAST(NULL AS VARCHAR) AS id_text, id_value, last_seen FROM audience)`,
  };
}

/** Writes and packs the file of some members, as a delivery does; gives its rows. */
async function exportFile(session: Session, members: Sql, folder: string): Promise<number> {
  const layout = membersLayout();
  const path = join(folder, 'lines');
  const signal = new AbortController().signal;
  const types = ['IDFA', 'GAID'] as const;
  const counts = await session.all(sql`SELECT id_type, COUNT(*) AS id_count FROM ${members} GROUP BY id_type`);
  const runs = types.map((type) => ({ type, rows: Number(counts.find(({ id_type }) => id_type === type)?.id_count ?? 0) }));
  await session.unload(
    memberLines(session.dialect, members, types, (columns) => lineSql(session.dialect, layout, CONTEXT, columns)),
    path,
  );
  const files = await packFile({ path, runs, layout, context: CONTEXT, directory: folder, clock: clockAt(NOW), signal });
  for (const file of files) await rm(file.path);
  await rm(path);
  return files.reduce((sum, { rows }) => sum + rows, 0);
}

async function refresh(session: Session, catalogue: Catalogue, cut: Cut, folder: string, round: number): Promise<void> {
  const rules = { ...RULE, refresh: 'incremental', removes: true, optOuts: false } as const;
  const found = await findChanges(session, catalogue, cut, HOLDING, rules);
  const added = await exportFile(session, found.members(['add', 'resend']), folder);
  const removed = await exportFile(session, found.members(['remove']), folder);
  if (added !== churned || removed !== churned || found.unchanged !== ids - churned)
    throw new Error(`${added} added, ${removed} removed, ${found.unchanged} held; ${churned} of each were made.`);
  const one = { cutId: `cut-${round}`, runId: 'run', holding: HOLDING };
  await noteChanges(session, catalogue, one, found.members(CHANGES));
  await settleCut(session, catalogue, one, { kind: 'taken', sentAt: NOW, rule: RULE, forgetBefore: new Date(0) });
}

/** What the partner held before the round. */
async function undo(session: Session, catalogue: Catalogue): Promise<void> {
  const table = catalogue.table('DELIVERED_MEMBERS').ref;
  await session.execute(sql`DELETE FROM ${table} WHERE "FIRST_SENT_AT" = ${NOW}`);
  await session.execute(sql`UPDATE ${table} SET "REMOVED_AT" = NULL WHERE "REMOVED_AT" IS NOT NULL`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1000;
}

await mkdir(DATA_FOLDER, { recursive: true });
const folder = await mkdtemp(join(DATA_FOLDER, 'refresh-'));
const rounds: { readonly export: number; readonly refresh: number }[] = [];
try {
  await withResource(
    openDuckDB({ path: join(folder, 'warehouse.duckdb'), readOnly: false, threads: Number(values.threads) }),
    (duckdb) =>
      withResource(duckdb.session(), async (session) => {
        await createTables(session);
        const catalogue = await bindCatalogue(session, {});
        const cut = await prepare(session, catalogue);
        for (let round = 0; round < Number(values.runs); round += 1) {
          const full = await timed(() => exportFile(session, cut.members, folder));
          const changed = await timed(() => refresh(session, catalogue, cut, folder, round));
          rounds.push({ export: full, refresh: changed });
          await undo(session, catalogue);
        }
      }),
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}
const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
const summary = {
  ids,
  churned,
  rounds,
  exportSeconds: median(rounds.map((round) => round.export)),
  refreshSeconds: median(rounds.map((round) => round.refresh)),
  ratio: median(rounds.map((round) => round.refresh / round.export)),
};
process.stdout.write(
  `${renderTable(rounds, [
    { title: 'FULL EXPORT s', value: (round) => round.export.toFixed(2) },
    { title: 'REFRESH s', value: (round) => round.refresh.toFixed(2) },
    { title: 'RATIO', value: (round) => (round.refresh / round.export).toFixed(2) },
  ])}\n\nMedian ratio ${summary.ratio.toFixed(2)}.\n`,
);
if (values.json !== undefined) await writeFile(values.json, JSON.stringify(summary, null, 2));
