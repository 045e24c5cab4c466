import { ident, join, raw, type Sql, sql } from '../lib/sql.ts';
import type { BoundTable } from '../warehouse/catalogue.ts';
import type { Dialect } from '../warehouse/dialect.ts';
import { idSql, platformSql, presentIdSql } from './text-sql.ts';

/**
 * The columns of a log that decide whose a row is, as they are found there, and what REACH_KEYS calls them. The campaign's name is one of
 * them, so that a renamed campaign has both names, each for its own rows.
 */
const RAW_COLUMNS = {
  RAW_AGENCY: 'AGENCY_ID',
  RAW_PLATFORM: 'DSP_PLATFORM_TYPE',
  RAW_DSP: 'DSP_ADVERTISER_ID',
  RAW_IO: 'INSERTION_ORDER_ID',
  RAW_LI: 'LINE_ITEM_ID',
  RAW_OWN: 'ADVERTISER_ID',
  INSERTION_ORDER_NAME: 'INSERTION_ORDER_NAME',
} as const;
const COLUMNS = Object.entries(RAW_COLUMNS);

/** Numbers that the keys of one DSP advertiser can take: they stand together, so that its exposures do. */
const KEYS_EACH = raw(String(2 ** 24));

/** A log, aliased `l`, joined to its numbered keys, aliased `k`. Rows of no agency have none. */
export function joinRawKeys(dialect: Dialect, log: BoundTable, keys: Sql): Sql {
  const same = COLUMNS.filter(([, column]) => log.has(column)).map(
    ([name, column]) => sql`${dialect.text(log.column(column, 'l'))} IS NOT DISTINCT FROM k.${ident(name)}`,
  );
  return sql`${log.ref} l JOIN (SELECT * FROM ${keys} WHERE ${ident('SOURCE')} = ${log.spec.name}) k ON ${join(same, ' AND ')}`;
}

/** The columns of REACH_KEYS in the order of `newKeysSql`. */
export const KEY_COLUMNS: Sql = join(
  [
    'KEY_NO',
    'SOURCE',
    'AGENCY_ID',
    'PLATFORM',
    'DSP_ADVERTISER_ID',
    'INSERTION_ORDER_ID',
    'LINE_ITEM_ID',
    'ADVERTISER_ID',
    ...COLUMNS.map(([name]) => name),
  ].map((name) => ident(name)),
);

/**
 * Keys in some rows of a log (`rows`, a condition on it under `l`) that have no number yet, numbered: DSP advertisers in the order in
 * which they are first met, and within each its keys. `keys` holds those that have one.
 */
export function newKeysSql(dialect: Dialect, log: BoundTable, keys: Sql, rows: Sql): Sql {
  const text = (column: string): Sql => (log.has(column) ? dialect.text(log.column(column, 'l')) : sql`CAST(NULL AS VARCHAR)`);
  const names = COLUMNS.map(([name]) => ident(name));
  const known = sql`SELECT * FROM ${keys} WHERE ${ident('SOURCE')} = ${log.spec.name}`;
  const same = names.map((name) => sql`f.${name} IS NOT DISTINCT FROM k.${name}`);
  const dsp = (alias: string): Sql => raw(`${alias}.agency, ${alias}.platform, ${alias}.dsp, ${alias}.own`);
  const sameDsp = raw(
    `k."AGENCY_ID" = n.agency AND k."PLATFORM" IS NOT DISTINCT FROM n.platform AND k."DSP_ADVERTISER_ID" IS NOT DISTINCT FROM n.dsp AND k."ADVERTISER_ID" IS NOT DISTINCT FROM n.own`,
  );
  return sql`WITH found AS (
      SELECT ${join(COLUMNS.map(([name, column]) => sql`${text(column)} AS ${ident(name)}`))}
      FROM ${log.ref} l WHERE ${rows} GROUP BY ${raw(COLUMNS.map((_, index) => String(index + 1)).join(', '))}
    ), fresh AS (
      SELECT f.*, ${idSql(dialect, sql`f."RAW_AGENCY"`)} AS agency, ${platformSql(dialect, sql`f."RAW_PLATFORM"`)} AS platform,
        ${presentIdSql(dialect, sql`f."RAW_DSP"`)} AS dsp, ${presentIdSql(dialect, sql`f."RAW_IO"`)} AS io,
        ${presentIdSql(dialect, sql`f."RAW_LI"`)} AS li, ${presentIdSql(dialect, sql`f."RAW_OWN"`)} AS own
      FROM found f WHERE NOT EXISTS (SELECT 1 FROM (${known}) k WHERE ${join(same, ' AND ')})
    ), numbered AS (
      SELECT n.*, DENSE_RANK() OVER (ORDER BY ${dsp('n')}) AS dsp_rank FROM fresh n WHERE n.agency <> ''
    ), highest AS (
      SELECT COALESCE(MAX(k."KEY_NO" - k."KEY_NO" % ${KEYS_EACH}), 0) AS base FROM ${keys} k
    ), of_dsp AS (
      SELECT "AGENCY_ID", "PLATFORM", "DSP_ADVERTISER_ID", "ADVERTISER_ID", MAX("KEY_NO") AS base FROM (${known}) known_keys GROUP BY 1, 2, 3, 4
    ), placed AS (
      SELECT n.*, COALESCE(k.base, highest.base + n.dsp_rank * ${KEYS_EACH}) AS base
      FROM numbered n CROSS JOIN highest LEFT JOIN of_dsp k ON ${sameDsp}
    )
    SELECT base + ROW_NUMBER() OVER (PARTITION BY base ORDER BY io, li, ${join(names)}) AS key_no, ${log.spec.name} AS source,
      agency, platform, dsp, io, li, own, ${join(names)} FROM placed`;
}
