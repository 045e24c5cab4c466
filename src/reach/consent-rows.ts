import { configError } from '../errors.ts';
import {
  LIMIT_OUT_PATTERN,
  LIMIT_QUIET_PATTERN,
  type UnknownConsent,
  US_PRIVACY_OUT_PATTERN,
  US_PRIVACY_QUIET_PATTERN,
} from '../identity/consent.ts';
import { gppVerdict } from '../identity/consent-gpp.ts';
import { join, raw, type Sql, sql } from '../lib/sql.ts';
import type { BoundTable } from '../warehouse/catalogue.ts';
import type { Dialect } from '../warehouse/dialect.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { workTable } from './work-table.ts';

/**
 * Opt-outs that rows carry. us_privacy, LMT and DNT are judged by the warehouse; GPP texts are packed bits, so the distinct ones are
 * read and decoded here, and those that are no opt-out go back as a work table: a text that came since then is not among them.
 */

/** A log's rows whose consent is asked for: `from` is `FROM …` without the word, with the log under `alias`. */
interface ConsentRows {
  readonly log: BoundTable;
  readonly alias: string;
  readonly from: Sql;
}

/** The columns of a log that say something of consent, where it has them. */
export const CONSENT_COLUMNS: readonly string[] = ['US_PRIVACY', 'GPP', 'LMT', 'DNT'];

/** What a row says: nothing against delivery, something that cannot be read, an opt-out. The higher one counts. */
const [QUIET, UNKNOWN, OUT] = ['0', '1', '2'].map(raw) as [Sql, Sql, Sql];

/** Texts of one person each would be more; consent texts say little, so few differ. */
const MOST_GPP_TEXTS = 1_000_000;

const INSERT_ROWS = 500;

/** What the rows of a log say of consent. */
export interface Consent {
  /** Never null: 0 nothing, 1 something that cannot be read, 2 an opt-out. */
  readonly level: Sql;
  /** What must be joined for it, behind the log. */
  readonly joined: Sql;
  /** Work tables that it needs. */
  readonly tables: readonly Sql[];
}

/**
 * Null when the log has no column of consent. More than `mostTexts` distinct GPP texts are a `config` error `too_many_consent_texts`:
 * nothing is delivered on a guess.
 */
export async function readConsent(
  session: Session,
  rows: ConsentRows,
  signal?: AbortSignal,
  mostTexts = MOST_GPP_TEXTS,
): Promise<Consent | null> {
  const { dialect } = session;
  const { log, alias } = rows;
  const flag = (name: string, out: string, quiet: string): Sql[] =>
    log.has(name) ? [flagSql(dialect, dialect.text(log.column(name, alias)), out, quiet)] : [];
  const flags = [
    ...flag('US_PRIVACY', US_PRIVACY_OUT_PATTERN, US_PRIVACY_QUIET_PATTERN),
    ...flag('LMT', LIMIT_OUT_PATTERN, LIMIT_QUIET_PATTERN),
    ...flag('DNT', LIMIT_OUT_PATTERN, LIMIT_QUIET_PATTERN),
  ];
  if (!log.has('GPP')) return flags.length === 0 ? null : { level: highest(flags), joined: sql``, tables: [] };
  const text = dialect.text(log.column('GPP', alias));
  const judged = await judgedTexts(session, rows, mostTexts, signal);
  // A text that came since the texts were judged counts as an opt-out.
  const gpp = sql`CASE WHEN ${text} IS NULL THEN ${QUIET} ELSE COALESCE(gpp_judged.said, ${OUT}) END`;
  const joined = sql` LEFT JOIN ${judged} gpp_judged ON gpp_judged.gpp = ${text}`;
  return { level: highest([...flags, gpp]), joined, tables: [judged] };
}

function highest(levels: readonly Sql[]): Sql {
  const [first, ...others] = levels;
  return first !== undefined && others.length === 0 ? first : sql`greatest(${join(levels)})`;
}

/** Whether rows must not be delivered. */
export interface OptedOut {
  /** Never null. */
  readonly is: Sql;
  /** What must be joined for it, behind the log. */
  readonly joined: Sql;
}

/** Null when the log has no column of consent. */
export async function readOptOuts(
  session: Session,
  rows: ConsentRows & { readonly unknown: UnknownConsent },
  signal?: AbortSignal,
  mostTexts?: number,
): Promise<OptedOut | null> {
  const consent = await readConsent(session, rows, signal, mostTexts);
  return consent === null ? null : { is: isOptedOutSql(consent.level, rows.unknown), joined: consent.joined };
}

/** Whether what a row says keeps it from being delivered: a text that cannot be read does unless the policy lets it through. */
export function isOptedOutSql(level: Sql, unknown: UnknownConsent): Sql {
  return sql`(${level} >= ${unknown === 'refuse' ? UNKNOWN : OUT})`;
}

function flagSql(dialect: Dialect, text: Sql, out: string, quiet: string): Sql {
  return sql`CASE WHEN ${text} IS NULL OR ${dialect.matches(text, quiet)} THEN ${QUIET} WHEN ${dialect.matches(text, out)} THEN ${OUT} ELSE ${UNKNOWN} END`;
}

const LEVELS = { in: QUIET, unknown: UNKNOWN, out: OUT };

/** A work table `(gpp, said)` of the texts in the rows that are no opt-out. */
async function judgedTexts(
  session: Session,
  { log, alias, from }: ConsentRows,
  mostTexts: number,
  signal: AbortSignal | undefined,
): Promise<Sql> {
  const options = signal === undefined ? {} : { signal };
  const text = session.dialect.text(log.column('GPP', alias));
  const table = await workTable(
    session,
    'consented',
    sql`SELECT CAST('' AS VARCHAR) AS gpp, CAST(${QUIET} AS INTEGER) AS said LIMIT 0`,
    signal,
  );
  let count = 0;
  for await (const batch of session.query(sql`SELECT DISTINCT ${text} AS gpp FROM ${from} AND ${text} IS NOT NULL`, options)) {
    count += batch.length;
    if (count > mostTexts) throw tooMany(log, mostTexts);
    const judged = batch.flatMap(({ gpp }) => {
      const verdict = gppVerdict(String(gpp));
      return verdict === 'out' ? [] : [sql`(${String(gpp)}, ${LEVELS[verdict]})`];
    });
    for (let start = 0; start < judged.length; start += INSERT_ROWS) {
      await session.execute(sql`INSERT INTO ${table} VALUES ${join(judged.slice(start, start + INSERT_ROWS))}`, options);
    }
  }
  return table;
}

function tooMany(log: BoundTable, most: number): Error {
  return configError('too_many_consent_texts', `${log.spec.name} has more than ${most} different GPP texts in the window.`, {
    hint: 'The column does not hold consent texts: say under tables: in aquarius.yaml which column is GPP, or correct the feed.',
  });
}
