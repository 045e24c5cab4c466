import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { AdvertiserDetail } from '../../../../src/shapes/config/advertiser-detail.ts';
import type { CampaignMappingRow, DspPlatformRow } from '../../../../src/shapes/config/campaigns.ts';
import type { ConfigFieldRow, DestinationSchemaRow } from '../../../../src/shapes/config/config-fields.ts';
import type { MappedUrl } from '../../../../src/shapes/config/domains.ts';
import { listOf, oneOf } from '../../api/config.ts';
import { SELDOM_MS } from '../../api/config-queries.ts';

/** What the parts of an advertiser's page ask for. */

export interface AdvertiserKey {
  readonly agencyId: string;
  readonly advertiserId: string;
}

/** Rows of a page of a list. */
export const PAGE_SIZE = 50;

export interface Paged {
  readonly q?: string | undefined;
  readonly state?: string | undefined;
  readonly page?: number | undefined;
}

export function keyOf({ agencyId, advertiserId }: AdvertiserKey) {
  return { agency_id: agencyId, advertiser_id: advertiserId } as const;
}

function pageOf({ page = 1 }: Paged, size = PAGE_SIZE) {
  return { limit: size, offset: (page - 1) * size } as const;
}

export function detailQuery(key: AdvertiserKey) {
  return queryOptions({
    queryKey: ['config', 'advertiser-detail', key],
    queryFn: ({ signal }) => oneOf<AdvertiserDetail>('advertiser-detail', { query: { ...keyOf(key), limit: 1 }, signal }),
  });
}

export const configFieldsQuery = queryOptions({
  queryKey: ['config', 'config-fields'],
  queryFn: ({ signal }) => listOf<ConfigFieldRow>('config-fields', { signal }),
  staleTime: SELDOM_MS,
});

export const destinationSchemasQuery = queryOptions({
  queryKey: ['config', 'destination-schemas'],
  queryFn: ({ signal }) => listOf<DestinationSchemaRow>('destination-schemas', { query: { limit: 500 }, signal }),
  staleTime: SELDOM_MS,
});

export const platformsQuery = queryOptions({
  queryKey: ['config', 'dsp-platforms'],
  queryFn: ({ signal }) => listOf<DspPlatformRow>('dsp-platforms', { query: { active_only: false }, signal }),
  staleTime: SELDOM_MS,
});

export function mappingsQuery(key: AdvertiserKey, paged: Paged) {
  return queryOptions({
    queryKey: ['config', 'campaign-mappings', key, paged],
    queryFn: ({ signal }) =>
      listOf<CampaignMappingRow>('campaign-mappings', {
        query: { ...keyOf(key), search: paged.q, state: paged.state, ...pageOf(paged) },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

export function mappedUrlsQuery(key: AdvertiserKey, paged: Paged) {
  return queryOptions({
    queryKey: ['config', 'mapped-urls', key, paged],
    queryFn: ({ signal }) =>
      listOf<MappedUrl>('mapped-urls', { query: { ...keyOf(key), search: paged.q, ...pageOf(paged) }, signal }),
    placeholderData: keepPreviousData,
  });
}
