import { type Sql, sql } from '../../lib/sql.ts';
import type { Session } from '../../warehouse/warehouse.ts';
import { campaignSlots } from './campaign-slots.ts';
import { CAMPAIGNS } from './campaigns.ts';
import { deviceType } from './device-type.ts';
import { carrierAddress, homeAddress, spelled } from './devices.ts';
import { draw, oneOf, perMille, share } from './draws.ts';
import { insertSelect } from './insert.ts';
import type { DemoContext } from './scale.ts';
import { pastTime, shownAddress, shownRows } from './shown.ts';
import { BLANKS, spoiltDevice, spoiltTime } from './traps.ts';

const HISTORY_DAYS = 100;
const k = sql`k`;

/** A Unified ID for about a fifth of the devices, with a few that are too short. */
function uid2(): Sql {
  const token = sql`to_base64(unhex(sha256(concat('uid2 ', id))))`;
  return sql`CASE WHEN device % 5 <> 0 THEN ${oneOf(k, 'no uid2', [null, ''])} ELSE ${perMille(k, 'uid2 trap', 10, sql`substr(${token}, 2)`, token)} END`;
}

/** The user id of platform 11: unsigned, 64 bits; a few are none. */
function uuid2(): Sql {
  const id = sql`CAST(hash('uuid2', device) AS VARCHAR)`;
  const traps = oneOf(k, 'uuid2 traps', ['0', '18446744073709551616', '-1', '12.5']);
  return sql`CASE WHEN platform <> '11' THEN NULL ELSE ${perMille(k, 'uuid2 trap', 10, traps, id)} END`;
}

/** Fills the impression log and gives its number of rows. */
export function generateImpressions(session: Session, table: Sql, context: DemoContext): Promise<number> {
  const { now, scale } = context;
  const home = sql`CASE WHEN device % 7 = 0 THEN ${carrierAddress(context.seed, sql`device`)} ELSE ${homeAddress(context.seed, sql`household`)} END`;
  const time = spoiltTime(sql`trap`, pastTime(now, HISTORY_DAYS), now, sql`lookback`);
  const rows = shownRows('impression', scale.impressions, campaignSlots(CAMPAIGNS, context), context);
  const timed = sql`(SELECT *, ${time} AS seen FROM ${rows}) AS timed`;
  const arrived = sql`coalesce(seen, CAST(${now} AS TIMESTAMP)) + to_milliseconds(${draw(k, 'delay', 7_200_000)})`;
  return insertSelect(
    session,
    table,
    {
      AGENCY_ID: sql`agency`,
      DSP_PLATFORM_TYPE: sql`CASE ${draw(k, 'platform spelling', 25)} WHEN 0 THEN lpad(platform, 3, '0') WHEN 1 THEN concat(' ', platform, ' ') WHEN 2 THEN concat(platform, '.0') ELSE platform END`,
      DSP_ADVERTISER_ID: sql`dsp_advertiser`,
      DSP_ADVERTISER_NAME: sql`dsp_advertiser_name`,
      INSERTION_ORDER_ID: sql`io`,
      INSERTION_ORDER_NAME: sql`io_name`,
      LINE_ITEM_ID: sql`li`,
      LINE_ITEM_NAME: sql`li_name`,
      CREATIVE_ID: perMille(k, 'creative', 150, sql`'0'`, sql`concat('cr', 100 + ${draw(k, 'creative id', 40)})`),
      CREATIVE_NAME: oneOf(k, 'creative name', ['Spring%2520300x250', 'Leaderboard', '', null]),
      SITE_DOMAIN: oneOf(k, 'site', ['0', '0', 'dailyharbour.example', 'weather.example', 'g1024487', null]),
      USER_POSTAL_CODE: sql`CASE WHEN ${share(k, 'has zip')} < 0.4 THEN lpad(CAST(10000 + ${draw(sql`household`, 'zip', 400)} AS VARCHAR), 5, '0') ELSE ${oneOf(k, 'no zip', BLANKS)} END`,
      USER_IP_FROM_HTTP_REQUEST: shownAddress(context, home),
      DEVICE_ID_RAW: spoiltDevice(k, spelled(k, sql`id`)),
      AUCTION_TIMESTAMP: sql`seen`,
      INGESTION_TIMESTAMP: sql`least(${arrived}, CAST(${now} AS TIMESTAMP))`,
      DEVICE_TYPE: deviceType(k),
      UID2: uid2(),
      UUID2: uuid2(),
    },
    timed,
  );
}
