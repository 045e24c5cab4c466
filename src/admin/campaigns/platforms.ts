import { booleanOf, idText, textOf } from '../../config/values.ts';
import { sql } from '../../lib/sql.ts';
import type { DspPlatformRow } from '../../shapes/config/campaigns.ts';
import type { Listed } from '../../shapes/config/envelope.ts';
import type { AdminContext } from '../context.ts';
import { platformOf } from './campaign-key.ts';
import { byId } from './mapping-index.ts';
import { readMappings } from './read-mappings.ts';

/** REF_DSP_PLATFORM: what platform types are called. It belongs to no agency. */

const PLATFORMS = 'REF_DSP_PLATFORM';

export interface Platforms {
  /** Null for one that is not readable as a number. */
  nameOf(platform: string | null): string | null;
  /** The table's row. */
  find(platform: string): DspPlatformRow | null;
  readonly rows: readonly DspPlatformRow[];
  readonly warnings: readonly string[];
}

export async function readPlatforms({ session, catalogue, signal }: AdminContext): Promise<Platforms> {
  const table = catalogue.table(PLATFORMS);
  const known = new Map<string, DspPlatformRow>();
  if (table.exists) {
    const c = (name: string) => session.dialect.text(table.column(name));
    const rows = await session.all(
      sql`SELECT ${c('PLATFORM_TYPE_ID')} AS id, ${c('PLATFORM_NAME')} AS name, ${c('DSP_SHORT_NAME')} AS short_name,
          ${c('DSP_CATEGORY')} AS category, ${c('IS_ACTIVE')} AS active, ${c('NOTES')} AS notes FROM ${table.ref}`,
      { signal },
    );
    for (const row of rows) {
      const id = platformOf(idText(row.id));
      if (id === null || known.has(id)) continue;
      known.set(id, {
        PLATFORM_TYPE_ID: id,
        PLATFORM_NAME: textOf(row.name) || id,
        DSP_SHORT_NAME: textOf(row.short_name) || null,
        DSP_CATEGORY: textOf(row.category) || null,
        IS_ACTIVE: booleanOf(row.active) ?? null,
        NOTES: textOf(row.notes) || null,
        IS_NAMED: true,
      });
    }
  }
  return {
    nameOf: (platform) => (platform === null ? null : (known.get(platform)?.PLATFORM_NAME ?? platform)),
    find: (platform) => known.get(platform) ?? null,
    rows: [...known.values()],
    warnings: table.exists ? [] : [`Platforms have no names here: there is no ${PLATFORMS}.`],
  };
}

/** Platforms to choose from: those of the table, and those that mappings in scope have besides. */
export async function listPlatforms(
  ctx: AdminContext,
  query: { readonly active_only: boolean; readonly limit: number; readonly offset: number },
): Promise<Listed<DspPlatformRow>> {
  const platforms = await readPlatforms(ctx);
  const met = new Set((await readMappings(ctx)).flatMap(({ platform }) => (platform === null ? [] : [platform])));
  const nameless = [...met]
    .filter((id) => platforms.find(id) === null)
    .map((id) => ({
      ...{ PLATFORM_TYPE_ID: id, PLATFORM_NAME: id, DSP_SHORT_NAME: null, DSP_CATEGORY: null },
      ...{ IS_ACTIVE: null, NOTES: null, IS_NAMED: false },
    }));
  const rows = [...platforms.rows, ...nameless]
    .filter(({ IS_ACTIVE }) => !query.active_only || IS_ACTIVE !== false)
    .toSorted((left, right) => byId(left.PLATFORM_TYPE_ID, right.PLATFORM_TYPE_ID));
  return { rows: rows.slice(query.offset, query.offset + query.limit), total: rows.length, warnings: platforms.warnings };
}
