import { configError } from '../errors.ts';
import { canonicalise } from '../identity/canonicalise.ts';
import { kindOf } from '../identity/identifier-kind.ts';
import type { IdentifierType } from '../identity/identifier-type.ts';
import { suppressionKeys } from '../identity/suppression-key.ts';
import { trimSpace } from '../identity/text-pattern.ts';
import { join, type Sql, sql } from '../lib/sql.ts';
import { canonicalValueSql } from '../reach/canonical-sql.ts';
import { idSql } from '../reach/text-sql.ts';
import type { BoundTable, Catalogue } from '../warehouse/catalogue.ts';
import type { Session } from '../warehouse/warehouse.ts';

/** The suppression list as a person keeps it: what is on it, one entry more, one less. Values are never shown. */

export interface EntryCount {
  /** `*` for entries that hold for all. */
  readonly agencyId: string;
  readonly type: string;
  readonly entries: number;
}

/** An entry for one agency, or for all when `agencyId` is `*`. */
export interface Entry {
  /** `*`: whatever the value can be. */
  readonly type: IdentifierType | '*';
  /** An identifier in any spelling, or its SHA-256. */
  readonly value: string;
  readonly agencyId: string;
}

/** Entries by agency and type. */
export async function countEntries(session: Session, catalogue: Catalogue): Promise<readonly EntryCount[]> {
  const table = catalogue.table('SUPPRESSION');
  const { dialect } = session;
  const type = sql`upper(trim(${dialect.text(table.column('IDENTIFIER_TYPE'))}))`;
  const rows = await session.all(
    sql`SELECT agency, type, COUNT(*) AS entry_count
      FROM (SELECT ${agencySql(session, table)} AS agency, COALESCE(${type}, '') AS type FROM ${table.ref})
      GROUP BY agency, type ORDER BY agency, type`,
  );
  return rows.map(({ agency, type: name, entry_count }) => ({
    agencyId: String(agency),
    type: String(name),
    entries: Number(entry_count),
  }));
}

/** `*` for a blank agency. */
function agencySql(session: Session, table: BoundTable): Sql {
  return sql`COALESCE(NULLIF(${idSql(session.dialect, table.column('AGENCY_ID'))}, ''), '*')`;
}

/** The list's table where it can be written; else a `config` error `suppression_read_only`. */
export function writableList(catalogue: Catalogue): BoundTable {
  const table = catalogue.table('SUPPRESSION');
  if (table.exists && table.readOnly) {
    throw configError('suppression_read_only', 'The suppression list is read from files, so it cannot be changed here.', {
      hint: 'Change the files; what is in them holds from then on.',
    });
  }
  return table;
}

/**
 * Puts an entry on the list, or gives false when it is there. A value that could suppress nobody is a `config` error
 * `suppression_useless`.
 */
export async function addEntry(
  session: Session,
  catalogue: Catalogue,
  entry: Entry,
  facts: { readonly reason: string | null; readonly source: string; readonly since: Date },
): Promise<boolean> {
  const table = writableList(catalogue);
  const value = keptValue(entry);
  return session.transaction(async () => {
    const there = await session.all(sql`SELECT 1 AS one FROM ${table.ref} WHERE ${isEntry(session, table, entry)} LIMIT 1`);
    if (there.length > 0) return false;
    const row = {
      IDENTIFIER_TYPE: entry.type,
      IDENTIFIER_VALUE: value,
      AGENCY_ID: entry.agencyId,
      REASON: facts.reason,
      SINCE: facts.since,
      SOURCE: facts.source,
    };
    // A site's table need not have all of them.
    const cells = Object.entries(row).filter(([name]) => table.has(name));
    if (!table.has('AGENCY_ID') && entry.agencyId !== '*') throw noAgencies();
    await session.execute(
      sql`INSERT INTO ${table.ref} (${join(cells.map(([name]) => table.column(name)))}) VALUES (${join(cells.map(([, cell]) => sql`${cell}`))})`,
    );
    return true;
  });
}

/** Takes an entry off the list in every spelling, and gives how many rows that were. */
export async function removeEntry(session: Session, catalogue: Catalogue, entry: Entry): Promise<number> {
  const table = writableList(catalogue);
  return session.execute(sql`DELETE FROM ${table.ref} WHERE ${isEntry(session, table, entry)}`);
}

/** Canonical where it is an identifier of a known type; a hash, or what may be of several types, as it was given. */
function keptValue({ type, value }: Entry): string {
  if (suppressionKeys(type, value).length === 0) {
    throw configError('suppression_useless', `The value is no ${type === '*' ? 'identifier' : type}, nor the SHA-256 of one.`, {
      hint: 'docs/identifiers.md shows what is understood.',
    });
  }
  const canonical = type === '*' ? null : canonicalise(kindOf(type), value);
  return canonical !== null && 'value' in canonical ? canonical.value : trimSpace(value);
}

/** True for rows of the entry's agency and type whose value is the entry's, in whatever spelling. */
function isEntry(session: Session, table: BoundTable, entry: Entry): Sql {
  const { dialect } = session;
  const text = dialect.text(table.column('IDENTIFIER_VALUE'));
  const value = keptValue(entry);
  const same = [sql`trim(${text}) = ${value}`];
  if (entry.type !== '*') same.push(sql`${canonicalValueSql(dialect, kindOf(entry.type), text)} = ${value}`);
  return sql`${agencySql(session, table)} = ${entry.agencyId}
    AND upper(trim(${dialect.text(table.column('IDENTIFIER_TYPE'))})) = ${entry.type} AND (${join(same, ' OR ')})`;
}

function noAgencies(): Error {
  return configError('column_missing', 'The suppression list has no column AGENCY_ID, so an entry holds for all agencies.', {
    hint: 'Leave --agency out, or add the column.',
  });
}
