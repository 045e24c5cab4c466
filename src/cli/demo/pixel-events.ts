import { type Sql, sql } from '../../lib/sql.ts';
import type { Session } from '../../warehouse/warehouse.ts';
import { audienceColumns, choicesOf } from './choices.ts';
import { homeAddress } from './devices.ts';
import { draw, oneOf, perMille } from './draws.ts';
import { insertSelect } from './insert.ts';
import type { DemoContext } from './scale.ts';
import { pastTime, shownAddress, shownRows } from './shown.ts';
import { SITES } from './sites.ts';
import { BLANKS, spoiltTime } from './traps.ts';

const HISTORY_DAYS = 30;
const k = sql`k`;

/** The visited page as browsers, proxies and careless tags write it. */
function pageUrl(): Sql {
  const path = oneOf(k, 'path', ['', '/', '/menu?x=1', '/cart#top', '/caf%C3%A9/', '/a//b']);
  return sql`CASE WHEN host = '' THEN ${oneOf(k, 'no host', ['', '-', null, 'https://'])}
    ELSE CASE ${draw(k, 'url spelling', 12)}
      WHEN 0 THEN concat('http://www.', host, ${path})
      WHEN 1 THEN concat('HTTPS://WWW.', upper(host), ${path})
      WHEN 2 THEN concat('https://', host, ':443', ${path})
      WHEN 3 THEN concat('https://', host, ':8443', ${path})
      WHEN 4 THEN concat(host, ${path})
      WHEN 5 THEN concat('https://', host, '.', ${path})
      ELSE concat('https://', host, ${path}) END END`;
}

const EVENT_TYPES: readonly string[] = [
  ...Array<string>(20).fill('site_visit'),
  'SITE_VISIT',
  'add_to_cart',
  'lead',
  'submit_lead',
  'Lead',
  'purchase',
  'sale',
  'conversion',
];

/** Fills the pixel events and gives their number. */
export function generatePixelEvents(session: Session, table: Sql, context: DemoContext): Promise<number> {
  const { now, scale } = context;
  const choices = choicesOf(
    SITES.map((site) => ({
      weight: site.percent,
      columns: { agency: site.agencyId, host: site.host, ...audienceColumns(site.advertiserId, context) },
    })),
  );
  const rows = shownRows('pixel', scale.pixelEvents, choices, context);
  const time = spoiltTime(sql`trap`, pastTime(now, HISTORY_DAYS), now, sql`lookback`);
  const proxied = sql`${draw(k, 'proxied', 25)} = 0`;
  const amount = sql`${draw(k, 'amount', 2000)} + 5`;
  return insertSelect(
    session,
    table,
    {
      UUID: sql`concat('ev-', lower(to_hex(k)))`,
      AGENCY_ID: sql`agency`,
      EVENT_TIMESTAMP: time,
      STAGING_SYS_TIMESTAMP: sql`least(coalesce(${time}, CAST(${now} AS TIMESTAMP)) + INTERVAL 5 MINUTE, CAST(${now} AS TIMESTAMP))`,
      PAGE_URL: pageUrl(),
      EVENT_TYPE: oneOf(k, 'event', EVENT_TYPES),
      CONVERSION_VALUE: sql`CASE ${draw(k, 'value spelling', 8)} WHEN 0 THEN concat('$1,', ${amount} % 900 + 100, '.50') WHEN 1 THEN CAST(${amount} AS VARCHAR) WHEN 2 THEN 'n/a' ELSE NULL END`,
      CLIENT_IP: sql`CASE WHEN ${proxied} THEN ${oneOf(k, 'proxy', [...BLANKS, '10.0.0.2', '192.168.0.1', '100.64.9.9', 'unknown'])} ELSE ${shownAddress(context)} END`,
      IP: sql`CASE WHEN ${proxied} THEN ${perMille(k, 'no ip', 100, oneOf(k, 'blank ip', BLANKS), homeAddress(context.seed, sql`household`))} ELSE ${oneOf(k, 'edge', [null, '', '10.9.9.9'])} END`,
      CLIENT_REFERRER_URL: oneOf(k, 'referrer', ['https://www.google.com/', 'https://news.example/', '', null]),
      UTM_SOURCE: oneOf(k, 'utm', ['google', 'newsletter', '', null]),
      UTM_MEDIUM: oneOf(k, 'utm', ['cpc', 'email', '', null]),
      ALL_PARAMETERS: sql`CASE WHEN host LIKE '%myshopify.com' THEN '{"vendor":"shopify"}' ELSE '{}' END`,
    },
    rows,
  );
}
