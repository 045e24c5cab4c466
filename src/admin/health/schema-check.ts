import { sql } from '../../lib/sql.ts';
import type { Listed } from '../../shapes/config/envelope.ts';
import type { SchemaCheckRow } from '../../shapes/config/health.ts';
import type { AdminContext } from '../context.ts';

/** Tables that the program writes, and what cannot be done without it. */
const WRITTEN: Readonly<Record<string, string>> = {
  REF_ADVERTISER_CONFIG: 'advertisers cannot be configured here',
  PIXEL_CAMPAIGN_MAPPING_V2: 'campaigns cannot be mapped here',
  ADVERTISER_DOMAIN_MAPPING: 'domains cannot be assigned here',
  SEGMENT_MD5_MAPPING: 'places cannot be assigned here',
  REF_AGENCY_ADVERTISER: 'advertisers cannot be made here',
  PIXEL_DOMAIN_SETTING: 'domains cannot be ignored and platforms not be chosen here',
  STORE_LIST_UPLOAD: 'store lists cannot be handed in here',
  CONFIG_AUDIT_LOG: 'nothing can be changed here, since changes are not written down',
  SEGMENT_DELIVERY_DETAILS: "the warehouse's record of deliveries is not kept",
};

const ORDER = { error: 0, warning: 1, info: 2 } as const;

/** How the warehouse differs from what the program knows, worst first: tables and columns, and what may not be written. */
export async function schemaCheck(
  admin: AdminContext,
  {
    severity,
    limit,
    offset,
  }: { readonly severity?: SchemaCheckRow['SEVERITY'] | undefined; readonly limit: number; readonly offset: number },
): Promise<Listed<SchemaCheckRow>> {
  const differences = admin.catalogue.problems().map(
    ({ kind, severity: how, table, column, message, hint, statement }): SchemaCheckRow => ({
      KIND: kind,
      SEVERITY: how,
      TABLE: table,
      COLUMN: column,
      MESSAGE: message,
      HINT: hint ?? null,
      STATEMENT: statement,
    }),
  );
  const access = await accessProblems(admin);
  const all = [...differences, ...access.rows]
    .filter(({ SEVERITY }) => severity === undefined || SEVERITY === severity)
    .toSorted((left, right) => ORDER[left.SEVERITY] - ORDER[right.SEVERITY]);
  return { rows: all.slice(offset, offset + limit), total: all.length, warnings: access.warnings };
}

/** What may not be written that the program writes. */
async function accessProblems({
  session,
  catalogue,
}: AdminContext): Promise<{ readonly rows: readonly SchemaCheckRow[]; readonly warnings: readonly string[] }> {
  const row = (name: string, message: string, hint: string): SchemaCheckRow => ({
    KIND: 'no_access',
    SEVERITY: 'warning',
    TABLE: name,
    COLUMN: null,
    MESSAGE: `${message}: ${WRITTEN[name] ?? ''}.`,
    HINT: hint,
    STATEMENT: null,
  });
  const there = Object.keys(WRITTEN).filter((name) => catalogue.table(name).exists);
  const files = there.filter((name) => catalogue.table(name).readOnly);
  const rows = files.map((name) =>
    row(name, `${name} is read from files`, `Load it into the warehouse and take it out of tables: in aquarius.yaml.`),
  );
  if (session.dialect.name !== 'duckdb') return { rows, warnings: ['Which grants there are was not checked.'] };
  // An embedded database has no grants: all of it can be written, or nothing.
  const [database] = await session.all(
    sql`SELECT readonly AS is_read_only FROM duckdb_databases() WHERE database_name = current_database()`,
  );
  if (database?.is_read_only !== true) return { rows, warnings: [] };
  const others = there.filter((name) => !files.includes(name));
  return {
    rows: [
      ...rows,
      ...others.map((name) =>
        row(name, 'The warehouse is opened to be read only', 'Open it for writing: `aquarius serve` does.'),
      ),
    ],
    warnings: [],
  };
}
