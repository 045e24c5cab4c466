import { DELIVERY_TYPES, type DeliveryTypeId, findDeliveryType } from '../../config/legacy/delivery-type.ts';
import { type OptionGroup, type UnreadableReason, windowText } from '../../config/legacy/option-group.ts';
import { keyText } from '../../config/read-configs.ts';
import { configError } from '../../errors.ts';
import { join, raw, type Sql, sql } from '../../lib/sql.ts';
import { trimmedSql } from '../../reach/trimmed-sql.ts';
import type { BoundTable } from '../../warehouse/catalogue.ts';
import type { Dialect } from '../../warehouse/dialect.ts';
import type { Row } from '../../warehouse/warehouse.ts';
import type { AdminContext } from '../context.ts';

/**
 * DELIVERY_OPTION, thrown together in the warehouse: millions of rows become a few for each advertiser. Only these are read.
 */

const WINDOWS = ['30', '60', '90'];
/** A status that says nothing stands for one that is in use. */
const IN_USE = ['', 'ACTIVE', 'ENABLED', 'TRUE', 'YES', 'Y', 'ON', '1'];
/** Stands for a window that never ends among days. */
const NEVER = 0;
/** Of a value that cannot be read, as much as people need to find it. */
const SHOWN = 40;

/** An advertiser's options. */
export interface AdvertiserOptions {
  readonly agencyId: string;
  readonly advertiserId: string;
  readonly groups: readonly OptionGroup[];
}

/**
 * The options of everybody in scope, by agency and advertiser; rows that name no advertiser are one with empty ids, where all agencies are in
 * scope. `config` error `legacy_missing` where the table is not there.
 */
export async function readOptions(ctx: AdminContext): Promise<readonly AdvertiserOptions[]> {
  const table = ctx.catalogue.table('DELIVERY_OPTION');
  if (!table.exists) {
    throw configError('legacy_missing', 'There is no DELIVERY_OPTION to import from.', {
      hint: 'Bring its rows in by `aquarius load DELIVERY_OPTION <files>`, or say under tables: in aquarius.yaml where it is.',
    });
  }
  const found = new Map<string, { agencyId: string; advertiserId: string; groups: OptionGroup[] }>();
  for await (const rows of ctx.session.query(groupsSql(ctx, table), { signal: ctx.signal })) {
    for (const row of rows) {
      const group = groupOf(row);
      const { agencyId, advertiserId } = group;
      const own = found.get(keyText(group)) ?? { agencyId, advertiserId, groups: [] };
      own.groups.push(group);
      found.set(keyText(group), own);
    }
  }
  return [...found.values()];
}

/** A few rows for each advertiser: its options of one type that ask for the same, and those that cannot be read by what is wrong with them. */
function groupsSql(ctx: AdminContext, table: BoundTable): Sql {
  const { dialect } = ctx.session;
  const aliases = ctx.catalogue.table('DELIVERY_OPTION_ALIAS');
  const names = aliases.exists
    ? sql`LEFT JOIN (SELECT alias_agency, alias_id, MAX(alias_name) AS alias_name FROM (
          SELECT ${wholeSql(dialect, textSql(dialect, aliases, 'AGENCY_ID'))} AS alias_agency,
            ${wholeSql(dialect, textSql(dialect, aliases, 'ALIAS_ID'))} AS alias_id,
            ${textSql(dialect, aliases, 'ALIAS_NAME')} AS alias_name FROM ${aliases.ref}
        ) a GROUP BY alias_agency, alias_id) n ON n.alias_agency = g.agency AND n.alias_id = g.only_alias`
    : sql``;
  const aliasName = aliases.exists ? sql`n.alias_name` : sql`CAST(NULL AS VARCHAR)`;
  // Whose a segment is at the partner is decided over all agencies, whoever asks.
  const owned = sql`SELECT t.*, COUNT(*) OVER (PARTITION BY delivery_type, only_segment) AS segment_owners,
      COUNT(*) OVER (PARTITION BY delivery_type, only_partner) AS partner_owners FROM (${groupedSql(settledSql(understoodSql(dialect, rawSql(dialect, table))))}) t`;
  return sql`SELECT g.agency, g.advertiser, g.delivery_type, g.verdict, g.detail, g.days_from, g.days_to, g.push_from, g.push_to,
      g.option_count, g.segment_count, g.only_segment, g.only_partner, g.segment_owners, g.partner_owners, ${aliasName} AS group_name
    FROM (${owned}) g ${names} WHERE ${seenSql(ctx)}
    ORDER BY g.agency, g.advertiser, g.delivery_type, g.verdict, g.detail, g.days_from, g.days_to, g.push_from, g.push_to`;
}

function seenSql({ scope }: AdminContext): Sql {
  if (scope === 'all') return sql`TRUE`;
  return scope.length === 0 ? sql`FALSE` : sql`g.agency IN (${join(scope.map((id) => sql`${id}`))})`;
}

/** Segments with the same settings together. One that was met with several settings is among those that were met with the same several. */
function groupedSql(segments: Sql): Sql {
  const isClear = sql`verdict IS NULL AND days_from = days_to AND push_from = push_to`;
  return sql`SELECT agency, advertiser, delivery_type, verdict, detail, days_from, days_to, push_from, push_to,
      SUM(option_rows) AS option_count, SUM(segment_rows) AS segment_count,
      CASE WHEN ${isClear} AND COUNT(segment_from) = COUNT(*) AND MIN(segment_from) = MAX(segment_to) THEN MIN(segment_from) END AS only_segment,
      CASE WHEN ${isClear} AND MIN(partner_from) = MAX(partner_to) THEN MIN(partner_from) END AS only_partner,
      CASE WHEN MIN(alias_from) = MAX(alias_to) THEN MIN(alias_from) END AS only_alias
    FROM (${segments}) s GROUP BY agency, advertiser, delivery_type, verdict, detail, days_from, days_to, push_from, push_to`;
}

/** Settings of segments that were met more than once; the others are together already. */
function settledSql(rows: Sql): Sql {
  return sql`SELECT agency, advertiser, delivery_type, verdict, detail, SUM(row_count) AS option_rows,
      CASE WHEN met_again IS NULL THEN SUM(segment_count) ELSE 1 END AS segment_rows,
      MIN(window_days) AS days_from, MAX(window_days) AS days_to, MIN(push) AS push_from, MAX(push) AS push_to,
      CASE WHEN SUM(segment_count) = SUM(row_count) THEN MIN(segment_from) END AS segment_from, MAX(segment_to) AS segment_to,
      MIN(alias_from) AS alias_from, MAX(alias_to) AS alias_to, MIN(partner_from) AS partner_from, MAX(partner_to) AS partner_to
    FROM (${rows}) r
    GROUP BY agency, advertiser, delivery_type, met_again, verdict, detail,
      CASE WHEN met_again IS NULL THEN window_days END, CASE WHEN met_again IS NULL THEN push END`;
}

/** Options as they are understood; `verdict` says why some cannot be. */
function understoodSql(dialect: Dialect, rows: Sql): Sql {
  const trimmed = (column: string): Sql => trimmedSql(raw(column));
  const id = (column: string): Sql => wholeSql(dialect, trimmed(column));
  const texts = sql`SELECT ${id('agency_raw')} AS agency_text, ${id('advertiser_raw')} AS advertiser_text, ${id('type_raw')} AS type_text,
      upper(${trimmed('status_raw')}) AS status_text, lower(${id('window_raw')}) AS window_text, upper(${trimmed('push_raw')}) AS push_text,
      ${trimmed('met_again')} AS met_again, row_count, segment_count, ${trimmed('segment_from')} AS segment_from, ${trimmed('segment_to')} AS segment_to,
      ${id('alias_from')} AS alias_from, ${id('alias_to')} AS alias_to, ${trimmed('partner_from')} AS partner_from,
      ${trimmed('partner_to')} AS partner_to FROM (${rows}) raw_rows`;
  const known = sql`SELECT text_rows.*,
      CASE WHEN window_text IN (${words(WINDOWS)}) THEN CAST(window_text AS INTEGER)
        WHEN COALESCE(window_text, '') IN ('', 'null', 'never') THEN ${raw(String(NEVER))} END AS known_days,
      CASE WHEN COALESCE(push_text, '') IN ('', 'NULL', 'MERGED') THEN 'merged' WHEN push_text = 'SPLIT' THEN 'split' END AS known_push
    FROM (${texts}) text_rows`;
  const reason = (name: UnreadableReason): Sql => sql`${name}`;
  const judged = sql`SELECT known_rows.*,
      CASE WHEN ${isBlankSql(raw('agency_text'))} OR ${isBlankSql(raw('advertiser_text'))} THEN ${reason('no_advertiser')}
        WHEN COALESCE(type_text, '') NOT IN (${words(DELIVERY_TYPES.map(({ id: type }) => type))}) THEN ${reason('type_unknown')}
        WHEN COALESCE(status_text, '') NOT IN (${words(IN_USE)}) THEN ${reason('inactive')}
        WHEN known_days IS NULL THEN ${reason('window_unknown')}
        WHEN known_push IS NULL THEN ${reason('mode_unknown')} END AS verdict
    FROM (${known}) known_rows`;
  const shown = (column: string): Sql => sql`substr(${raw(column)}, 1, ${raw(String(SHOWN))})`;
  return sql`SELECT CASE WHEN ${isBlankSql(raw('agency_text'))} THEN '' ELSE agency_text END AS agency,
      CASE WHEN ${isBlankSql(raw('advertiser_text'))} THEN '' ELSE advertiser_text END AS advertiser,
      ${shown('type_text')} AS delivery_type, verdict,
      CASE verdict WHEN ${reason('inactive')} THEN ${shown('status_text')} WHEN ${reason('window_unknown')} THEN ${shown('window_text')}
        WHEN ${reason('mode_unknown')} THEN ${shown('push_text')} END AS detail,
      CASE WHEN verdict IS NULL THEN known_days END AS window_days, CASE WHEN verdict IS NULL THEN known_push END AS push,
      CASE WHEN verdict IS NULL THEN met_again END AS met_again, row_count, segment_count, segment_from, segment_to,
      alias_from, alias_to, partner_from, partner_to
    FROM (${judged}) judged_rows`;
}

/**
 * Rows that say the same, thrown together before anything is read of them: millions become some hundred thousand. Those of a segment that
 * the partner has more than once stay apart, by that segment, since an advertiser may be spelt in several ways.
 */
function rawSql(dialect: Dialect, table: BoundTable): Sql {
  const text = (column: string): Sql => dialect.text(table.column(column));
  const present = (expression: Sql): Sql => sql`CASE WHEN NOT ${isBlankSql(expression)} THEN ${expression} END`;
  const segment = sql`COALESCE(${present(text('SEGMENT_ID'))}, ${present(text('SEGMENT_UNIQUE_ID'))})`;
  const key = sql`${text('TYPE_ID')} AS type_raw, ${segment} AS segment`;
  const again = sql`SELECT type_raw, segment FROM (SELECT ${key} FROM ${table.ref}) k
    WHERE segment IS NOT NULL GROUP BY type_raw, segment HAVING COUNT(*) > 1`;
  const rows = sql`SELECT ${key}, ${text('AGENCY_ID')} AS agency_raw, ${text('ADVERTISER_ID')} AS advertiser_raw,
      ${text('TIME_WINDOW_DAYS')} AS window_raw, ${text('PUSH_MODE')} AS push_raw, ${text('STATUS')} AS status_raw,
      ${present(text('ALIAS_ID'))} AS alias, ${present(text('PARTNER_SEGMENT_ID'))} AS partner FROM ${table.ref}`;
  return sql`SELECT o.agency_raw, o.advertiser_raw, o.type_raw, o.window_raw, o.push_raw, o.status_raw, a.segment AS met_again,
      COUNT(*) AS row_count, COUNT(o.segment) AS segment_count, MIN(o.segment) AS segment_from, MAX(o.segment) AS segment_to,
      MIN(o.alias) AS alias_from, MAX(o.alias) AS alias_to, MIN(o.partner) AS partner_from, MAX(o.partner) AS partner_to
    FROM (${rows}) o LEFT JOIN (${again}) a ON a.type_raw = o.type_raw AND a.segment = o.segment
    GROUP BY o.agency_raw, o.advertiser_raw, o.type_raw, o.window_raw, o.push_raw, o.status_raw, a.segment`;
}

/** What stands for nothing. */
const isBlankSql = (expression: Sql): Sql => sql`COALESCE(lower(${expression}), '') IN ('', '0', 'null', 'unknown')`;

const words = (list: readonly string[]): Sql => join(list.map((word) => sql`${word}`));

const textSql = (dialect: Dialect, table: BoundTable, column: string): Sql => trimmedSql(dialect.text(table.column(column)));

/** Trimmed text without the `.0` of a number that went through a float column, as `idSql` reads ids; the test before the pattern is far cheaper. */
function wholeSql(dialect: Dialect, text: Sql): Sql {
  return sql`CASE WHEN ${text} LIKE '%.0%' THEN ${dialect.replaceAll(text, '^([0-9]+)\\.0+$', '\\1')} ELSE ${text} END`;
}

function groupOf(row: Row): OptionGroup {
  const base = {
    ...{ agencyId: String(row.agency), advertiserId: String(row.advertiser) },
    ...{ options: Number(row.option_count), segments: Number(row.segment_count) },
  };
  if (row.verdict !== null) {
    const typeText = row.delivery_type === null ? null : String(row.delivery_type);
    const detail = row.detail === null ? null : String(row.detail);
    return { ...base, kind: 'unreadable', typeText, reason: row.verdict as UnreadableReason, detail };
  }
  const type = typeOf(String(row.delivery_type));
  const [shortest, longest] = [daysOf(row.days_from), daysOf(row.days_to)];
  const modes = [String(row.push_from), String(row.push_to)];
  if (shortest !== longest || modes[0] !== modes[1]) {
    const detail = [...new Set([windowText(shortest), windowText(longest)]), ...new Set(modes)].join(', ');
    return { ...base, kind: 'contradictory', type, detail };
  }
  const own = (value: Row[string] | undefined, owners: Row[string] | undefined): string | null =>
    value === null || value === undefined || Number(owners) > 1 ? null : String(value);
  return {
    ...base,
    kind: 'readable',
    type,
    settings: { windowDays: shortest, mode: modes[0] === 'split' ? 'split' : 'merged' },
    segmentId: own(row.only_segment, row.segment_owners),
    aliasName: own(row.group_name, 1),
    partnerReference: own(row.only_partner, row.partner_owners),
  };
}

function typeOf(text: string): DeliveryTypeId {
  const type = findDeliveryType(text);
  if (type === undefined) throw new Error('the warehouse took an unknown type of delivery for a known one');
  return type.id;
}

const daysOf = (value: Row[string] | undefined): number | null => (Number(value) === NEVER ? null : Number(value));
