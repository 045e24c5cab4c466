import { type Sql, sql } from '../../lib/sql.ts';
import type { Session } from '../../warehouse/warehouse.ts';
import { campaignSlots } from './campaign-slots.ts';
import { CAMPAIGNS } from './campaigns.ts';
import { deviceType } from './device-type.ts';
import { spelled } from './devices.ts';
import { draw, oneOf, perMille } from './draws.ts';
import { insertSelect } from './insert.ts';
import type { DemoContext } from './scale.ts';
import { pastTime, shownAddress, shownRows } from './shown.ts';
import { BLANKS, spoiltDevice, spoiltTime } from './traps.ts';

const IN_THE_LOG: readonly string[] = ['50105', '50106', '60204'];
const HISTORY_DAYS = 60;
const k = sql`k`;

/** RampIDs keep their case; a few hold a delimiter, others are blank. */
function rampId(): Sql {
  const id = sql`concat('XYT', translate(substr(to_base64(unhex(sha256(concat('ramp ', id)))), 1, 43), '+/', '-_'))`;
  const delimited = perMille(k, 'ramp delimiter', 5, sql`concat(substr(${id}, 1, 20), '|', substr(${id}, 21))`, id);
  return perMille(k, 'ramp blank', 10, oneOf(k, 'blank ramp', BLANKS), delimited);
}

/**
 * Fills the second log and gives its number of rows. Two rows of five name their advertiser; most others can be attributed by their DSP
 * columns; one of thirty has neither and is unusable.
 */
export function generateLiverampImpressions(session: Session, table: Sql, context: DemoContext): Promise<number> {
  const { now, scale } = context;
  const campaigns = CAMPAIGNS.filter(({ advertiserId }) => IN_THE_LOG.includes(advertiserId));
  const rows = shownRows('liveramp', scale.liverampImpressions, campaignSlots(campaigns, context), context);
  const time = spoiltTime(sql`trap`, pastTime(now, HISTORY_DAYS), now, sql`lookback`);
  const how = draw(k, 'attribution', 30);
  const byDsp = (column: Sql) => sql`CASE WHEN ${how} = 0 THEN NULL ELSE ${column} END`;
  return insertSelect(
    session,
    table,
    {
      LOG_ID: sql`concat('LR-', lower(to_hex(k)))`,
      AGENCY_ID: sql`agency`,
      ADVERTISER_ID: sql`CASE WHEN ${how} > 17 THEN advertiser ELSE ${oneOf(k, 'no advertiser', [null, '', '0'])} END`,
      DSP_PLATFORM_TYPE: byDsp(sql`platform`),
      DSP_ADVERTISER_ID: byDsp(sql`dsp_advertiser`),
      INSERTION_ORDER_ID: byDsp(sql`io`),
      LINE_ITEM_ID: byDsp(sql`li`),
      IMPRESSION_TIMESTAMP: time,
      MAID: spoiltDevice(k, spelled(k, sql`id`)),
      DEVICE_TYPE: deviceType(k),
      GROUPING_INDICATOR: rampId(),
      IP_ADDRESS: shownAddress(context),
      SEGMENT_ID: sql`concat('lr-', advertiser)`,
      SEGMENT_NAME: sql`concat('Segment ', advertiser)`,
      SOURCE_FILE: sql`concat('impressions_', ${draw(k, 'file', 12)}, '.csv')`,
      INGESTION_TIMESTAMP: sql`CAST(${now} AS TIMESTAMP) - to_milliseconds(${draw(k, 'arrival', 86_400_000)})`,
    },
    rows,
  );
}
