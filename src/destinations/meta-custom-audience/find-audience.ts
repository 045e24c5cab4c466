import { configError } from '../../errors.ts';
import type { Manifest } from '../../format/manifest.ts';
import type { Ctx } from '../destination.ts';
import { patiently } from '../http/patiently.ts';
import { isObject, type JsonObject } from './classify.ts';
import { metaFailure, OTHER_ADVICE } from './codes.ts';
import { bodyOf, type Graph } from './graph.ts';
import type { MetaSettings } from './settings.ts';

/** Audiences asked for at a time. An account has 500 at most, so this ends long before `MAX_PAGES`. */
const PAGE = '100';
const MAX_PAGES = 100;

/** Meta's path of the ad account. */
export const accountPath = ({ adAccountId }: MetaSettings): string => `act_${adAccountId.replace('act_', '')}`;

/** Where a set goes: the audience that its entry names, or the one that was made for its segment, now or earlier. */
export async function findAudience(graph: Graph, manifest: Manifest, settings: MetaSettings, ctx: Ctx): Promise<string> {
  const { segmentId, terms } = manifest;
  const named = terms?.partnerReference ?? null;
  if (named !== null) {
    if (/^\d{1,20}$/.test(named)) return named;
    throw configError('meta_audience_id', `The partnerReference of segment ${segmentId} is no id of an audience at Meta.`, {
      hint: OTHER_ADVICE.meta_audience_id,
    });
  }
  if (!settings.createAudience)
    throw configError('meta_no_audience', `Nothing says which audience at Meta the segment ${segmentId} is.`, {
      hint: OTHER_ADVICE.meta_no_audience,
    });
  // Looked for before each try: an audience may have been made although the answer was lost.
  return patiently(
    ctx.sleep,
    async () => (await findMade(graph, segmentId, settings)) ?? (await make(graph, manifest, settings, ctx)),
  );
}

/** A word in the description; what else people write there is left alone. */
const markerOf = (segmentId: string): string => `aquarius:${encodeURIComponent(segmentId)}`;

/** The audience with the segment's mark. Should there be several, it is the same one each time: the first that was made. */
async function findMade(graph: Graph, segmentId: string, settings: MetaSettings): Promise<string | null> {
  const marker = markerOf(segmentId);
  const found: string[] = [];
  const path = `${accountPath(settings)}/customaudiences`;
  let after: string | null = null;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const query: Record<string, string> = { fields: 'id,description', limit: PAGE, ...(after === null ? {} : { after }) };
    const answer = await graph.get(path, query, `the audiences of ${accountPath(settings)}`);
    for (const { id, description } of objectsIn(answer.data))
      if (
        typeof id === 'string' &&
        String(description ?? '')
          .split(/\s+/)
          .includes(marker)
      )
        found.push(id);
    after = nextPage(answer.paging);
    if (after === null) return found.toSorted((left, right) => left.length - right.length || (left < right ? -1 : 1))[0] ?? null;
  }
  throw metaFailure('meta_failure', `the list of the audiences of ${accountPath(settings)} has no end`);
}

/** Only the cursor is used: the address of the next page, which Meta gives too, has the token in it. */
function nextPage(paging: unknown): string | null {
  if (!isObject(paging) || typeof paging.next !== 'string' || !isObject(paging.cursors)) return null;
  return typeof paging.cursors.after === 'string' ? paging.cursors.after : null;
}

async function make(graph: Graph, { segmentId, segmentName }: Manifest, settings: MetaSettings, ctx: Ctx): Promise<string> {
  const audience = {
    name: segmentName,
    subtype: 'CUSTOM',
    customer_file_source: settings.customerFileSource,
    description: markerOf(segmentId),
  };
  await ctx.fence();
  const path = `${accountPath(settings)}/customaudiences`;
  const { id } = bodyOf(await graph.write('POST', path, JSON.stringify(audience), 'a new audience'));
  if (typeof id === 'string' && /^\d+$/.test(id)) return id;
  throw metaFailure('meta_failure', 'a new audience was given no id');
}

export function objectsIn(list: unknown): readonly JsonObject[] {
  return Array.isArray(list) ? list.filter(isObject) : [];
}
