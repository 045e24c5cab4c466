import { keyText } from '../../config/read-configs.ts';
import { idText, isNoId } from '../../config/values.ts';
import { join, type Sql, sql } from '../../lib/sql.ts';
import { type AdminContext, inScope } from '../context.ts';

/** Rows of SEGMENT_MD5_MAPPING by advertiser. */
export interface PlaceRows {
  /** One for each place, unless a place was assigned twice. */
  of(agencyId: string, advertiserId: string): number;
  /** Places of these advertisers, each once; by `keyText`. */
  distinct(advertisers: readonly Key[]): Promise<ReadonlyMap<string, number>>;
  /** By `keyText`; empty where the table has no agency. */
  readonly byKey: ReadonlyMap<string, number>;
  readonly total: number;
}

interface Key {
  readonly agencyId: string;
  readonly advertiserId: string;
}

/** Ids as they stand in the table. */
interface Spelling {
  readonly agency: string;
  readonly advertiser: string;
}

/**
 * Counts rows by the ids as they are spelled, which are read afterwards: the table has millions of rows and few spellings. Where it has
 * no agency, an advertiser's rows cannot be told from another agency's of the same id.
 */
export async function readPlaceRows(ctx: AdminContext): Promise<PlaceRows> {
  const table = ctx.catalogue.table('SEGMENT_MD5_MAPPING');
  if (!table.exists) return { of: () => 0, distinct: async () => new Map(), byKey: new Map(), total: 0 };
  const { dialect } = ctx.session;
  const hasAgency = table.has('AGENCY_ID');
  const agency = hasAgency ? dialect.text(table.column('AGENCY_ID')) : sql`''`;
  const advertiser = dialect.text(table.column('ADVERTISER_ID'));
  const rows = await ctx.session.all(sql`SELECT ${agency} AS agency, ${advertiser} AS advertiser, count(*) AS found
    FROM ${table.ref} WHERE ${hasAgency ? inScope(ctx, table) : sql`TRUE`} GROUP BY 1, 2`);
  const byKey = new Map<string, number>();
  const spellings = new Map<string, Spelling[]>();
  for (const row of rows) {
    const key = { agencyId: idText(row.agency), advertiserId: idText(row.advertiser) };
    if (isNoId(key.advertiserId) || (hasAgency && isNoId(key.agencyId))) continue;
    const text = keyText(key);
    byKey.set(text, (byKey.get(text) ?? 0) + Number(row.found));
    spellings.set(text, [...(spellings.get(text) ?? []), { agency: String(row.agency), advertiser: String(row.advertiser) }]);
  }
  const rowsOf = ({ agencyId, advertiserId }: Key): string => keyText({ agencyId: hasAgency ? agencyId : '', advertiserId });
  return {
    of: (agencyId, advertiserId) => byKey.get(rowsOf({ agencyId, advertiserId })) ?? 0,
    async distinct(advertisers) {
      const wanted = advertisers.flatMap((key) => spellings.get(rowsOf(key)) ?? []);
      if (wanted.length === 0) return new Map();
      const counts = await ctx.session.all(sql`SELECT agency, advertiser, count(DISTINCT md5) AS found FROM (
          SELECT ${agency} AS agency, ${advertiser} AS advertiser, lower(${dialect.text(table.column('SEGMENT_MD5'))}) AS md5
          FROM ${table.ref}
        ) WHERE agency IN (${listOf(wanted.map((spelling) => spelling.agency))})
          AND advertiser IN (${listOf(wanted.map((spelling) => spelling.advertiser))}) GROUP BY agency, advertiser`);
      const found = new Map<string, number>();
      for (const row of counts) {
        const text = keyText({ agencyId: idText(row.agency), advertiserId: idText(row.advertiser) });
        // Spellings of one id: a place that stands under two of them counts twice.
        found.set(text, (found.get(text) ?? 0) + Number(row.found));
      }
      return new Map(advertisers.map((key) => [keyText(key), found.get(rowsOf(key)) ?? 0]));
    },
    byKey: hasAgency ? byKey : new Map(),
    total: [...byKey.values()].reduce((sum, count) => sum + count, 0),
  };
}

function listOf(values: readonly string[]): Sql {
  return join([...new Set(values)].map((value) => sql`${value}`));
}
