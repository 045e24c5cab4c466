import { type AquariusError, configError } from '../errors.ts';
import type { IdentifierKind } from '../identity/identifier-kind.ts';
import { ZERO_ID_DIGESTS } from '../identity/maid.ts';
import { join, raw, type Sql, sql } from '../lib/sql.ts';
import type { BoundTable } from '../warehouse/catalogue.ts';
import type { Dialect } from '../warehouse/dialect.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { blankSql } from './canonical-sql.ts';
import { identifierColumns } from './log-rows.ts';

/**
 * Identifiers that a masking policy hides from the warehouse's role. They are texts like any others, so nothing fails by itself: the
 * audience would silently be empty, or of one masked value.
 */

/** Largest share of identifiers of a column that may look masked, unless policy.maxMaskedShare says otherwise. */
export const MAX_MASKED_SHARE = 0.05;

/** How many values of a column look masked; counts only. */
export interface MaskedColumn {
  readonly table: string;
  readonly column: string;
  /** Values that were looked at, without blanks. */
  readonly values: number;
  readonly masked: number;
}

/** A policy holds for all rows alike, so that some of them tell. */
const SAMPLE_ROWS = 200_000;
/** Sets of rows that a sample is taken of: the statement must not grow with the log. */
const MOST_SETS = 16;
/** From so many values on, one value in nearly all of them is a mask. Fewer may well be one device's. */
const LEAST_VALUES_OF_ONE = 1_000;
const SHARE_OF_ONE = 0.99;

/**
 * Counts, in one statement, what looks masked in a log's identifier columns. `rows` are conditions on the log under `l`; a sample is taken
 * of each, and of a spread of them where they are many.
 */
export async function countMasked(
  session: Session,
  log: BoundTable,
  rows: readonly Sql[],
  signal?: AbortSignal,
): Promise<readonly MaskedColumn[]> {
  const { dialect } = session;
  const columns = Object.entries(identifierColumns(log)) as [IdentifierKind, string][];
  if (columns.length === 0 || rows.length === 0) return [];
  const sets = spread(rows);
  const each = raw(String(Math.ceil(SAMPLE_ROWS / sets.length)));
  const texts = join(columns.map(([kind, column]) => sql`${dialect.text(log.column(column, 'l'))} AS ${cellOf(kind)}`));
  const sample = join(
    sets.map((set) => sql`SELECT * FROM (SELECT ${texts} FROM ${log.ref} l WHERE ${set} LIMIT ${each}) some_rows`),
    ' UNION ALL ',
  );
  const values = join(
    columns.map(
      ([kind]) =>
        sql`SELECT ${raw(`'${kind}'`)} AS kind, v.id, CASE WHEN ${looksMasked(dialect, kind, raw('v.id'))} THEN 1 ELSE 0 END AS is_masked, v.id_rows
          FROM (SELECT ${cellOf(kind)} AS id, COUNT(*) AS id_rows FROM sampled GROUP BY 1) v WHERE NOT ${blankSql(dialect, raw('v.id'))}`,
    ),
    ' UNION ALL ',
  );
  const found = await session.all(
    sql`WITH sampled AS (${sample}), found AS (${values})
      SELECT kind, SUM(id_rows) AS value_count, SUM(is_masked * id_rows) AS masked_count,
        MAX(CASE WHEN ${standsForNone(raw('id'))} THEN 0 ELSE id_rows END) AS commonest
      FROM found GROUP BY kind`,
    signal === undefined ? {} : { signal },
  );
  return found.map((row): MaskedColumn => {
    const [count, masked, commonest] = [row.value_count, row.masked_count, row.commonest].map(Number) as [number, number, number];
    const isOne = count >= LEAST_VALUES_OF_ONE && commonest >= count * SHARE_OF_ONE;
    return {
      table: log.spec.name,
      column: identifierColumns(log)[row.kind as IdentifierKind] ?? '',
      values: count,
      masked: isOne ? Math.max(masked, commonest) : masked,
    };
  });
}

/** Those columns of which more than the share looks masked. */
export function tooMasked(columns: readonly MaskedColumn[], maxShare: number): readonly MaskedColumn[] {
  return columns.filter(({ values, masked }) => masked > values * maxShare);
}

/** Refuses a log whose identifiers look masked: `config` error `masked_identifiers`. */
export async function refuseMasked(
  session: Session,
  log: BoundTable,
  rows: readonly Sql[],
  maxShare: number = MAX_MASKED_SHARE,
  signal?: AbortSignal,
): Promise<void> {
  const found = tooMasked(await countMasked(session, log, rows, signal), maxShare);
  if (found.length > 0) throw maskedIdentifiers(found, maxShare);
}

function maskedIdentifiers(columns: readonly MaskedColumn[], maxShare: number): AquariusError {
  const named = columns.map(({ table, column }) => `${table}.${column}`).join(' and ');
  return configError(
    'masked_identifiers',
    `${named} ${columns.length === 1 ? 'looks' : 'look'} masked to the warehouse's role: ${columns.map(maskedText).join(', ')}; at most ${percent(maxShare)} may.`,
    { hint: UNMASK_HINT },
  );
}

export const UNMASK_HINT =
  'Give the role what the masking policy of these columns asks for, and run it again. Where the log itself holds such values, raise policy.maxMaskedShare.';

/** `96.4% of 10,000 values`. */
export function maskedText({ values, masked }: MaskedColumn): string {
  return `${percent(values === 0 ? 0 : masked / values)} of ${values.toLocaleString('en-US')} values`;
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))}%`;
}

/** Of many the first, the last, and some between them. */
function spread(rows: readonly Sql[]): readonly Sql[] {
  if (rows.length <= MOST_SETS) return rows;
  const step = (rows.length - 1) / (MOST_SETS - 1);
  return Array.from({ length: MOST_SETS }, (_, index) => rows[Math.round(index * step)] as Sql);
}

const cellOf = (kind: IdentifierKind): Sql => raw(`id_${kind.toLowerCase()}`);

/** What masks look like and no identifier does. Zero ids are no masks: devices that refused tracking have them. */
function looksMasked(dialect: Dialect, kind: IdentifierKind, text: Sql): Sql {
  const marked = sql`${text} LIKE '%*%' OR ${text} LIKE '%#%'`;
  const repeated = sql`length(${text}) > 2 AND replace(${text}, substr(${text}, 1, 1), '') = '' AND substr(${text}, 1, 1) NOT IN (${NO_MASKS})`;
  const any = sql`${marked} OR (${repeated})`;
  if (kind !== 'MAID' && kind !== 'IP') return sql`(${any})`;
  const digests = join(ZERO_ID_DIGESTS.map((digest) => raw(`'${digest}'`)));
  const hashed = sql`length(${text}) = 64 AND ${dialect.matches(text, '[0-9a-fA-F]{64}')} AND lower(${text}) NOT IN (${digests})`;
  return sql`(${any} OR lower(${text}) LIKE '%xxx%' OR (${hashed}))`;
}

/** Characters that are repeated where there is no identifier, by whoever wrote the log. */
const NO_MASKS: Sql = join(Array.from('0123456789abcdefABCDEF-._/ ', (character) => raw(`'${character}'`)));

/** Zeros in any spelling. */
function standsForNone(text: Sql): Sql {
  return sql`replace(replace(replace(replace(${text}, '0', ''), '-', ''), '.', ''), ':', '') = ''`;
}
