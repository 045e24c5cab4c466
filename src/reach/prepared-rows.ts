import { IDENTIFIER_KINDS, type IdentifierKind } from '../identity/identifier-kind.ts';
import { raw, type Sql, sql } from '../lib/sql.ts';
import type { BoundTable } from '../warehouse/catalogue.ts';
import { CONSENT_COLUMNS, isOptedOutSql } from './consent-rows.ts';
import type { ExposureRequest, PreparedPart } from './exposure.ts';
import { identifierColumns } from './log-rows.ts';
import { DEVICE_TYPE_CODES, preparedColumns } from './prepared-columns.ts';
import { fixedDeviceType, insertionOrderFilter } from './row-filters.ts';
import type { Visited } from './visited.ts';

/** When a prepared exposure was. */
export const preparedAt: Sql = raw('e."SEEN_AT"');

/** True for prepared exposures that are not older than a window; those without a readable time stay, to be counted. */
export function preparedSince(from: Date | null): Sql {
  return from === null ? raw('TRUE') : sql`${preparedAt} >= ${from}`;
}

/** Prepared exposures, aliased `e`, joined to some keys, aliased `o`. */
export function joinPrepared(exposures: Sql, keys: Sql): Sql {
  return sql`${exposures} e JOIN ${keys} o ON o.key_no = e."KEY_NO"`;
}

/** What is the same for all audiences of an agency. */
export type PreparedTerms = Pick<ExposureRequest, 'agencyId' | 'deviceTypes' | 'unknownConsent'>;

interface PreparedRows {
  readonly log: BoundTable;
  readonly exposures: Sql;
  /** `key_no` and what `columns` and `condition` need, as a table. */
  readonly keys: Sql;
  /** Further columns of the select. */
  readonly columns: Sql;
  readonly condition: Sql;
  readonly visited: Visited | null;
}

/** The kinds of identifiers that a log has. */
export function preparedKinds(log: BoundTable): readonly IdentifierKind[] {
  const columns = identifierColumns(log);
  return IDENTIFIER_KINDS.filter((kind) => columns[kind] !== undefined);
}

/** Prepared exposures with one kind of identifier: the columns of a `PreparedPart` but for the insertion order, and `columns`. */
export function preparedPart(rows: PreparedRows, kind: IdentifierKind, terms: PreparedTerms): PreparedPart {
  const { log, visited } = rows;
  const { value, misfit, reason } = preparedColumns(kind, 'e');
  const hasConsent = CONSENT_COLUMNS.some((name) => log.has(name));
  const optedOut = hasConsent ? isOptedOutSql(raw('e."CONSENT"'), terms.unknownConsent ?? 'refuse') : raw('FALSE');
  const isVisitor = visited?.prepared(preparedColumns('IP', 'e').value, preparedColumns('MAID', 'e').value);
  return {
    form: 'prepared',
    source: log.spec.name,
    kind,
    hasConsent,
    canBeVisitors: visited !== null,
    rows: sql`SELECT ${rows.columns}, ${value} AS value, ${misfit} AS misfit, ${reason} AS reason,
        ${kind === 'MAID' ? deviceType(log, terms) : raw('NULL')} AS device_type,
        ${preparedAt} AS seen_at, ${isVisitor?.is ?? raw('FALSE')} AS visited, ${optedOut} AS opted_out
      FROM ${joinPrepared(rows.exposures, rows.keys)}${isVisitor?.joined ?? raw('')} WHERE ${rows.condition} AND (${value} IS NOT NULL OR ${misfit} IS NOT NULL)`,
  };
}

/** The row's own word where it had a readable one, else the configured rule of its source. */
function deviceType(log: BoundTable, { deviceTypes, agencyId }: PreparedTerms): Sql {
  const told = raw('e."DEVICE_TYPE"');
  const rule = fixedDeviceType(deviceTypes, log.spec.name, agencyId);
  return rule === null ? told : sql`COALESCE(${told}, ${DEVICE_TYPE_CODES[rule]})`;
}

/** The prepared exposures of one advertiser, a part for each kind of identifier that the log has. */
export function preparedParts(
  log: BoundTable,
  { exposures, owned }: { readonly exposures: Sql; readonly owned: Sql },
  request: ExposureRequest,
  visited: Visited | null,
): readonly PreparedPart[] {
  // Few keys are one advertiser's, and the warehouse skips what holds none of them.
  const keys = sql`(SELECT key_no, k_io, io_name FROM ${owned} WHERE advertiser = ${request.advertiserId} AND owners = 1)`;
  const condition = sql`${preparedSince(request.window.from)}${insertionOrderFilter(request, raw('o.k_io'))}`;
  const columns = raw('o.k_io AS io, o.io_name AS io_name');
  return preparedKinds(log).map((kind) => preparedPart({ log, exposures, keys, columns, condition, visited }, kind, request));
}
