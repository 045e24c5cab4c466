import { IDENTIFIER_KINDS, type IdentifierKind } from '../identity/identifier-kind.ts';
import { ident, join, raw, type Sql, sql } from '../lib/sql.ts';
import type { BoundTable } from '../warehouse/catalogue.ts';
import type { Dialect } from '../warehouse/dialect.ts';
import { canonicalReasonSql, canonicalValueSql } from './canonical-sql.ts';
import type { Consent } from './consent-rows.ts';
import { deviceTypeCodeSql } from './device-type-sql.ts';
import { identifierColumns, OPTIONAL_KINDS } from './log-rows.ts';
import { deviceKeySql } from './maid-sql.ts';
import { misfitText } from './misfit-text.ts';
import { preparedNames, reasonCode } from './prepared-columns.ts';
import { joinRawKeys } from './raw-keys.ts';
import { NO_INSTANT, seenAtSql } from './source-days.ts';

/**
 * Rows of a log as they are kept in REACH_EXPOSURES: identifiers parsed, campaign keys as numbers, in the order of those. `keys` are the
 * numbered keys, `rows` a condition on the log's rows, aliased `l`, and `consent` what they say of consent, if anything can.
 */
export function prepareSql(dialect: Dialect, log: BoundTable, keys: Sql, rows: Sql, consent: Consent | null): Sql {
  const columns = identifierColumns(log);
  const kinds = IDENTIFIER_KINDS.filter((kind) => columns[kind] !== undefined);
  const found = join([
    sql`k."KEY_NO" AS key_no`,
    sql`COALESCE(${seenAtSql(dialect, log)}, ${NO_INSTANT}) AS seen_at`,
    sql`${log.has('DEVICE_TYPE') ? deviceTypeCodeSql(dialect, dialect.text(log.column('DEVICE_TYPE', 'l'))) : raw('NULL')} AS device_type`,
    sql`${consent?.level ?? raw('0')} AS consent`,
    ...(columns.MAID === undefined
      ? []
      : [sql`${dialect.readDeviceKey(dialect.text(log.column(columns.MAID, 'l')))} AS ${READ_DEVICE}`]),
    ...kinds.map((kind) => sql`${dialect.text(log.column(columns[kind] ?? '', 'l'))} AS ${rawName(kind)}`),
  ]);
  const values = join(kinds.map((kind) => sql`${parsedSql(dialect, kind)} AS ${valueName(kind)}`));
  const kept = join([
    sql`key_no, seen_at`,
    ...IDENTIFIER_KINDS.flatMap((kind) =>
      kinds.includes(kind) ? keptColumns(dialect, kind) : preparedNames(kind).map(() => sql`NULL`),
    ),
    sql`device_type, consent`,
  ]);
  const from = sql`${joinRawKeys(dialect, log, keys)}${consent?.joined ?? raw('')}`;
  return sql`SELECT ${kept} FROM (SELECT *, ${values} FROM (SELECT ${found} FROM ${from} WHERE ${rows}) found) parsed ORDER BY key_no`;
}

/** The columns of REACH_EXPOSURES, in the order in which `prepareSql` gives them. */
export const PREPARED_COLUMNS: Sql = join(
  ['KEY_NO', 'SEEN_AT', ...IDENTIFIER_KINDS.flatMap(preparedNames), 'DEVICE_TYPE', 'CONSENT'].map((name) => ident(name)),
);

const READ_DEVICE: Sql = raw('read_device');
const rawName = (kind: IdentifierKind): Sql => raw(`raw_${kind.toLowerCase()}`);
const valueName = (kind: IdentifierKind): Sql => raw(`value_${kind.toLowerCase()}`);

function parsedSql(dialect: Dialect, kind: IdentifierKind): Sql {
  return kind === 'MAID' ? deviceKeySql(dialect, rawName(kind), READ_DEVICE) : canonicalValueSql(dialect, kind, rawName(kind));
}

/** Value, misfit and reason. An empty cell of a kind that most rows do not have is no blank identifier: it has neither. */
function keptColumns(dialect: Dialect, kind: IdentifierKind): readonly Sql[] {
  const [text, value] = [rawName(kind), valueName(kind)];
  const reason = canonicalReasonSql(dialect, kind, text, value, reasonCode);
  const misfit = sql`CASE WHEN ${value} IS NULL THEN ${misfitText(dialect, kind, text)} END`;
  const columns = kind === 'MAID' ? [value, misfit, reason] : [sql`COALESCE(${value}, ${misfit})`, reason];
  if (!OPTIONAL_KINDS.includes(kind)) return columns;
  return columns.map((column) => sql`CASE WHEN ${text} IS NOT NULL THEN ${column} END`);
}
