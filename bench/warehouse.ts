import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Sql, sql } from '../src/lib/sql.ts';
import { withResource } from '../src/lib/with-resource.ts';
import { createTables } from '../src/warehouse/ddl.ts';
import { openDuckDB } from '../src/warehouse/duckdb/duckdb.ts';
import type { Session } from '../src/warehouse/warehouse.ts';

/** Where benchmarks keep their data; not in version control, and free to be deleted. */
export const DATA_FOLDER = resolve(import.meta.dirname, '.data');

export const AGENCY = '1480';
export const ADVERTISER = '4711';
export const SEGMENT = '1480_4711_30D';
/** The instant to which the data reaches. */
export const AT = '2026-02-18T12:00:00Z';

const SEED = 1;
/** Part of the file's name: raise it when other rows are made. */
const VERSION = 1;

/** The canonical id of the n-th device. */
function device(n: Sql): Sql {
  return sql`CAST(CAST(md5(concat(${SEED}, ' device ', ${n})) AS UUID) AS VARCHAR)`;
}

/** Half of the devices are of each system. */
function system(n: Sql): Sql {
  return sql`CASE WHEN hash(${n}) % 2 = 0 THEN 'IDFA' ELSE 'GAID' END`;
}

/** The n-th device's newest impression, within the last 28 days. */
function newest(n: Sql): Sql {
  return sql`TIMESTAMP '2026-02-18 11:59:59' - to_seconds(CAST(hash(${n} + 1000000007) % (28 * 86400) AS BIGINT))`;
}

/** One advertiser's impressions by a campaign mapping: every device once, every fourth again, earlier and spelled otherwise. */
async function fill(session: Session, ids: number): Promise<void> {
  const suppressed = Math.ceil(ids / 1000);
  const n = sql`n`;
  const again = sql`n >= ${ids + suppressed}`;
  await session.execute(sql`INSERT INTO BASE_TABLES.AD_IMPRESSION_LOG_V2 (AGENCY_ID, DSP_PLATFORM_TYPE, DSP_ADVERTISER_ID, INSERTION_ORDER_ID,
      LINE_ITEM_ID, USER_IP_FROM_HTTP_REQUEST, DEVICE_ID_RAW, DEVICE_TYPE, AUCTION_TIMESTAMP)
    SELECT ${AGENCY}, '21', 'D1', concat('IO', n % 20), concat('LI', n % 200),
      concat(24 + hash(n // 3) % 76, '.', hash(n // 3 + 1) % 256, '.', hash(n // 3 + 2) % 256, '.', 1 + hash(n // 3 + 3) % 254),
      CASE WHEN again THEN upper(replace(id, '-', '')) WHEN n % 2 = 0 THEN upper(id) ELSE id END, ${system(n)},
      ${newest(n)} - CASE WHEN again THEN INTERVAL 1 DAY ELSE INTERVAL 0 DAY END
    FROM (SELECT n, again, ${device(n)} AS id FROM (
      SELECT CASE WHEN ${again} THEN (n - ${ids + suppressed}) * 4 ELSE n END AS n, ${again} AS again
      FROM range(CAST(${ids + suppressed + Math.floor(ids / 4)} AS BIGINT)) AS r(n)))`);
  await session.execute(sql`INSERT INTO BASE_TABLES.SUPPRESSION (IDENTIFIER_TYPE, IDENTIFIER_VALUE, AGENCY_ID, REASON)
    SELECT 'MAID', ${device(n)}, NULL, 'opt-out' FROM range(CAST(${ids} AS BIGINT), CAST(${ids + suppressed} AS BIGINT)) AS r(n)`);
  await session.execute(sql`INSERT INTO REF_DATA.PIXEL_CAMPAIGN_MAPPING_V2
      (MAPPING_ID, AGENCY_ID, DSP_PLATFORM_TYPE, DSP_ADVERTISER_ID, INSERTION_ORDER_ID, LINE_ITEM_ID, QUORUM_ADVERTISER_ID)
    VALUES (1, ${AGENCY}, '21', 'D1', NULL, NULL, ${ADVERTISER})`);
}

/** The rows that a delivery must have, as `(id, type, seen)`, to compare it with. */
export function expectedRows(ids: number): Sql {
  const n = sql`n`;
  return sql`SELECT ${device(n)} AS id, ${system(n)} AS type, ${newest(n)} AS seen FROM range(CAST(${ids} AS BIGINT)) AS r(n)`;
}

/** Sends the advertiser's audience to each of these destinations, as if nothing had been delivered yet. */
async function configure(session: Session, destinations: readonly string[]): Promise<void> {
  const entries = destinations.map((destination) => ({ destination, segmentId: SEGMENT, identifiers: ['IDFA', 'GAID'] }));
  await session.execute(sql`DELETE FROM BASE_TABLES.REF_ADVERTISER_CONFIG`);
  await session.execute(sql`DELETE FROM SEGMENT_DATA.SEGMENT_DELIVERY_DETAILS`);
  await session.execute(sql`INSERT INTO BASE_TABLES.REF_ADVERTISER_CONFIG
      (AGENCY_ID, ADVERTISER_ID, CONFIG_STATUS, EXPOSURE_SOURCE, IMPRESSION_JOIN_STRATEGY, DELIVERY_ENABLED, DELIVERY_DESTINATIONS)
    VALUES (${AGENCY}, ${ADVERTISER}, 'ACTIVE', 'IMPRESSION', 'PCM_4KEY', TRUE, ${JSON.stringify(entries)})`);
}

/**
 * Gives the path of a warehouse with one advertiser of `ids` deliverable devices, and as many suppressed ones as a thousandth of them.
 * It is made when it is not there yet, and forgets what was delivered from it.
 */
export async function benchWarehouse(ids: number, destinations: readonly string[]): Promise<string> {
  const path = join(DATA_FOLDER, `warehouse-${VERSION}-${ids}.duckdb`);
  await mkdir(DATA_FOLDER, { recursive: true });
  if (!existsSync(path)) {
    const unfinished = `${path}.unfinished`;
    await rm(unfinished, { force: true });
    await withResource(openDuckDB({ path: unfinished, readOnly: false, memoryLimit: '2GB' }), (warehouse) =>
      withResource(warehouse.session(), async (session) => {
        await createTables(session);
        await fill(session, ids);
      }),
    );
    await rename(unfinished, path);
  }
  await withResource(openDuckDB({ path, readOnly: false, memoryLimit: '2GB' }), (warehouse) =>
    withResource(warehouse.session(), (session) => configure(session, destinations)),
  );
  return path;
}
