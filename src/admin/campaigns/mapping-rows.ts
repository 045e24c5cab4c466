import { configError } from '../../errors.ts';
import { sql } from '../../lib/sql.ts';
import { idSql } from '../../reach/text-sql.ts';
import type { BoundTable } from '../../warehouse/catalogue.ts';
import { MAPPING_IDS } from '../../warehouse/sequence-spec.ts';
import { nextNumbers } from '../../warehouse/sequences.ts';
import type { Row } from '../../warehouse/warehouse.ts';
import type { AdminContext, WriteContext } from '../context.ts';
import type { RowJournal, RowKey } from '../row-journal.ts';
import { type CampaignKey, campaignText, platformOf, presentId } from './campaign-key.ts';
import { type CampaignMapping, MAPPINGS, mappingsOf } from './read-mappings.ts';

/** Writing PIXEL_CAMPAIGN_MAPPING_V2. */

const SIX_KEYS = [
  'AGENCY_ID',
  'DSP_PLATFORM_TYPE',
  'DSP_ADVERTISER_ID',
  'INSERTION_ORDER_ID',
  'LINE_ITEM_ID',
  'QUORUM_ADVERTISER_ID',
];

/** A row with its keys as they are written. */
export interface StoredMapping extends CampaignMapping {
  readonly stored: RowKey;
}

/** The columns that tell rows apart. A number alone does not: sites have had the same one twice. */
function keyOf(table: BoundTable): readonly string[] {
  return table.has('MAPPING_ID') ? ['MAPPING_ID', ...SIX_KEYS] : SIX_KEYS;
}

/** All mappings of an agency, to be written: without the table a `config` error `table_missing`. */
export async function storedMappings(ctx: AdminContext, agencyId: string): Promise<readonly StoredMapping[]> {
  const table = ctx.catalogue.table(MAPPINGS);
  const { dialect } = ctx.session;
  const key = keyOf(table);
  const [id, ...six] = ['MAPPING_ID', ...SIX_KEYS].map((name) => dialect.text(table.column(name)));
  const [agency, platform, dsp, io, li, advertiser] = six;
  const rows = await ctx.session.all(
    sql`SELECT ${id ?? sql``} AS id, ${agency ?? sql``} AS agency, ${platform ?? sql``} AS platform, ${dsp ?? sql``} AS dsp,
        ${io ?? sql``} AS io, ${li ?? sql``} AS li, ${advertiser ?? sql``} AS advertiser
      FROM ${table.ref} WHERE ${mappingsOf(ctx, table, { agencyId })}`,
    { signal: ctx.signal },
  );
  return rows.map((row) => {
    const text = (name: string): string | null => (row[name] === null || row[name] === undefined ? null : String(row[name]));
    const stored = ['id', 'agency', 'platform', 'dsp', 'io', 'li', 'advertiser'].map(text);
    return {
      mappingId: text('id'),
      agencyId,
      platform: platformOf(text('platform')),
      dsp: presentId(text('dsp')),
      io: presentId(text('io')),
      li: presentId(text('li')),
      advertiserId: presentId(text('advertiser')),
      stored: key.length === stored.length ? stored : stored.slice(1),
    };
  });
}

export interface MappingNames {
  readonly campaignName?: string | undefined;
  readonly dspName?: string | undefined;
}

/** Puts in new mappings and gives their numbers; null where the site's table has none. */
export async function insertMappings(
  ctx: WriteContext,
  journal: RowJournal,
  mappings: readonly (CampaignKey & MappingNames & { readonly advertiserId: string })[],
): Promise<readonly (string | null)[]> {
  const table = ctx.catalogue.table(MAPPINGS);
  const now = ctx.clock.now();
  const ids = table.has('MAPPING_ID') ? await newIds(ctx, table, mappings.length) : mappings.map(() => null);
  const rows = mappings.map(
    (mapping, index): Row => ({
      MAPPING_ID: ids[index] ?? null,
      AGENCY_ID: mapping.agencyId,
      DSP_PLATFORM_TYPE: mapping.platform,
      DSP_ADVERTISER_ID: mapping.dsp,
      INSERTION_ORDER_ID: mapping.io,
      LINE_ITEM_ID: mapping.li,
      QUORUM_ADVERTISER_ID: mapping.advertiserId,
      DATA_SOURCE: MADE_HERE,
      ADVERTISER_NAME_FROM_DSP: mapping.dspName ?? null,
      CAMPAIGN_NAME_MANUAL: mapping.campaignName ?? null,
      CREATED_AT: now,
      MODIFIED_AT: now,
    }),
  );
  await journal.insert(MAPPINGS, keyOf(table), rows);
  return ids;
}

const MADE_HERE = 'ADMIN_CONFIG';

async function newIds({ session }: WriteContext, table: BoundTable, count: number): Promise<readonly string[]> {
  const used = sql`SELECT ${idSql(session.dialect, table.column('MAPPING_ID'))} AS used_id FROM ${table.ref}`;
  return nextNumbers(session, MAPPING_IDS, used, count);
}

/**
 * Gives a mapping to an advertiser: its first row, with all that it says, and with its own number; the other rows are taken out. A row goes
 * out and comes in again, since its advertiser is part of its key.
 */
export async function repointMappings(
  ctx: WriteContext,
  journal: RowJournal,
  rows: readonly StoredMapping[],
  { advertiserId, campaignName, dspName }: MappingNames & { readonly advertiserId: string },
): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const table = ctx.catalogue.table(MAPPINGS);
  const [row] = await journal.find(MAPPINGS, keyOf(table), [first.stored]);
  await removeMappings(ctx, journal, rows);
  const named = {
    ...(campaignName === undefined ? {} : { CAMPAIGN_NAME_MANUAL: campaignName }),
    ...(dspName === undefined ? {} : { ADVERTISER_NAME_FROM_DSP: dspName }),
  };
  const values = { QUORUM_ADVERTISER_ID: advertiserId, DATA_SOURCE: MADE_HERE, MODIFIED_AT: ctx.clock.now() };
  await journal.insert(MAPPINGS, keyOf(table), [{ ...row, ...named, ...values }]);
}

/** Takes rows out, and with each all that have the very same keys. */
export async function removeMappings(ctx: WriteContext, journal: RowJournal, rows: readonly StoredMapping[]): Promise<void> {
  if (rows.length === 0) return;
  const keys = new Map(rows.map(({ stored }) => [JSON.stringify(stored), stored]));
  await journal.remove(MAPPINGS, keyOf(ctx.catalogue.table(MAPPINGS)), [...keys.values()]);
}

/** How a request names a mapping that is there: by its number, or by its keys and its advertiser. */
export type MappingPlace = { readonly mappingId: string } | { readonly key: CampaignKey; readonly advertiserId: string };

/** The rows of one mapping. `config` errors: `mapping_unknown`, `mapping_ambiguous`. */
export function rowsOfMapping(mappings: readonly StoredMapping[], place: MappingPlace): readonly StoredMapping[] {
  if ('key' in place) {
    const found = mappings.filter(
      (mapping) => claimText(mapping) === claimText({ ...place.key, advertiserId: place.advertiserId }),
    );
    if (found.length > 0) return found;
    throw mappingUnknown('The agency has no mapping with these keys.');
  }
  const id = presentId(place.mappingId);
  const named = mappings.filter(({ mappingId }) => mappingId !== null && presentId(mappingId) === id);
  const [first] = named;
  if (first === undefined) throw mappingUnknown(`The agency has no mapping ${place.mappingId}.`);
  if (named.some((mapping) => claimText(mapping) !== claimText(first))) {
    throw configError('mapping_ambiguous', `The agency has several mappings with the number ${place.mappingId}.`, {
      hint: 'Name it by its keys, as `mapping`.',
    });
  }
  // The same mapping may stand in the table under other numbers, too.
  return [first, ...mappings.filter((mapping) => mapping !== first && claimText(mapping) === claimText(first))];
}

const claimText = (claim: Pick<CampaignMapping, keyof CampaignKey | 'advertiserId'>): string =>
  `${campaignText(claim)} ${claim.advertiserId}`;

function mappingUnknown(message: string) {
  return configError('mapping_unknown', message, { hint: 'GET /api/config/campaign-mappings lists what it has.' });
}
