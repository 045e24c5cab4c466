import { configError } from '../errors.ts';
import {
  LIMIT_OUT_PATTERN,
  LIMIT_QUIET_PATTERN,
  type UnknownConsent,
  US_PRIVACY_OUT_PATTERN,
  US_PRIVACY_QUIET_PATTERN,
} from '../identity/consent.ts';
import { gppVerdict } from '../identity/consent-gpp.ts';
import { join, type Sql, sql } from '../lib/sql.ts';
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
  readonly unknown: UnknownConsent;
}

/** Texts of one person each would be more; consent texts say little, so few differ. */
const MOST_GPP_TEXTS = 1_000_000;

const INSERT_ROWS = 500;

/**
 * An expression, never null, that is true for rows with an opt-out; null when the log has no column of consent. More than
 * `mostTexts` distinct GPP texts are a `config` error `too_many_consent_texts`: nothing is delivered on a guess.
 */
export async function optedOutSql(
  session: Session,
  rows: ConsentRows,
  signal?: AbortSignal,
  mostTexts = MOST_GPP_TEXTS,
): Promise<Sql | null> {
  const { dialect } = session;
  const { log, alias, unknown } = rows;
  const flag = (name: string, out: string, quiet: string): Sql[] =>
    log.has(name) ? [flagSql(dialect, dialect.text(log.column(name, alias)), out, quiet, unknown)] : [];
  const tests = [
    ...flag('US_PRIVACY', US_PRIVACY_OUT_PATTERN, US_PRIVACY_QUIET_PATTERN),
    ...flag('LMT', LIMIT_OUT_PATTERN, LIMIT_QUIET_PATTERN),
    ...flag('DNT', LIMIT_OUT_PATTERN, LIMIT_QUIET_PATTERN),
  ];
  if (log.has('GPP')) {
    const quiet = await quietTexts(session, rows, mostTexts, signal);
    const text = dialect.text(log.column('GPP', alias));
    tests.push(sql`(${text} IS NOT NULL AND ${text} NOT IN (SELECT gpp FROM ${quiet}))`);
  }
  return tests.length === 0 ? null : sql`(${join(tests, ' OR ')})`;
}

/** Never null. A text that cannot be read is out unless the policy lets it through. */
function flagSql(dialect: Dialect, text: Sql, out: string, quiet: string, unknown: UnknownConsent): Sql {
  const isOut = unknown === 'refuse' ? sql`NOT ${dialect.matches(text, quiet)}` : dialect.matches(text, out);
  return sql`(${text} IS NOT NULL AND ${isOut})`;
}

/** A work table `(gpp)` of the texts in the rows that are no opt-out. */
async function quietTexts(
  session: Session,
  { log, alias, from, unknown }: ConsentRows,
  mostTexts: number,
  signal: AbortSignal | undefined,
): Promise<Sql> {
  const options = signal === undefined ? {} : { signal };
  const text = session.dialect.text(log.column('GPP', alias));
  const table = await workTable(session, 'consented', sql`SELECT CAST('' AS VARCHAR) AS gpp LIMIT 0`, signal);
  let count = 0;
  for await (const batch of session.query(sql`SELECT DISTINCT ${text} AS gpp FROM ${from} AND ${text} IS NOT NULL`, options)) {
    count += batch.length;
    if (count > mostTexts) throw tooMany(log, mostTexts);
    const quiet = batch.map(({ gpp }) => String(gpp)).filter((gpp) => !isOut(gpp, unknown));
    for (let start = 0; start < quiet.length; start += INSERT_ROWS) {
      const values = quiet.slice(start, start + INSERT_ROWS).map((gpp) => sql`(${gpp})`);
      await session.execute(sql`INSERT INTO ${table} VALUES ${join(values)}`, options);
    }
  }
  return table;
}

function isOut(gpp: string, unknown: UnknownConsent): boolean {
  const verdict = gppVerdict(gpp);
  return verdict === 'out' || (verdict === 'unknown' && unknown === 'refuse');
}

function tooMany(log: BoundTable, most: number): Error {
  return configError('too_many_consent_texts', `${log.spec.name} has more than ${most} different GPP texts in the window.`, {
    hint: 'The column does not hold consent texts: say under tables: in aquarius.yaml which column is GPP, or correct the feed.',
  });
}
