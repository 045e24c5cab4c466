import { listMappings } from '../../admin/campaigns/campaign-mappings.ts';
import { campaignKeyOf, type RequestedMapping } from '../../admin/campaigns/check-mappings.ts';
import { explainImpression } from '../../admin/campaigns/explain-impression.ts';
import { searchImpressions } from '../../admin/campaigns/impression-search.ts';
import { mapCampaigns } from '../../admin/campaigns/map-campaigns.ts';
import type { MappingPlace } from '../../admin/campaigns/mapping-rows.ts';
import { mappingState } from '../../admin/campaigns/mapping-state.ts';
import { listPlatforms } from '../../admin/campaigns/platforms.ts';
import { remapCampaign, unmapCampaign } from '../../admin/campaigns/remap-campaign.ts';
import { unmappedImpressions } from '../../admin/campaigns/unmapped-impressions.ts';
import { listConflicts } from '../../admin/list-conflicts.ts';
import {
  campaignMappingRow,
  campaignMappingsQuery,
  dspPlatformRow,
  dspPlatformsQuery,
  explainImpressionQuery,
  impressionExplanation,
  impressionSearchQuery,
  impressionSearchRow,
  mapCampaignAnswer,
  mapCampaignBody,
  mapCampaignsAnswer,
  mapCampaignsBody,
  mappingConflictRow,
  mappingConflictsQuery,
  remapCampaignAnswer,
  remapCampaignBody,
  unmapCampaignAnswer,
  unmapCampaignBody,
  unmappedImpressionRow,
  unmappedImpressionsQuery,
} from '../../shapes/config/campaigns.ts';
import { configList, configOne, configWrite } from '../config-route.ts';
import type { ApiDeps } from '../deps.ts';
import type { Api } from '../env.ts';

const tag = 'Campaigns';

export function configCampaignRoutes(api: Api, deps: ApiDeps): void {
  readRoutes(api, deps);
  mapRoutes(api, deps);
  changeRoutes(api, deps);
}

function readRoutes(api: Api, deps: ApiDeps): void {
  configList(
    api,
    deps,
    {
      ...{ path: '/api/config/unmapped-impressions', tag, summary: 'DSP advertisers with impressions that belong to nobody' },
      description: 'By the impressions that they had in 30 days, the most first.',
      ...{ query: unmappedImpressionsQuery, row: unmappedImpressionRow },
    },
    unmappedImpressions,
  );
  configList(
    api,
    deps,
    {
      ...{ path: '/api/config/impression-search', tag, summary: 'DSP advertisers that an agency has impressions of' },
      description: 'Those that belong to nobody first, then by impressions.',
      ...{ query: impressionSearchQuery, row: impressionSearchRow },
    },
    searchImpressions,
  );
  configList(
    api,
    deps,
    {
      ...{ path: '/api/config/campaign-mappings', tag, summary: 'Mappings, and what becomes of them' },
      ...{ query: campaignMappingsQuery, row: campaignMappingRow },
    },
    listMappings,
  );
  configList(
    api,
    deps,
    {
      ...{ path: '/api/config/mapping-conflicts', tag, summary: 'What is assigned in two ways that cannot both be true' },
      description: 'Campaigns, domains and places, with what goes to nobody for it: impressions of 30 days, events of 7.',
      ...{ query: mappingConflictsQuery, row: mappingConflictRow },
    },
    listConflicts,
  );
  configList(
    api,
    deps,
    {
      ...{ path: '/api/config/dsp-platforms', tag, summary: 'Ad platforms' },
      description: 'Those that REF_DSP_PLATFORM names, and those that mappings have besides.',
      ...{ query: dspPlatformsQuery, row: dspPlatformRow },
    },
    listPlatforms,
  );
  configOne(
    api,
    deps,
    {
      ...{ path: '/api/config/explain-impression', tag, summary: 'Why an impression counts for an advertiser, or for nobody' },
      ...{ query: explainImpressionQuery, data: impressionExplanation },
    },
    explainImpression,
  );
}

function mapRoutes(api: Api, deps: ApiDeps): void {
  configWrite(
    api,
    deps,
    {
      ...{ path: '/api/config/map-campaign', tag, summary: 'Give a campaign to an advertiser' },
      description:
        'A line item may be named without an insertion order. A mapping that is more or less exact than others is no conflict with them.',
      ...{ body: mapCampaignBody, data: mapCampaignAnswer },
    },
    async (ctx, body) => {
      const { agency_id: agencyId, replace, expected_version: expectedVersion } = body;
      const pathOf = (_: number, field: string): string => `body.${field}`;
      const done = await mapCampaigns(ctx, { agencyId, mappings: [body], replace, expectedVersion, pathOf });
      const [[wanted], [mapped]] = [done.wanted, done.mapped];
      if (wanted === undefined || mapped === undefined) throw new Error('A mapping was asked for.');
      const advertiser = done.after.since(wanted.advertiserId);
      return {
        data: {
          ...mapped,
          mapping_state: mappingState(done.after.world.index, wanted),
          impressions_gained: advertiser.impressions_gained,
          advertiser,
          audit_id: done.changed.auditId,
        },
        warnings: done.warnings,
      };
    },
  );
  configWrite(
    api,
    deps,
    {
      ...{ path: '/api/config/map-campaigns', tag, summary: 'Give several campaigns to advertisers' },
      description: 'All of them or none: every mistake is told.',
      ...{ body: mapCampaignsBody, data: mapCampaignsAnswer },
    },
    async (ctx, { agency_id: agencyId, mappings, replace }) => {
      const pathOf = (index: number, field: string): string => `body.mappings.${index}.${field}`;
      const done = await mapCampaigns(ctx, { agencyId, mappings, replace, pathOf });
      const given = new Set(done.wanted.map(({ advertiserId }) => advertiserId));
      const gained = [...given].map((id) => done.after.since(id).impressions_gained);
      const inState = (state: string): number => done.mapped.filter((one) => one.state === state).length;
      return {
        data: {
          mappings: [...done.mapped],
          ...{ created: inState('created'), unchanged: inState('unchanged'), replaced: inState('replaced') },
          impressions_gained: gained.includes(null) ? null : gained.reduce<number>((sum, one) => sum + (one ?? 0), 0),
          advertisers: done.advertiserIds.map((id) => done.after.since(id)),
          audit_id: done.changed.auditId,
        },
        warnings: done.warnings,
      };
    },
  );
}

function changeRoutes(api: Api, deps: ApiDeps): void {
  configWrite(
    api,
    deps,
    {
      ...{ path: '/api/config/remap-campaign', tag, summary: 'Give a mapping to another advertiser' },
      ...{ body: remapCampaignBody, data: remapCampaignAnswer },
    },
    async (ctx, body) => {
      const done = await remapCampaign(ctx, { ...requestOf(body), advertiserId: body.quorum_advertiser_id });
      const { rows, first, state, after, changed, warnings } = done;
      return {
        data: {
          mapping_id: first.mappingId,
          state,
          rows_changed: state === 'unchanged' ? 0 : rows.length,
          mapping_state: mappingState(after.world.index, first),
          from: first.advertiserId === null ? null : after.since(first.advertiserId),
          advertiser: after.since(body.quorum_advertiser_id),
          audit_id: changed.auditId,
        },
        warnings,
      };
    },
  );
  configWrite(
    api,
    deps,
    {
      ...{ path: '/api/config/unmap-campaign', tag, summary: 'Take a mapping out' },
      ...{ body: unmapCampaignBody, data: unmapCampaignAnswer },
    },
    async (ctx, body) => {
      const { rows, first, after, changed } = await unmapCampaign(ctx, requestOf(body));
      return {
        data: {
          rows_removed: rows.length,
          mapping_state: mappingState(after.world.index, first),
          advertiser: first.advertiserId === null ? null : after.since(first.advertiserId),
          audit_id: changed.auditId,
        },
        warnings: after.warnings,
      };
    },
  );
}

interface OneMappingBody {
  readonly agency_id: string;
  readonly mapping_id?: string | undefined;
  readonly mapping?: RequestedMapping | undefined;
  readonly expected_version?: number | undefined;
}

function requestOf({ agency_id: agencyId, mapping_id: mappingId, mapping, expected_version: expectedVersion }: OneMappingBody) {
  const place: MappingPlace =
    mapping === undefined
      ? { mappingId: mappingId ?? '' }
      : { key: campaignKeyOf(agencyId, mapping), advertiserId: mapping.quorum_advertiser_id };
  return { agencyId, place, expectedVersion };
}
