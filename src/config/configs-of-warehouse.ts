import type { Catalogue } from '../warehouse/catalogue.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { CONFIG_FIELDS } from './config-fields.ts';
import type { ConfigFile } from './config-file.ts';
import { type ConfigFilter, configTable, readConfigs } from './read-configs.ts';
import { textOf } from './values.ts';

/** The configuration of another warehouse, to be imported as a file is. */

/** Flags that follow the assignments of the warehouse that they are in. */
const DERIVED: ReadonlySet<string> = new Set([
  'HAS_IMPRESSION_TRACKING',
  'HAS_STORE_VISIT_ATTRIBUTION',
  'HAS_WEB_VISIT_ATTRIBUTION',
]);

/**
 * All rows of REF_ADVERTISER_CONFIG there, with what people set in them. Words of the earlier system are left out, since they are never
 * written anew. `source` names the warehouse in messages.
 */
export async function configsOfWarehouse(
  session: Session,
  catalogue: Catalogue,
  source: string,
  filter: ConfigFilter = {},
): Promise<ConfigFile> {
  const table = configTable(catalogue);
  const fields = CONFIG_FIELDS.filter(({ column }) => table.has(column) && !DERIVED.has(column));
  const configs = await readConfigs(session, table, filter);
  const rows = configs.map(({ agencyId, advertiserId, row: cells }, index) => {
    const own = fields.filter(({ column, legacy }) => !legacy.includes(textOf(cells[column]).toUpperCase()));
    const changes = new Map(own.map((field) => [field, cells[field.column]] as const));
    return { agencyId, advertiserId, row: index + 1, label: `${agencyId} ${advertiserId}`, changes };
  });
  const duplicates = configs.flatMap(({ agencyId, advertiserId, problems }) =>
    problems
      .filter(({ path, message }) => path === 'ADVERTISER_ID' && /^has \d+ rows$/.test(message))
      .map((problem) => ({ ...problem, path: `${agencyId} ${advertiserId}, ${problem.path}` })),
  );
  return { source, rows, problems: duplicates };
}
