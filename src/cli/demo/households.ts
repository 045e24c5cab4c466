import { type Sql, sql } from '../../lib/sql.ts';
import type { Session } from '../../warehouse/warehouse.ts';
import { deviceId, homeAddress, householdOf } from './devices.ts';
import { draw, keyFor } from './draws.ts';
import { insertSelect } from './insert.ts';
import type { DemoContext } from './scale.ts';

const IP_PERCENT = 17;
const MAID_PERCENT = 40;

function householdId(household: Sql): Sql {
  return sql`concat('HH', ${household})`;
}

/** Fills the lookup from address to household for the part of the homes that can be resolved. */
export function generateIpHouseholds(session: Session, table: Sql, { seed, scale }: DemoContext): Promise<number> {
  const household = sql`h`;
  return insertSelect(
    session,
    table,
    { IP_ADDRESS: homeAddress(seed, household), HOUSEHOLD_ID: householdId(household) },
    sql`range(CAST(${Math.floor(scale.devices / 3)} AS BIGINT)) AS r(h) WHERE ${draw(keyFor(seed, 'resolved home', household), 'resolved', 100)} < ${IP_PERCENT}`,
  );
}

/** Fills the lookup from device to household; half of its ids are in upper case. */
export function generateMaidHouseholds(session: Session, table: Sql, { seed, scale }: DemoContext): Promise<number> {
  const id = deviceId(seed, sql`d`);
  return insertSelect(
    session,
    table,
    {
      MAID: sql`CASE WHEN d % 2 = 0 THEN ${id} ELSE upper(${id}) END`,
      HOUSEHOLD_ID: householdId(householdOf(sql`d`)),
    },
    sql`range(CAST(${scale.devices} AS BIGINT)) AS r(d) WHERE ${draw(keyFor(seed, 'resolved device', sql`d`), 'resolved', 100)} < ${MAID_PERCENT}`,
  );
}
