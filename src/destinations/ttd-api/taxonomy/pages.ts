import { z } from 'zod';
import { configError } from '../../../errors.ts';
import type { Platform } from './platform.ts';
import type { TaxonomySettings } from './settings.ts';

const page = z.object({ Result: z.array(z.record(z.string(), z.unknown())).nullish() });

export type PageRow = Readonly<Record<string, unknown>>;

/**
 * Reads all pages of a query. Where PageStartIndex counts items, each page begins with the last item of the page before, so that a list
 * that moved meanwhile, or a partner that counts pages, is noticed: then nothing is concluded from half a list (`ttd_paging`, `config`).
 * A short page is not yet the end, since a partner may have a smaller limit than it was asked for; with `few`, which is for queries that
 * name what they want, it is.
 */
export async function readPages(
  platform: Platform,
  { paging, pageSize }: TaxonomySettings,
  path: string,
  what: string,
  query: PageRow,
  few = false,
): Promise<readonly PageRow[]> {
  const rows: PageRow[] = [];
  for (let read = 0, wasShort = false; ; read += 1) {
    const last = rows.at(-1);
    const overlaps = paging === 'items' && last !== undefined;
    const start = paging === 'pages' ? read : Math.max(0, rows.length - 1);
    const body = { ...query, PageStartIndex: start, PageSize: pageSize, ExcludeTotalCounts: true };
    const content = page.safeParse((await platform.ask('POST', path, what, body)) ?? { Result: [] });
    if (!content.success) throw unreadable(what);
    const got = content.data.Result ?? [];
    if (got.length === 0 && (wasShort || !overlaps)) return rows;
    if (overlaps && got[0]?.ProviderElementId !== last.ProviderElementId) throw moved(what, 'pages');
    if (paging === 'pages' && read === 1 && isSame(got[0], rows[1])) throw moved(what, 'items');
    const more = overlaps ? got.slice(1) : got;
    rows.push(...more);
    wasShort = got.length < pageSize;
    if (more.length === 0 || (few && wasShort)) return rows;
  }
}

/** A partner that counts items begins its second page with the second item. */
function isSame(first: PageRow | undefined, second: PageRow | undefined): boolean {
  return second !== undefined && JSON.stringify(first) === JSON.stringify(second);
}

function moved(what: string, other: TaxonomySettings['paging']): Error {
  return configError('ttd_paging', `The Trade Desk’s list changed while it was read, when it was to ${what}.`, {
    hint: `Run it again. If it stays so, PageStartIndex counts ${other} there: set taxonomy.paging: ${other}.`,
  });
}

/** An answer without what is needed: fields have other names there. */
export function unreadable(what: string): Error {
  return configError('ttd_field_names', `The Trade Desk’s answer has not the fields that are needed, when it was to ${what}.`, {
    hint: 'Ask your contact there for the names of the fields, and set taxonomy.fieldNames.',
  });
}
