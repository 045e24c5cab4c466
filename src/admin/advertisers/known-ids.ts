import { fieldOf } from '../../config/config-fields.ts';
import { textOf } from '../../config/values.ts';
import type { Problem } from '../../errors.ts';
import { sql } from '../../lib/sql.ts';
import { platformSql } from '../../reach/text-sql.ts';
import type { AdminContext } from '../context.ts';
import { reportTypes } from '../lists/report-types.ts';
import { listOf } from './config-row.ts';

/** Ids of lists that a configuration may hold: those that are there already are left alone. */

const LISTS = ['REPORT_TYPE_IDS', 'PLATFORM_TYPE_IDS'] as const;

/** Ids that are new in `values` and that no table has. Where the table is missing nothing can be said, and a warning is. */
export async function unknownIds(
  ctx: AdminContext,
  values: Readonly<Record<string, unknown>>,
  before: Readonly<Record<string, unknown>>,
  key: { readonly agencyId: string; readonly advertiserId: string },
): Promise<{ readonly problems: readonly Problem[]; readonly warnings: readonly string[] }> {
  const problems: Problem[] = [];
  const warnings: string[] = [];
  for (const column of LISTS) {
    if (!(column in values)) continue;
    const reading = fieldOf(column).read(values[column], key);
    if (!('value' in reading)) continue;
    const had = new Set(listOf(before[column]).map(plain));
    const added = listOf(textOf(reading.value)).filter((id) => !had.has(plain(id)));
    if (added.length === 0) continue;
    const known = column === 'REPORT_TYPE_IDS' ? await reportTypeIds(ctx) : await platformIds(ctx);
    if (known === null) {
      const table = column === 'REPORT_TYPE_IDS' ? 'REF_REPORT_TYPE' : 'REF_DSP_PLATFORM';
      warnings.push(`${table} is missing: the ids could not be checked.`);
      continue;
    }
    for (const id of added.filter((one) => !known.has(plain(one)))) {
      const list = column === 'REPORT_TYPE_IDS' ? 'report-types' : 'dsp-platforms';
      problems.push({ path: column, message: `${id} is not one that exists`, hint: `GET /api/config/${list} lists them.` });
    }
  }
  return { problems, warnings };
}

/** Without zeros before it. */
const plain = (id: string): string => id.replace(/^0+(?=\d)/, '');

async function reportTypeIds(ctx: AdminContext): Promise<ReadonlySet<string> | null> {
  const types = await reportTypes(ctx);
  return types === null ? null : new Set(types.map(({ REPORT_TYPE_ID: id }) => plain(id)));
}

/** Platforms that have a name, and those that mappings speak of: some have none. */
async function platformIds(ctx: AdminContext): Promise<ReadonlySet<string> | null> {
  const named = ctx.catalogue.table('REF_DSP_PLATFORM');
  const mapped = ctx.catalogue.table('PIXEL_CAMPAIGN_MAPPING_V2');
  if (!named.exists) return null;
  const { dialect } = ctx.session;
  const ids = sql`SELECT ${platformSql(dialect, named.column('PLATFORM_TYPE_ID'))} AS id FROM ${named.ref}`;
  const all = mapped.exists
    ? sql`${ids} UNION SELECT ${platformSql(dialect, mapped.column('DSP_PLATFORM_TYPE'))} AS id FROM ${mapped.ref}`
    : ids;
  const rows = await ctx.session.all(all);
  return new Set(rows.flatMap(({ id }) => (id === null ? [] : [String(id)])));
}
