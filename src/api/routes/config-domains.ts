import { type Configured, configureDomains } from '../../admin/domains/configure-domains.ts';
import { pixelInstructions as readInstructions } from '../../admin/domains/instructions.ts';
import { mappedUrls } from '../../admin/domains/mapped-urls.ts';
import { reassignDomain, removeDomain } from '../../admin/domains/move-domains.ts';
import { previewDomain } from '../../admin/domains/preview-domain.ts';
import { ignoreDomain, overridePlatform, unignoreDomain } from '../../admin/domains/set-domain.ts';
import { listUnmapped } from '../../admin/domains/unmapped-domains.ts';
import {
  configureDomainAnswer,
  configureDomainBody,
  configureDomainsAnswer,
  configureDomainsBody,
  domainSettingAnswer,
  ignoreDomainBody,
  mappedUrl,
  mappedUrlsQuery,
  overridePlatformBody,
  pixelInstructions,
  pixelInstructionsQuery,
  pixelPreview,
  pixelPreviewQuery,
  reassignDomainAnswer,
  reassignDomainBody,
  removeDomainAnswer,
  removeDomainBody,
  unignoreDomainBody,
  unmappedPixelRow,
  unmappedPixelsQuery,
} from '../../shapes/config/domains.ts';
import { configList, configOne, configWrite } from '../config-route.ts';
import type { ApiDeps } from '../deps.ts';
import type { Api } from '../env.ts';

const TAG = 'Web pixels';

/** What pixels report, and which advertiser a domain belongs to. */
export function configDomainRoutes(api: Api, deps: ApiDeps): void {
  readRoutes(api, deps);
  mappingRoutes(api, deps);
  settingRoutes(api, deps);
}

function readRoutes(api: Api, deps: ApiDeps): void {
  configList(
    api,
    deps,
    {
      path: '/api/config/unmapped-webpixels',
      tag: TAG,
      summary: 'Domains that pixels report and that belong to no advertiser, most events first',
      description: 'What is mapped or ignored is left out before a page is taken. All figures are of the same days.',
      query: unmappedPixelsQuery,
      row: unmappedPixelRow,
    },
    (admin, { days, min_events: minEvents, ignored, search, platform, limit, offset }) =>
      listUnmapped(admin, { days, minEvents, ignored, search, platform, limit, offset }),
  );
  configOne(
    api,
    deps,
    {
      path: '/api/config/pixel-preview',
      tag: TAG,
      summary: 'What pixels report of one domain',
      description: 'Types of events, the newest of them without what tells people apart, and what the site runs on.',
      query: pixelPreviewQuery,
      data: pixelPreview,
    },
    (admin, { agency_id: agencyId, domain: text, days }) => previewDomain(admin, { agencyId, text, days }),
  );
  configList(
    api,
    deps,
    {
      path: '/api/config/mapped-urls',
      tag: TAG,
      summary: 'Domains that belong to advertisers, with what is wrong with each',
      query: mappedUrlsQuery,
      row: mappedUrl,
    },
    (admin, { agency_id: agencyId, advertiser_id: advertiserId, search, problems_only: problemsOnly, limit, offset }) =>
      mappedUrls(admin, { agencyId, advertiserId, search, problemsOnly, limit, offset }),
  );
  configOne(
    api,
    deps,
    {
      path: '/api/config/pixel-instructions',
      tag: TAG,
      summary: "How a tag is put into an advertiser's site",
      query: pixelInstructionsQuery,
      data: pixelInstructions,
    },
    (admin, { agency_id: agencyId, advertiser_id: advertiserId, platform }) =>
      readInstructions(admin, { agencyId, advertiserId, platform }),
  );
}

function mappingRoutes(api: Api, deps: ApiDeps): void {
  configWrite(
    api,
    deps,
    {
      path: '/api/config/configure-domain',
      tag: TAG,
      summary: 'Give a domain to an advertiser',
      description:
        'In any spelling; the host is kept. Of a domain that another advertiser of the agency has: 409, unless `replace` is true.',
      body: configureDomainBody,
      data: configureDomainAnswer,
    },
    async (admin, body) => {
      const { advertiser_id: advertiserId, url, is_poi: isPoi } = body;
      const done = await configureDomains(admin, {
        agencyId: body.agency_id,
        wanted: [{ advertiserId, url, isPoi }],
        replace: body.replace,
        pathOf: (_, field) => `body.${field}`,
        advertiserName: body.advertiser_name,
        webVisitSource: body.web_visit_source,
        platformOverride: body.platform_override,
        expectedVersion: body.expected_version,
      });
      return { data: configuredAnswer(done, advertiserId), warnings: done.warnings };
    },
  );
  configWrite(
    api,
    deps,
    {
      path: '/api/config/configure-domains',
      tag: TAG,
      summary: 'Give up to 500 domains to advertisers, all or none',
      body: configureDomainsBody,
      data: configureDomainsAnswer,
    },
    async (admin, { agency_id: agencyId, domains, replace }) => {
      const { planned, eventsGained, auditId, warnings } = await configureDomains(admin, {
        agencyId,
        wanted: domains.map(({ advertiser_id: advertiserId, url, is_poi: isPoi }) => ({ advertiserId, url, isPoi })),
        replace,
        pathOf: (index, field) => `body.domains.${index}.${field}`,
      });
      const of = (wanted: string) => planned.filter(({ state }) => state === wanted).length;
      const data = {
        created: of('created'),
        updated: of('updated'),
        replaced: of('replaced'),
        unchanged: of('unchanged'),
        domains: planned.map(({ wanted: { advertiserId, url }, host, state, holders }) => ({
          advertiser_id: advertiserId,
          url,
          host,
          state,
          replaced: [...holders],
        })),
        events_gained_7d: eventsGained,
        audit_id: auditId,
      };
      return { data, warnings };
    },
  );
  configWrite(
    api,
    deps,
    {
      path: '/api/config/remove-domain',
      tag: TAG,
      summary: 'Take a domain from an advertiser',
      description: 'Every row of the advertiser that means the same host is removed, however it is written.',
      body: removeDomainBody,
      data: removeDomainAnswer,
    },
    async (admin, { agency_id: agencyId, advertiser_id: advertiserId, url, expected_version: expectedVersion }) => {
      const { warnings, ...done } = await removeDomain(admin, { agencyId, advertiserId, url, expectedVersion });
      const data = {
        deleted: done.deleted,
        host: done.host,
        events_lost_7d: done.eventsLost,
        domain_count: done.hostCount,
        audit_id: done.auditId,
        config_version: done.configVersion,
      };
      return { data, warnings };
    },
  );
  configWrite(
    api,
    deps,
    {
      path: '/api/config/reassign-domain',
      tag: TAG,
      summary: 'Move a domain from one advertiser to another',
      body: reassignDomainBody,
      data: reassignDomainAnswer,
    },
    async (admin, body) => {
      const {
        agency_id: agencyId,
        url,
        from_advertiser_id: from,
        to_advertiser_id: to,
        expected_version: expectedVersion,
      } = body;
      const { warnings, ...done } = await reassignDomain(admin, { agencyId, url, from, to, expectedVersion });
      const data = {
        moved: done.moved,
        host: done.host,
        from_advertiser_id: from,
        to_advertiser_id: to,
        events_gained_7d: done.eventsGained,
        from_domain_count: done.fromCount,
        to_domain_count: done.toCount,
        audit_id: done.auditId,
      };
      return { data, warnings };
    },
  );
}

function settingRoutes(api: Api, deps: ApiDeps): void {
  configWrite(
    api,
    deps,
    {
      path: '/api/config/ignore-domain',
      tag: TAG,
      summary: 'Leave a domain out of discovery',
      body: ignoreDomainBody,
      data: domainSettingAnswer,
    },
    (admin, { agency_id: agencyId, domain: text, note }) => ignoreDomain(admin, { agencyId, text, note }),
  );
  configWrite(
    api,
    deps,
    {
      path: '/api/config/unignore-domain',
      tag: TAG,
      summary: 'Take a domain back into discovery',
      body: unignoreDomainBody,
      data: domainSettingAnswer,
    },
    (admin, { agency_id: agencyId, domain: text }) => unignoreDomain(admin, { agencyId, text }),
  );
  configWrite(
    api,
    deps,
    {
      path: '/api/config/override-platform',
      tag: TAG,
      summary: 'Say what a site runs on, instead of what is detected',
      description: 'It wins over detection everywhere, until it is set to null.',
      body: overridePlatformBody,
      data: domainSettingAnswer,
    },
    (admin, { agency_id: agencyId, domain: text, platform, note }) => overridePlatform(admin, { agencyId, text, platform, note }),
  );
}

function configuredAnswer({ planned, detections, ...done }: Configured, advertiserId: string) {
  const [plan] = planned;
  const [detection] = detections;
  if (plan === undefined || detection === undefined) throw new Error('nothing was planned');
  return {
    state: plan.state,
    advertiser_id: advertiserId,
    host: plan.host,
    base_domain: plan.domain,
    is_poi: plan.isPoi,
    replaced: [...plan.holders],
    events_gained_7d: done.eventsGained,
    detection,
    stored_platform: done.storedPlatform(advertiserId),
    domain_count: done.hostCount(advertiserId),
    audit_id: done.auditId,
    config_version: done.configVersion(advertiserId),
  };
}
