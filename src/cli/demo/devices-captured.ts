import { type Sql, sql } from '../../lib/sql.ts';
import type { Session } from '../../warehouse/warehouse.ts';
import { audienceColumns, choicesOf } from './choices.ts';
import { spelled } from './devices.ts';
import { insertSelect } from './insert.ts';
import { PLACES } from './places.ts';
import type { DemoContext } from './scale.ts';
import { pastTime, shownRows } from './shown.ts';
import { spoiltDevice, spoiltTime } from './traps.ts';

const HISTORY_DAYS = 60;
const k = sql`k`;
/** A place that nobody has. */
const ELSEWHERE = { md5: '0123456789abcdef0123456789abcdef', advertiserId: '60203' };

/** Fills the devices seen at places and gives their number. Every row of a place is one device on one day. */
export function generateDevicesCaptured(session: Session, table: Sql, context: DemoContext): Promise<number> {
  const { now, scale } = context;
  const choices = choicesOf(
    [...PLACES, ELSEWHERE].map(({ md5, advertiserId }) => ({
      weight: 1,
      columns: { md5, ...audienceColumns(advertiserId, context) },
    })),
  );
  const time = spoiltTime(sql`trap`, pastTime(now, HISTORY_DAYS), now, sql`lookback`);
  return insertSelect(
    session,
    table,
    { DEVICE_ID: spoiltDevice(k, spelled(k, sql`id`)), DRIVE_BY_DATE: sql`CAST(${time} AS DATE)`, SEGMENT_MD5: sql`md5` },
    shownRows('captured', scale.devicesCaptured, choices, context),
  );
}
