import type { Clock } from '../lib/clock.ts';
import { raw, type Sql, sql } from '../lib/sql.ts';
import type { BoundTable, Catalogue } from '../warehouse/catalogue.ts';
import type { Dialect } from '../warehouse/dialect.ts';
import { isComplete } from '../warehouse/missing-columns.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { madeDays, type ProductSource } from './day-ledger.ts';
import type { Product } from './product.ts';
import { type DayRange, observedDays, rowsOfDays } from './source-days.ts';
import { numberGroups, writeGroups } from './summary-groups.ts';
import { prepareNames } from './summary-names.ts';
import { idSql } from './text-sql.ts';
import { workTable } from './work-table.ts';

/** Raised whenever the rules for ids, blanks, days or names change. */
const RULES = 1;

/** Columns that a log may be without. */
const OPTIONAL = [
  'CREATIVE_ID',
  'SITE_DOMAIN',
  'USER_POSTAL_CODE',
  'INGESTION_TIMESTAMP',
  'DSP_ADVERTISER_NAME',
  'INSERTION_ORDER_NAME',
  'LINE_ITEM_NAME',
  'CREATIVE_NAME',
];

/**
 * AD_IMPRESSION_DAILY_SUMMARY and AD_IMPRESSION_NAME. A row belongs to the day that its time names, also to one that is yet to come; rows
 * without a readable time have no day and are left out. The ledger counts days by agency as the log spells it, the summary by its id,
 * so an agency's day is made of all its spellings whenever one of them has changed.
 */
export function summaryProduct(clock: Clock): Product {
  return {
    name: 'SUMMARY',
    readsIdentifiers: false,
    keepsAll: true,
    sources(catalogue) {
      const [log, summary] = [catalogue.table('AD_IMPRESSION_LOG_V2'), catalogue.table('AD_IMPRESSION_DAILY_SUMMARY')];
      return isComplete(log) && isComplete(summary) && !summary.readOnly ? [log] : [];
    },
    shape: (log) => [RULES, ...OPTIONAL.filter((name) => log.has(name))].join(' '),
    async clear(session, catalogue, _log, chunk) {
      // Days that are made anew are taken away where they are made.
      if (chunk !== null) return;
      await session.execute(sql`DELETE FROM ${catalogue.table('AD_IMPRESSION_DAILY_SUMMARY').ref}`);
      const names = namesTable(catalogue);
      if (names !== null) await session.execute(sql`DELETE FROM ${names.ref}`);
    },
    prune: async () => 0,
    async prepare(session, catalogue, log, chunk, _rows, signal) {
      const { range } = chunk;
      if (range === null) return { write: async () => 0, tables: [] };
      const summary = catalogue.table('AD_IMPRESSION_DAILY_SUMMARY');
      const spelled = await spelledDays(session, catalogue, { product: 'SUMMARY', log }, chunk, signal);
      const part = { log, rows: rowsOfDays(session.dialect, log, { range, days: spelled }) };
      const days = await workTable(session, 'summary_days', daysSql(session.dialect, part, spelled), signal);
      const groups = await numberGroups(session, { ...part, days, builtAt: clock.now() }, signal);
      const names = namesTable(catalogue);
      const named =
        names === null ? null : await prepareNames(session, { ...part, again: spelled === null ? null : days }, names, signal);
      return {
        async write() {
          if (spelled !== null) await removeDays(session, summary, days, range, signal);
          const made = await writeGroups(session, groups, summary, signal);
          await named?.write();
          return made;
        },
        tables: [days, ...(spelled === null ? [] : [spelled]), ...groups.tables, ...(named?.tables ?? [])],
      };
    },
  };
}

/** Null where the site has none that can be written. */
function namesTable(catalogue: Catalogue): BoundTable | null {
  const names = catalogue.table('AD_IMPRESSION_NAME');
  return isComplete(names) && !names.readOnly ? names : null;
}

interface LogRows {
  readonly log: BoundTable;
  readonly rows: Sql;
}

/** The chunk's days, and the same days of the same agencies in every spelling that was met; null for all of the log. */
async function spelledDays(
  session: Session,
  catalogue: Catalogue,
  source: ProductSource,
  { days, range }: DayRange,
  signal?: AbortSignal,
): Promise<Sql | null> {
  if (days === null || range === null) return null;
  const id = (alias: string): Sql => idSql(session.dialect, raw(`${alias}.agency`));
  const within = raw(`BETWEEN DATE '${range.first}' AND DATE '${range.last}'`);
  return workTable(
    session,
    'summary_spelled',
    sql`SELECT agency, day FROM ${days} WHERE day ${within}
      UNION SELECT m.agency, m.day FROM ${madeDays(catalogue, source)} m JOIN ${days} t ON t.day = m.day AND ${id('t')} = ${id('m')}
      WHERE t.day ${within}`,
    signal,
  );
}

/** `agency` (its id), `day`, and the `newest` ingestion; also days that have no rows any more. */
function daysSql(dialect: Dialect, { log, rows }: LogRows, spelled: Sql | null): Sql {
  const gone = spelled === null ? sql`` : sql` UNION ALL SELECT agency, day, CAST(NULL AS TIMESTAMP) AS newest FROM ${spelled}`;
  return sql`SELECT ${idSql(dialect, raw('agency'))} AS agency, day, MAX(newest) AS newest
    FROM (SELECT agency, day, newest FROM (${observedDays(dialect, log, rows)})${gone}) GROUP BY 1, 2`;
}

async function removeDays(
  session: Session,
  summary: BoundTable,
  days: Sql,
  range: { readonly first: string; readonly last: string },
  signal?: AbortSignal,
): Promise<void> {
  const [agency, day] = [summary.column('AGENCY_ID'), summary.column('LOG_DATE')];
  await session.execute(
    sql`DELETE FROM ${summary.ref} WHERE ${day} BETWEEN ${raw(`DATE '${range.first}' AND DATE '${range.last}'`)}
      AND (${agency}, ${day}) IN (SELECT agency, day FROM ${days})`,
    signal === undefined ? {} : { signal },
  );
}
