import { configError } from '../errors.ts';
import type { IdentifierKind } from '../identity/identifier-kind.ts';
import { join, raw, type Sql, sql } from '../lib/sql.ts';
import { suppressionHashesSql, suppressionKeySql } from '../reach/canonical-sql.ts';
import { idSql } from '../reach/text-sql.ts';
import { keptTable } from '../reach/work-table.ts';
import type { Catalogue } from '../warehouse/catalogue.ts';
import type { Row, Session } from '../warehouse/warehouse.ts';

/** The identifiers of people who must not be delivered, for one agency: its own entries and those for all agencies. */
export interface Suppression {
  /** Changes whenever an entry is added, removed or altered; kept in the manifest and compared before sending. */
  readonly fingerprint: string;
  /**
   * Rows with a further column `is_listed`: true for a canonical identifier that is on the list, as itself or as the SHA-256 of any of its
   * spellings. `value`, and for devices `key`, are of the rows, aliased `f`; a key is looked up faster than text.
   */
  marked(kind: IdentifierKind, rows: Sql, value: Sql, key?: Sql): Sql;
}

/** An entry applies from the moment that it is in the table, whatever its SINCE says. */
function entries(session: Session, catalogue: Catalogue, agencyId: string): Sql {
  const table = catalogue.table('SUPPRESSION');
  if (!table.exists) {
    throw configError('suppression_missing', 'The warehouse has no suppression table, so nothing may be delivered.', {
      hint: 'Create BASE_TABLES.SUPPRESSION: `aquarius doctor` prints the statement. It may be empty.',
    });
  }
  const { dialect } = session;
  const agency = idSql(dialect, table.column('AGENCY_ID'));
  return sql`SELECT ${dialect.text(table.column('IDENTIFIER_TYPE'))} AS entry_type, ${dialect.text(table.column('IDENTIFIER_VALUE'))} AS entry_value
    FROM ${table.ref} WHERE COALESCE(${agency}, '') IN ('', '*', ${agencyId})`;
}

/** How the fingerprint of an empty list begins. */
const NO_ENTRIES = '0:';
const EMPTY_LIST = sql`SELECT CAST('' AS VARCHAR) AS entry_class, CAST('' AS VARCHAR) AS entry_form, CAST('' AS VARCHAR) AS entry_key LIMIT 0`;

/** The list's fingerprint without preparing it, for the second look before sending. */
export async function suppressionFingerprint(
  session: Session,
  catalogue: Catalogue,
  agencyId: string,
  signal?: AbortSignal,
): Promise<string> {
  const { dialect } = session;
  const pair = sql`COALESCE(entry_type, '') || ' ' || COALESCE(entry_value, '')`;
  const [row] = await session.all(
    sql`SELECT COUNT(*) AS entry_count, ${dialect.checksum([pair])} AS entry_sum FROM (${entries(session, catalogue, agencyId)})`,
    signal === undefined ? {} : { signal },
  );
  return `${row?.entry_count ?? 0}:${row?.entry_sum ?? 0}`;
}

/** Entries, of all agencies, that can suppress nobody: a value that is no identifier of the entry's type, nor a hash of one. */
export async function countUnusableEntries(session: Session, catalogue: Catalogue): Promise<number> {
  const table = catalogue.table('SUPPRESSION');
  if (!table.exists) return 0;
  const { dialect } = session;
  const all = sql`SELECT DISTINCT ${dialect.text(table.column('IDENTIFIER_TYPE'))} AS entry_type,
    ${dialect.text(table.column('IDENTIFIER_VALUE'))} AS entry_value FROM ${table.ref}`;
  const usable = suppressionKeySql(dialect, sql`entry_type`, sql`entry_value`)(all);
  const [row] = await session.all(
    sql`SELECT COUNT(*) AS unusable FROM (${all} EXCEPT SELECT entry_type, entry_value FROM (${usable}))`,
  );
  return Number(row?.unusable ?? 0);
}

/** Reads the list into a table of the session, unless the one that is there is still the same. */
export async function openSuppression(
  session: Session,
  catalogue: Catalogue,
  agencyId: string,
  signal?: AbortSignal,
): Promise<Suppression> {
  const { dialect } = session;
  const key = suppressionKeySql(dialect, sql`entry_type`, sql`entry_value`);
  const { table: list, mark: fingerprint } = await keptTable(
    session,
    'suppressed',
    {
      key: JSON.stringify(['suppressed', agencyId]),
      mark: () => suppressionFingerprint(session, catalogue, agencyId, signal),
      // The patterns that tell a list's entries apart take longer to compile than all else that a small delivery does.
      select: (mark) =>
        mark.startsWith(NO_ENTRIES)
          ? EMPTY_LIST
          : sql`SELECT DISTINCT entry_class, entry_form, entry_key FROM (${key(entries(session, catalogue, agencyId))}) WHERE entry_key IS NOT NULL`,
    },
    signal,
  );
  const forms = await formsOf(session, list);
  const listed = (kind: IdentifierKind, form: string, entryKey: Sql): Sql | null => {
    const classes = forms.filter(
      (row) => row.entry_form === form && (row.entry_class === classOf(kind) || row.entry_class === 'ANY'),
    );
    if (classes.length === 0) return null;
    const names = join(classes.map(({ entry_class }) => sql`${String(entry_class)}`));
    return sql`(SELECT DISTINCT ${entryKey} AS listed_key FROM ${list} WHERE entry_form = ${form} AND entry_class IN (${names}))`;
  };
  return {
    fingerprint,
    marked(kind, rows, value, key) {
      const isKeyed = kind === 'MAID' && key !== undefined;
      const plain = listed(kind, 'plain', isKeyed ? dialect.deviceKey(raw('entry_key')) : raw('entry_key'));
      const hashed = listed(kind, 'sha256', raw('entry_key'));
      const looked = [
        ...(plain === null ? [] : [{ keys: plain, key: isKeyed ? key : value }]),
        ...(hashed === null ? [] : suppressionHashesSql(dialect, kind, value).map((hash) => ({ keys: hashed, key: hash }))),
      ];
      if (looked.length === 0) return sql`SELECT f.*, FALSE AS is_listed FROM (${rows}) f`;
      // Joined, since not every warehouse takes IN with a query outside of WHERE.
      const found = looked.map((_, index) => raw(`s${index}.listed_key IS NOT NULL`));
      const joins = looked.map(
        (each, index) => sql`LEFT JOIN ${each.keys} ${raw(`s${index}`)} ON ${raw(`s${index}.listed_key`)} = ${each.key}`,
      );
      return sql`SELECT f.*, (${join(found, ' OR ')}) AS is_listed FROM (${rows}) f ${join(joins, ' ')}`;
    },
  };
}

const formsIn = new WeakMap<Sql, Promise<readonly Row[]>>();

/** Which classes and forms of entries a list has. */
function formsOf(session: Session, list: Sql): Promise<readonly Row[]> {
  const forms = formsIn.get(list) ?? session.all(sql`SELECT DISTINCT entry_class, entry_form FROM ${list}`);
  formsIn.set(list, forms);
  return forms;
}

function classOf(kind: IdentifierKind): string {
  return kind === 'MAID' ? 'DEVICE' : kind;
}
