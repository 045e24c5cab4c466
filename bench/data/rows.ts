import { raw, type Sql, sql } from '../../src/lib/sql.ts';
import type { Session } from '../../src/warehouse/warehouse.ts';
import { lineItemsSql, zipfTickets } from './line-items.ts';
import {
  ACTIVE_SHARE,
  AGENCY,
  DAYS,
  devicesOf,
  FIRST_DAY,
  INSERTION_ORDERS,
  LINE_ITEMS,
  LINE_ITEMS_EACH,
  SEED,
} from './shape.ts';

/**
 * The rows of the log in the order in which they come into the warehouse. Everything about a row follows from its number
 * and the seed. Two hashes of a row, and two of its device, give all that is drawn, by their bits; texts are looked up by position
 * where that is cheaper than putting them together.
 */

/** Rows that can be made at once. */
export const MOST_ROWS = 5_000_000;

const MICROS_A_DAY = 86_400_000_000;

/** Temporary tables that the rows are put together from; to be made once in a session. */
export async function makeLookups(session: Session): Promise<void> {
  // DuckDB takes the rows for fewer than the line items, and would make a hash table of them with one thread.
  await session.execute(raw("SET disabled_optimizers = 'join_order,build_side_probe_side'"));
  await session.execute(sql`CREATE TEMPORARY TABLE line_items AS ${lineItemsSql()}`);
  // A table is read by several threads, range() by one.
  await session.execute(sql`CREATE TEMPORARY TABLE numbers AS SELECT i FROM range(${raw(String(MOST_ROWS))}) AS r (i)`);
  await session.execute(
    sql`CREATE TEMPORARY TABLE tickets AS SELECT CAST(i - 1 AS INTEGER) AS i, t AS rank FROM (SELECT unnest(${raw(`[${zipfTickets().join(',')}]`)}) AS t, unnest(range(1, 65537)) AS i)`,
  );
  await session.execute(sql`CREATE TEMPORARY TABLE lookups AS SELECT
    (SELECT list(concat(24 + i // 256 % 76, '.', i % 256) ORDER BY i) FROM range(65536) AS r (i)) AS nets,
    (SELECT list(concat('.', i // 256, '.', 1 + i % 254) ORDER BY i) FROM range(65536) AS r (i)) AS hosts,
    (SELECT list(concat('g', 1000000 + i * 7919 % 900000) ORDER BY i) FROM range(400) AS r (i)) AS sites`);
}

/** The text at a position of a list. */
function listed(list: string, place: string): string {
  return `(SELECT ${list} FROM lookups)[1 + ${place}]`;
}

/** So many bits of a hash, from a place on. */
function bits(hash: string, from: number, count: number): string {
  return `((${hash} >> ${from}) & ${2 ** count - 1})::INTEGER`;
}

function chosen(draw: string, values: readonly (string | null)[]): string {
  const list = values.map((value) => (value === null ? 'NULL' : `'${value}'`)).join(', ');
  return `([${list}])[1 + ${draw} % ${values.length}]`;
}

const BLANKS = [null, '', '0', 'null', 'UNKNOWN', ' '] as const;

const BAD_DEVICES = [
  '00000000-0000-0000-0000-000000000000',
  '00000000000000000000000000000000',
  '{00000000-0000-0000-0000-000000000000}',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '11111111111111111111111111111111',
  '{IDFA}',
  '%%ADVERTISING_ID%%',
  '[device_id]',
  '2f1c9d5e-7a34-4b8f-9c21-5d6e7f80912',
  '2f1c9d5e-7a34-4b8f-9c21-5d6e7f80912g',
  '2f1c9d5e7a344b8f9c215d6e7f8091234',
] as const;

const BAD_ADDRESSES = [
  '10.0.0.17',
  '172.16.4.9',
  '192.168.1.23',
  '127.0.0.1',
  '169.254.7.7',
  '100.64.3.9',
  '198.51.100.8',
  '224.0.0.251',
  'fe80::1',
  'fd00::12',
  '2001:db8::5',
  '::ffff:192.168.0.9',
  '010.1.2.3',
  '1.2.3',
  '256.1.1.1',
  '24.1.2.3:443',
  'localhost',
] as const;

/** A device as its platform spells it, the same way in nearly every row; blanks, synthetic, zero and malformed ids in others. */
const DEVICE_ID = `CASE WHEN trap < 26 THEN
    CASE WHEN trap < 10 THEN ${chosen('row_b', BLANKS)} WHEN trap < 17 THEN 'SYS-' || row_b ELSE ${chosen('row_b', BAD_DEVICES)} END
  WHEN spelling < 700 THEN id
  WHEN spelling < 940 THEN upper(id)
  WHEN spelling < 980 THEN replace(id, '-', '')
  WHEN spelling < 1000 THEN '{' || upper(id) || '}'
  WHEN spelling < 1010 THEN ' ' || id || ' '
  ELSE upper(replace(id, '-', '')) END`;

/** The household's address; one phone in thirteen shows a carrier's, which hundreds share. */
const ADDRESS = `CASE WHEN device % 13 = 0 THEN '172.56.' || (device // 13 % 8) || '.' || (1 + device // 104 % 60)
  ELSE ${listed('nets', bits('home_hash', 0, 16))} || ${listed('hosts', bits('home_hash', 16, 16))} END`;

const ADDRESS_V6 = `concat('2600:1700:', lower(to_hex(4096 + ${bits('home_hash', 0, 15)})), ':', lower(to_hex(4096 + ${bits('home_hash', 15, 15)})), '::1')`;

const SHOWN_ADDRESS = `CASE WHEN address_trap < 60 THEN
    CASE WHEN address_trap < 34 THEN ${ADDRESS_V6} WHEN address_trap < 39 THEN '::ffff:' || ${ADDRESS}
    WHEN address_trap < 49 THEN ${chosen('row_b', BLANKS)} ELSE ${chosen('row_b', BAD_ADDRESSES)} END
  ELSE ${ADDRESS} END`;

/** Beside the ordinary times: no time, the year 2286, a day ahead. Drawn of 8,192. */
const SEEN = `CASE time_trap WHEN 0 THEN NULL WHEN 1 THEN NULL WHEN 2 THEN TIMESTAMP '2286-11-20 17:46:40' WHEN 3 THEN arrived + INTERVAL 1 DAY
  ELSE arrived - to_microseconds(delay) END`;

/** The log's columns, in the order of `logRows`. */
export const ROW_COLUMNS = [
  'AGENCY_ID',
  'DSP_PLATFORM_TYPE',
  'DSP_ADVERTISER_ID',
  'DSP_ADVERTISER_NAME',
  'INSERTION_ORDER_ID',
  'INSERTION_ORDER_NAME',
  'LINE_ITEM_ID',
  'CREATIVE_ID',
  'SITE_DOMAIN',
  'USER_POSTAL_CODE',
  'USER_IP_FROM_HTTP_REQUEST',
  'DEVICE_ID_RAW',
  'AUCTION_TIMESTAMP',
  'INGESTION_TIMESTAMP',
  'DEVICE_TYPE',
  'UID2',
  'UUID2',
  'US_PRIVACY',
] as const;

/** The canonical id of a device, as text. */
export function deviceIdSql(device: string): string {
  return `CAST(CAST(md5(concat('${SEED} ', ${device})) AS UUID) AS VARCHAR)`;
}

/** The rows from number `from` to before `to` of a log of `rows`, in the order in which they come in, evenly over all days. */
export function logRows(from: number, to: number, rows: number): Sql {
  const devices = devicesOf(rows);
  const active = Math.max(1, Math.round(devices * ACTIVE_SHARE));
  const start = FIRST_DAY.toISOString().slice(0, 10);
  return sql`${raw(`SELECT
    CASE WHEN trap = 1023 AND row_b % 3 = 0 THEN '' ELSE '${AGENCY}' END,
    CASE WHEN row_b % 25 = 0 THEN CASE WHEN length(platform) = 1 THEN ' 0' || platform || ' ' ELSE platform || '.0' END ELSE platform END,
    account, account_name,
    io, io_name, li,
    CASE WHEN row_b % 8 = 0 THEN '0' ELSE 'cr' || (place * 3 + row_b % 3) % 525 END,
    CASE WHEN row_b % 18 = 0 THEN '0' ELSE ${listed('sites', '(place * 5 + row_b % 8) % 400')} END,
    CASE WHEN device % 32 = 0 THEN (10000 + device // 96 % 2000)::VARCHAR ELSE '' END,
    ${SHOWN_ADDRESS},
    ${DEVICE_ID},
    ${SEEN},
    arrived,
    CASE WHEN device_hash & 15 = 0 THEN '' WHEN device_hash & 15 < 9 THEN 'IDFA' ELSE 'GAID' END,
    CASE WHEN device % 50 = 7 THEN to_base64(unhex(sha256(concat('uid2 ', id)))) END,
    CASE WHEN platform = '11' THEN CASE WHEN row_b % 100 = 0 THEN '0' ELSE device_hash::VARCHAR END END,
    CASE WHEN row_b % 20 = 0 THEN CASE WHEN row_b % 1000 = 0 THEN '1YYN' ELSE '1YNN' END END
  FROM (SELECT drawn.*, ${deviceIdSql('device')} AS id,
      CAST(tickets.rank * ${LINE_ITEMS_EACH}
      + (n * ${INSERTION_ORDERS} // ${rows} + ${bits('seat_hash', 16, 1)}) % ${INSERTION_ORDERS} * ${LINE_ITEMS} + (${bits('seat_hash', 17, 8)} + ${bits('row_hash', 36, 1)}) % ${LINE_ITEMS} AS INTEGER) AS place,
      ${bits('seat_hash', 25, 10)} + CASE WHEN ${bits('row_hash', 37, 6)} = 0 THEN 200 ELSE 0 END AS spelling,
      ${bits('more_hash', 0, 23)} * 1000::BIGINT + CASE WHEN ${bits('more_hash', 23, 10)} < 10 THEN (1 + ${bits('more_hash', 33, 6)} % 5) * ${MICROS_A_DAY} ELSE 0 END AS delay
    FROM (SELECT *, hash(device, ${SEED}) AS device_hash, hash(device * 4 + CASE WHEN seat < 4 THEN 0 WHEN seat < 7 THEN 1 ELSE 2 END, ${SEED + 1}) AS seat_hash,
        hash(device // 3, ${SEED + 2}) AS home_hash
      FROM (SELECT *, n * ${devices - active} // ${rows} + CASE WHEN ${bits('row_hash', 31, 2)} = 0 THEN any_device - any_device % 8 ELSE any_device END AS device
        FROM (SELECT n, row_hash, more_hash, ((row_hash & 2147483647)::BIGINT * ${active}) >> 31 AS any_device, ${bits('row_hash', 33, 3)} AS seat,
            ${bits('row_hash', 43, 10)} AS trap, ${bits('more_hash', 39, 10)} AS address_trap, ${bits('row_hash', 53, 11)} * 64 + ${bits('more_hash', 49, 6)} AS row_b,
            ${bits('more_hash', 51, 13)} AS time_trap,
            TIMESTAMP '${start}' + to_microseconds(n * ${Math.floor((DAYS * MICROS_A_DAY) / rows)}) AS arrived
          FROM (SELECT n, hash(n, ${SEED}) AS row_hash, hash(n, ${SEED + 3}) AS more_hash FROM (SELECT ${from} + i AS n FROM numbers WHERE i < ${to - from}))))) AS drawn
      JOIN tickets ON tickets.i = ${bits('seat_hash', 0, 16)}
    ) AS seated
    JOIN line_items USING (place)`)}`;
}
