import { type Sql, sql } from '../../lib/sql.ts';
import type { Session } from '../../warehouse/warehouse.ts';
import { audienceColumns, choicesOf } from './choices.ts';
import { spelled } from './devices.ts';
import { oneOf } from './draws.ts';
import { insertSelect } from './insert.ts';
import type { DemoContext } from './scale.ts';
import { pastTime, shownRows } from './shown.ts';
import { spoiltDevice, spoiltTime } from './traps.ts';

const HISTORY_DAYS = 90;
const DAYS_LATE = 4;
const k = sql`k`;

const VISITED = [
  { agencyId: '7002', advertiserId: '60203', weight: 60, insertionOrderId: null },
  { agencyId: '7002', advertiserId: '60204', weight: 30, insertionOrderId: '871001' },
  { agencyId: '7001', advertiserId: '50101', weight: 10, insertionOrderId: '880101' },
];

/** Fills the store visits, which arrive four days late, and gives their number. */
export function generateStoreVisits(session: Session, table: Sql, context: DemoContext): Promise<number> {
  const { now, scale } = context;
  const choices = choicesOf(
    VISITED.map(({ agencyId, advertiserId, weight, insertionOrderId }) => ({
      weight,
      columns: { agency: agencyId, advertiser: advertiserId, io: insertionOrderId, ...audienceColumns(advertiserId, context) },
    })),
  );
  const rows = shownRows('store', scale.storeVisits, choices, context);
  const latest = new Date(now.getTime() - DAYS_LATE * 86_400_000);
  return insertSelect(
    session,
    table,
    {
      AGENCY_ID: sql`agency`,
      QUORUM_ADVERTISER_ID: sql`advertiser`,
      MAID: spoiltDevice(k, spelled(k, sql`id`)),
      STORE_VISIT_DATE: sql`CAST(${spoiltTime(sql`trap`, pastTime(latest, HISTORY_DAYS), now, sql`lookback`)} AS DATE)`,
      INSERTION_ORDER_ID: sql`io`,
      LINE_ITEM_ID: oneOf(k, 'visit li', ['0', null, '']),
    },
    rows,
  );
}
