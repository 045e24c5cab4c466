import { type Sql, sql } from '../../lib/sql.ts';
import type { Session } from '../../warehouse/warehouse.ts';
import { deviceId, homeAddress } from './devices.ts';
import { draw, keyFor, oneOf } from './draws.ts';
import { insertSelect } from './insert.ts';
import type { DemoContext } from './scale.ts';

const DEVICES_PER_TEN_THOUSAND = 60;
const HOMES_PER_TEN_THOUSAND = 40;

/** A device as people's requests name it: raw in three spellings, or hashed, in hexadecimal or base64, from several spellings. */
function listedDevice(key: Sql, id: Sql): Sql {
  const bare = sql`replace(${id}, '-', '')`;
  return sql`CASE ${draw(key, 'spelling', 7)}
    WHEN 0 THEN upper(${id})
    WHEN 1 THEN concat('{', ${bare}, '}')
    WHEN 2 THEN sha256(${id})
    WHEN 3 THEN upper(sha256(upper(${id})))
    WHEN 4 THEN to_base64(unhex(sha256(${bare})))
    WHEN 5 THEN sha256(upper(${bare}))
    ELSE ${id} END`;
}

/** Most entries hold for everybody; a few for one agency, also for one that is not in the demo. */
function agency(key: Sql): Sql {
  return oneOf(key, 'agency', [null, null, '', '', '*', '*', '7001', '7002', '7999']);
}

function columns(key: Sql, type: Sql, value: Sql, now: Date): Record<string, Sql> {
  return {
    IDENTIFIER_TYPE: type,
    IDENTIFIER_VALUE: value,
    AGENCY_ID: agency(key),
    REASON: oneOf(key, 'reason', ['opt-out', 'deletion request', 'consent signal']),
    SINCE: sql`CAST(${now} AS TIMESTAMP) - to_days(1 + CAST(${draw(key, 'since', 300)} AS INTEGER))`,
    SOURCE: sql`'demo'`,
  };
}

/** Fills the list of those who must not be delivered and gives its length. */
export async function generateSuppression(session: Session, table: Sql, { seed, now, scale }: DemoContext): Promise<number> {
  const person = keyFor(seed, 'opted out', sql`n`);
  const listed = (count: number, perTenThousand: number) =>
    sql`range(CAST(${count} AS BIGINT)) AS r(n) WHERE ${draw(person, 'listed', 10_000)} < ${perTenThousand}`;
  const device = columns(
    person,
    oneOf(person, 'type', ['MAID', 'IDFA', 'GAID', 'MAID', 'IDFA', 'GAID', '*']),
    listedDevice(person, deviceId(seed, sql`n`)),
    now,
  );
  const devices = await insertSelect(session, table, device, listed(scale.devices, DEVICES_PER_TEN_THOUSAND));
  const address = homeAddress(seed, sql`n`);
  const written = sql`CASE ${draw(person, 'spelling', 3)} WHEN 0 THEN concat('::ffff:', ${address}) WHEN 1 THEN sha256(${address}) ELSE ${address} END`;
  const home = columns(person, sql`'IP'`, written, now);
  return devices + (await insertSelect(session, table, home, listed(Math.floor(scale.devices / 3), HOMES_PER_TEN_THOUSAND)));
}
