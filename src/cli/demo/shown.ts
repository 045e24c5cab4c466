import { type Sql, sql } from '../../lib/sql.ts';
import { type Choices, DEVICES_PER_TRAP } from './choices.ts';
import { deviceId, deviceSystem, homeAddress, homeAddressV6, householdOf } from './devices.ts';
import { draw, keyFor, share } from './draws.ts';
import type { DemoContext } from './scale.ts';
import { spoiltAddress, TIME_TRAP_COUNT, timeTrap } from './traps.ts';

/**
 * Rows 0 to `rows` - 1, each given one of `choices` by its `slot`, and with it a device. About one row of a hundred repeats the row
 * before it. A few devices are seen very often and most only once or twice.
 *
 * Columns: `k` (a key for further draws), the columns of `choices`, `trap`, `device`, `household`, `id`, `system`.
 */
export function shownRows(what: string, rows: number, choices: Choices, { seed }: DemoContext): Sql {
  const chance = keyFor(seed, `${what} repeated`, sql`i`);
  const numbered = sql`SELECT ${keyFor(seed, what, sql`CASE WHEN i > 0 AND ${draw(chance, 'again', 100)} = 0 THEN i - 1 ELSE i END`)} AS k
    FROM range(CAST(${rows} AS BIGINT)) AS r(i)`;
  const chosen = sql`SELECT n.k, c.*, ${timeTrap(sql`n.k`)} AS trap
    FROM (${numbered}) n JOIN ${choices.table} ON c.slot = ${draw(sql`n.k`, 'choice', choices.slots)}`;
  const k = sql`k`;
  const ordinary = sql`first_device + CAST(floor(devices * pow(${share(k, 'device')}, 2.2)) AS BIGINT)`;
  const special = sql`first_trap_device + trap * ${DEVICES_PER_TRAP} + ${draw(k, 'trap device', DEVICES_PER_TRAP)}`;
  const placed = sql`SELECT *, CASE WHEN trap < ${TIME_TRAP_COUNT} THEN ${special} ELSE ${ordinary} END AS device FROM (${chosen}) chosen`;
  const housed = sql`SELECT *, ${householdOf(sql`device`)} AS household FROM (${placed}) placed`;
  return sql`(SELECT *,
      ${deviceId(seed, sql`device`)} AS id,
      ${deviceSystem(seed, sql`device`)} AS system
    FROM (${housed}) housed) AS shown`;
}

/** The address of a shown row, as real logs have it; `usual` is what most rows have. */
export function shownAddress({ seed }: DemoContext, usual = homeAddress(seed, sql`household`)): Sql {
  const k = sql`k`;
  const full = sql`${draw(k, 'v6 spelling', 2)} = 0`;
  return spoiltAddress(k, usual, homeAddressV6(seed, sql`household`, full));
}

/** A past time: most rows are recent, none older than `days`. Whole milliseconds. */
export function pastTime(now: Date, days: number): Sql {
  const age = sql`CAST(floor(${days * 86_400_000} * pow(${share(sql`k`, 'age')}, 1.6)) AS BIGINT)`;
  return sql`CAST(${now} AS TIMESTAMP) - to_milliseconds(1 + ${age})`;
}
