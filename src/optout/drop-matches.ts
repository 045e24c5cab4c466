import { join, raw, type Sql, sql } from '../lib/sql.ts';
import { workTable } from '../reach/work-table.ts';
import type { Catalogue } from '../warehouse/catalogue.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { DEVICE_LISTS, type DeviceList, type DropRow } from './drop-lists.ts';

/** Which requests of DROP are about a device that the warehouse has seen: one query over the distinct ids of every device column. */

/** Every column that a mobile or television id can be in. */
const DEVICE_COLUMNS = [
  ['AD_IMPRESSION_LOG_V2', 'DEVICE_ID_RAW'],
  ['LIVERAMP_IMPRESSION_LOG', 'MAID'],
  ['STORE_VISITS', 'MAID'],
  ['SEGMENT_DEVICES_CAPTURED', 'DEVICE_ID'],
  ['WEB_TO_STORE_VISIT_ATTRIBUTION', 'MAID'],
  ['MAID_HOUSEHOLD_LOOKUP', 'MAID'],
  ['DELIVERED_MEMBERS', 'IDENTIFIER_VALUE'],
] as const;

/** What DROP keeps of an id before it is hashed, after it was made lower case, and how many characters must be left. */
const STANDARDS: Readonly<Record<DeviceList, { readonly dropped: string; readonly lengths: readonly [number, number] }>> = {
  MAID: { dropped: '[^0-9a-f]+', lengths: [32, 32] },
  CTVID: { dropped: '[^0-9a-z]+', lengths: [8, 32] },
};

const ROWS_AT_ONCE = 500;

/** Makes a work table `(list, id, hash)` and fills it with the rows as they come. */
export async function keepRows(session: Session, rows: AsyncIterable<readonly DropRow[]>, signal: AbortSignal): Promise<Sql> {
  const empty = raw(`SELECT CAST('' AS VARCHAR) AS list, CAST('' AS VARCHAR) AS id, CAST('' AS VARCHAR) AS hash LIMIT 0`);
  const table = await workTable(session, 'drop', empty, signal);
  for await (const batch of rows) {
    for (let start = 0; start < batch.length; start += ROWS_AT_ONCE) {
      const values = batch.slice(start, start + ROWS_AT_ONCE).map(({ type, id, hash }) => sql`(${type}, ${id}, ${hash})`);
      await session.execute(sql`INSERT INTO ${table} VALUES ${join(values)}`, { signal });
    }
  }
  return table;
}

/** Makes a work table `(list, hash)` of the hashes of all devices in the warehouse that are in `requests`, as `keepRows` made it. */
export async function heldHashes(session: Session, catalogue: Catalogue, requests: Sql, signal: AbortSignal): Promise<Sql> {
  const { dialect } = session;
  const columns = DEVICE_COLUMNS.map(([name, column]) => ({ table: catalogue.table(name), column }))
    .filter(({ table, column }) => table.exists && table.has(column))
    .map(({ table, column }) => sql`SELECT ${dialect.text(table.column(column))} AS raw FROM ${table.ref}`);
  const held = [raw(`SELECT CAST(NULL AS VARCHAR) AS raw`), ...columns];
  const hashed = DEVICE_LISTS.map((list) => {
    const { dropped, lengths } = STANDARDS[list];
    return sql`SELECT ${list} AS held_list, ${dialect.sha256Hex(sql`kept`)} AS held_hash
      FROM (SELECT ${dialect.replaceAll(sql`lower(raw)`, dropped, '')} AS kept FROM held)
      WHERE length(kept) BETWEEN ${lengths[0]} AND ${lengths[1]}`;
  });
  return workTable(
    session,
    'drop_held',
    sql`WITH held AS (SELECT DISTINCT raw FROM (${join(held, ' UNION ALL ')}) WHERE raw IS NOT NULL)
      SELECT DISTINCT r.list, r.hash FROM ${requests} r
        JOIN (${join(hashed, ' UNION ALL ')}) h ON h.held_list = r.list AND h.held_hash = ${dialect.base64ToHex(sql`r.hash`)}`,
    signal,
  );
}
