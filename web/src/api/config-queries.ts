import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { SearchRow } from '../../../src/shapes/config/advertisers.ts';
import type { AgencyRow } from '../../../src/shapes/config/lists.ts';
import { listOf } from './config.ts';

/** What several screens ask /api/config for. Every key begins with `config`: a change asks for all of them anew. */

/** What seldom changes is kept so long, in milliseconds. */
export const SELDOM_MS = 5 * 60_000;

const MOST_AGENCIES = 5000;

/** All agencies that one may see. */
export const agenciesQuery = queryOptions({
  queryKey: ['config', 'agencies'],
  queryFn: ({ signal }) => listOf<AgencyRow>('agencies', { query: { scope: 'all', limit: MOST_AGENCIES }, signal }),
  staleTime: SELDOM_MS,
});

/** Fewest characters that are searched for. */
export const SHORTEST_SEARCH = 2;

/** Advertisers by name or id. */
export function advertiserSearchQuery(words: string, agencyId: string | undefined, limit = 20) {
  return queryOptions({
    queryKey: ['config', 'search-advertisers', words, agencyId, limit],
    queryFn: ({ signal }) => listOf<SearchRow>('search-advertisers', { query: { q: words, agency_id: agencyId, limit }, signal }),
    enabled: words.length >= SHORTEST_SEARCH,
    placeholderData: keepPreviousData,
  });
}
