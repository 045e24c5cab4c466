import { sql } from '../../lib/sql.ts';
import { platformSql } from '../../reach/text-sql.ts';
import type { AdminContext } from '../context.ts';
import type { MappingWorld } from './mapping-world.ts';
import type { Platforms } from './platforms.ts';

/** Where a platform type may have been met, the quickest to look at first. */
const TABLES = ['AD_IMPRESSION_DAILY_SUMMARY', 'AD_IMPRESSION_LOG_V2'];

/** Whether there is such a platform: REF_DSP_PLATFORM has it, a mapping does, or impressions do. */
export async function isKnownPlatform(
  ctx: AdminContext,
  platform: string,
  { platforms, world }: { readonly platforms: Platforms; readonly world: MappingWorld },
): Promise<boolean> {
  if (platforms.find(platform) !== null || world.mappings.some((mapping) => mapping.platform === platform)) return true;
  for (const name of TABLES) {
    const table = ctx.catalogue.table(name);
    if (!table.exists) continue;
    const column = table.column('DSP_PLATFORM_TYPE');
    const { dialect } = ctx.session;
    // What cannot be it is passed over before its spelling is read.
    const rows = await ctx.session.all(
      sql`SELECT 1 AS met FROM ${table.ref} WHERE position(${platform} IN ${dialect.text(column)}) > 0
        AND ${platformSql(dialect, column)} = ${platform} LIMIT 1`,
      { signal: ctx.signal },
    );
    if (rows.length > 0) return true;
  }
  return false;
}
