import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { MappingConflictRow, UnmappedImpressionRow } from '../../../../src/shapes/config/campaigns.ts';
import type { PixelPreview, UnmappedPixelRow } from '../../../../src/shapes/config/domains.ts';
import type { Scorecard } from '../../../../src/shapes/config/lists.ts';
import { listOf, oneOf } from '../../api/config.ts';
import type { ConflictsSearch, DiscoverySearch } from './routes.ts';

/** What Discovery asks for. */

/** Rows of a page. */
export const PAGE_SIZE = 25;
export const PIXEL_DEFAULTS = { days: 7, min: 10 } as const;
export const IMPRESSION_DEFAULTS = { days: 30, min: 100 } as const;

export function pixelsQuery(search: DiscoverySearch, agencyId: string | undefined) {
  const query = {
    agency_id: agencyId,
    days: search.pdays ?? PIXEL_DEFAULTS.days,
    min_events: search.pmin ?? PIXEL_DEFAULTS.min,
    platform: search.platform,
    search: search.pq,
    ignored: search.ignored === 'yes',
    limit: PAGE_SIZE,
    offset: ((search.ppage ?? 1) - 1) * PAGE_SIZE,
  };
  return queryOptions({
    queryKey: ['config', 'unmapped-webpixels', query],
    queryFn: ({ signal }) => listOf<UnmappedPixelRow>('unmapped-webpixels', { query, signal }),
    placeholderData: keepPreviousData,
  });
}

export function impressionsQuery(search: DiscoverySearch, agencyId: string | undefined) {
  const query = {
    agency_id: agencyId,
    days: search.idays ?? IMPRESSION_DEFAULTS.days,
    min_impressions: search.imin ?? IMPRESSION_DEFAULTS.min,
    state: search.istate,
    search: search.iq,
    limit: PAGE_SIZE,
    offset: ((search.ipage ?? 1) - 1) * PAGE_SIZE,
  };
  return queryOptions({
    queryKey: ['config', 'unmapped-impressions', query],
    queryFn: ({ signal }) => listOf<UnmappedImpressionRow>('unmapped-impressions', { query, signal }),
    placeholderData: keepPreviousData,
  });
}

export function scorecardQuery(agencyId: string | undefined) {
  return queryOptions({
    queryKey: ['config', 'scorecard', agencyId],
    queryFn: ({ signal }) => oneOf<Scorecard>('scorecard', { query: { agency_id: agencyId }, signal }),
    placeholderData: keepPreviousData,
  });
}

export function previewQuery({ agencyId, domain, days }: { agencyId: string; domain: string; days: number }) {
  return queryOptions({
    queryKey: ['config', 'pixel-preview', agencyId, domain, days],
    queryFn: ({ signal }) => oneOf<PixelPreview>('pixel-preview', { query: { agency_id: agencyId, domain, days }, signal }),
  });
}

export function conflictsQuery({ kind, page = 1 }: ConflictsSearch, agencyId: string | undefined) {
  const query = { agency_id: agencyId, kind, limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE };
  return queryOptions({
    queryKey: ['config', 'mapping-conflicts', query],
    queryFn: ({ signal }) => listOf<MappingConflictRow>('mapping-conflicts', { query, signal }),
    placeholderData: keepPreviousData,
  });
}
