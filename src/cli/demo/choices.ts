import { type Sql, type SqlValue, sql } from '../../lib/sql.ts';
import { ADVERTISERS } from './advertisers.ts';
import { valuesTable } from './insert.ts';
import type { DemoContext } from './scale.ts';
import { TIME_TRAP_COUNT } from './traps.ts';

/** Devices kept for rows with a special time, so that no ordinary row of the same device hides what becomes of them. */
export const DEVICES_PER_TRAP = 40;

/** What a row can be about, as a table `c` with a row for each slot: a draw of a slot is a draw by weight. */
export interface Choices {
  readonly table: Sql;
  readonly slots: number;
}

interface Choice {
  readonly weight: number;
  readonly columns: Readonly<Record<string, SqlValue>>;
}

/** Spreads choices over as many slots as their weights say. */
export function choicesOf(choices: readonly Choice[]): Choices {
  let slots = 0;
  const rows = choices.map(({ weight, columns }) => {
    slots += weight;
    return { first_slot: slots - weight, end_slot: slots, ...columns };
  });
  const table = sql`(SELECT v.*, s.slot FROM ${valuesTable('v', rows)}
    JOIN range(CAST(${slots} AS BIGINT)) AS s(slot) ON s.slot >= v.first_slot AND s.slot < v.end_slot) AS c`;
  return { table, slots };
}

/** The columns that say which devices an advertiser reaches. */
export function audienceColumns(
  advertiserId: string,
  context: DemoContext,
  atMost = Number.POSITIVE_INFINITY,
): Record<string, number> {
  const number = ADVERTISERS.findIndex((each) => each.advertiserId === advertiserId);
  const advertiser = ADVERTISERS[number];
  if (advertiser === undefined) throw new Error(`no demo advertiser ${advertiserId}`);
  const all = context.scale.devices;
  const { from, share, atMost: ownLimit = Number.POSITIVE_INFINITY } = advertiser.devices;
  return {
    first_device: Math.floor(from * all),
    devices: Math.max(1, Math.floor(Math.min(share * all, ownLimit, atMost))),
    first_trap_device: all + number * TIME_TRAP_COUNT * DEVICES_PER_TRAP,
    lookback: advertiser.lookbackDays ?? 30,
  };
}
