import { z } from 'zod';
import { EVENT_TYPES } from '../../pixel/event-type.ts';
import { PLATFORMS } from '../../pixel/platforms.ts';
import { expectedVersion, flagParam, idParam, limitParam, offsetParam, reasonParam } from './envelope.ts';

/** Web pixels: what sites report, which advertiser a domain belongs to, and how a tag is put into a site. */

const instant = z.string().describe('ISO 8601, UTC');
const platform = z.enum(PLATFORMS);
const count = z.int().min(0);

export const daysParam = z.coerce.number().int().min(1).max(30).default(7).describe('how many days back, 1 to 30');

/** A domain, host or URL as people write it; what it means is decided where it is used. */
const domainText = z.string().trim().min(1).max(2048);
const noteText = z.string().trim().max(500);

export const detection = z
  .strictObject({
    platform: platform.describe('what the site runs on; STANDARD when nothing points to anything'),
    rule: z.string().describe('the rule that said so; `override` for what a person chose, `none` when no rule did'),
    evidence: z.string().nullable().describe('what the rule saw, in words'),
    confidence: z.number().min(0).max(1).describe('how sure that is, 0 to 1'),
    override: platform.nullable().describe('what a person chose; it wins over every rule'),
    hits: count.describe('events of the sample that the rule matched; of a rule about hosts, hosts'),
    sampled: count.describe('events that were looked at: the newest 50 of the domain'),
  })
  .meta({ id: 'PixelDetection', description: 'What a site runs on, and how that is known.' });

export const unmappedPixelRow = z
  .strictObject({
    AGENCY_ID: z.string().describe('the agency whose pixel it is'),
    BASE_DOMAIN: z.string().describe('the registrable domain'),
    HOSTS: z.array(z.string()).describe('its hosts that belong to nobody, most events first; 20 at most'),
    HOST_COUNT: count.describe('how many such hosts there are'),
    EVENT_COUNT: count.describe('events of these hosts in the days looked at'),
    UNIQUE_IPS: count.nullable().describe('different addresses that these events came from; null when the events have none'),
    PURCHASES: count.describe('purchases (`purchase`, `sale`, `conversion`)'),
    LEADS: count.describe('leads (`lead`, `submit_lead`)'),
    SITE_VISITS: count.describe('`site_visit`'),
    OTHER_EVENTS: count.describe('events of any other type'),
    REVENUE: z.string().nullable().describe('sum of the values of purchases, as decimal text; null when none could be read'),
    UNREADABLE_VALUES: count.describe('purchases whose value is not readable as a number'),
    FIRST_SEEN: instant,
    LAST_SEEN: instant,
    STATE: z.enum(['UNMAPPED', 'PARTIAL']).describe('PARTIAL when other hosts of the domain belong to somebody'),
    MAPPED_TO: z.array(z.string()).describe('the advertisers who have other hosts of the domain'),
    DETECTED_PLATFORM: platform,
    RULE_ID: z.string().describe('the rule that found the platform; `override` when a person chose it'),
    CONFIDENCE: z.number().min(0).max(1),
    EVIDENCE: z.string().nullable().describe('what the rule saw'),
    IS_IGNORED: z.boolean().describe('somebody marked it to be left out'),
    NOTE: z.string().nullable().describe('why it is ignored or of this platform, as they said'),
    NO_HOST_EVENTS: count.describe("events of the agency in these days whose page's address has no host"),
    EFFECTIVE_DAYS: z.number().min(0).describe('days that there are events of, when fewer than were asked for'),
  })
  .meta({ id: 'UnmappedPixelRow', description: 'A domain that pixels report and that belongs to no advertiser.' });

export type UnmappedPixelRow = z.infer<typeof unmappedPixelRow>;

export const unmappedPixelsQuery = z.strictObject({
  agency_id: idParam.optional().describe('one agency; by default all that you may see'),
  days: daysParam,
  min_events: z.coerce.number().int().min(0).max(1_000_000_000).default(10).describe('fewest events of a domain'),
  platform: platform.optional().describe('only domains of this platform'),
  search: z.string().trim().max(200).optional().describe('only domains of which a host has this in it'),
  ignored: flagParam(false).describe('`true` lists what is ignored, instead of what is not'),
  limit: limitParam(50, 200),
  offset: offsetParam,
});

export const pixelPreviewQuery = z.strictObject({
  agency_id: idParam.describe('the agency'),
  domain: domainText.describe('a domain, host or URL; a registrable domain stands for all its hosts'),
  days: daysParam,
});

export const pixelPreview = z
  .strictObject({
    agency_id: z.string(),
    domain: z.string().describe('the domain or host, normalised'),
    base_domain: z.string().describe('the registrable domain'),
    hosts: z
      .array(
        z.strictObject({
          host: z.string(),
          events: count,
          state: z.enum(['MAPPED', 'CONFLICT', 'UNMAPPED']),
          advertiser_ids: z.array(z.string()).describe('who has it; several are a conflict, and its events go to neither'),
        }),
      )
      .describe('most events first; 100 at most'),
    host_count: count,
    event_types: z.array(
      z.strictObject({
        event_type: z.string().describe('as the site writes it'),
        meaning: z.enum(EVENT_TYPES),
        count,
        unique_ips: count.nullable(),
      }),
    ),
    samples: z
      .array(
        z.strictObject({
          at: instant,
          event_type: z.string().nullable(),
          meaning: z.enum(EVENT_TYPES),
          page_url: z.string().describe('with identifiers left out'),
          referrer: z.string().nullable().describe('host of the page before'),
          ip: z.string().nullable().describe('the network only: /24 of IPv4, /48 of IPv6'),
          value: z.string().nullable().describe('as the site writes it'),
          parameters: z
            .array(z.strictObject({ name: z.string(), value: z.string() }))
            .describe('each value cut at 200 characters, identifiers left out'),
        }),
      )
      .describe('the newest five'),
    detection,
    total_events: count,
    unique_ips: count.nullable(),
    revenue: z.string().nullable().describe('sum of the values of purchases, as decimal text'),
    unreadable_values: count,
    first_seen: instant.nullable(),
    last_seen: instant.nullable(),
    days: count.describe('days that were asked for; everything here is of the same days'),
    effective_days: z.number().min(0).describe('days that the agency has events of, when fewer'),
    ignored: z.boolean(),
    note: z.string().nullable(),
  })
  .meta({ id: 'PixelPreview', description: 'What pixels report of one domain.' });

export type PixelPreview = z.infer<typeof pixelPreview>;

export const URL_PROBLEMS = [
  'no_host',
  'ip_address',
  'single_label',
  'public_suffix',
  'path_ignored',
  'duplicate',
  'conflict',
  'overlap',
  'no_advertiser',
] as const;

export const mappedUrlsQuery = z.strictObject({
  agency_id: idParam.describe('the agency'),
  advertiser_id: idParam.optional().describe('one advertiser'),
  search: z.string().trim().max(200).optional().describe('only what has this in its URL or host'),
  problems_only: flagParam(false).describe('`true` lists only what has problems'),
  limit: limitParam(100, 500),
  offset: offsetParam,
});

export const mappedUrl = z
  .strictObject({
    url: z.string().describe('as it is stored'),
    host: z.string().nullable().describe('what it means, normalised; null when it is no host'),
    agency_id: z.string(),
    advertiser_id: z.string().nullable(),
    advertiser_name: z.string().nullable(),
    is_poi: z.boolean().describe('it is a store locator'),
    created_at: instant.nullable().describe('when it was made; ISO 8601, UTC'),
    events_7d: count
      .nullable()
      .describe('events of the last 7 days that it brings its advertiser; null when there is no table of events'),
    platform: platform.nullable().describe('what a person said that the site runs on'),
    problems: z.array(
      z.strictObject({
        code: z.enum(URL_PROBLEMS),
        message: z.string(),
      }),
    ),
  })
  .meta({ id: 'MappedUrl', description: 'A domain that belongs to an advertiser.' });

export type MappedUrl = z.infer<typeof mappedUrl>;

export const pixelInstructionsQuery = z.strictObject({
  agency_id: idParam.describe('the agency'),
  advertiser_id: idParam.describe('the advertiser'),
  platform: platform.optional().describe("what the site runs on; by default what is stored of the advertiser's site"),
});

export const pixelInstructions = z
  .strictObject({
    agency_id: z.string(),
    advertiser_id: z.string(),
    platform,
    platform_name: z.string(),
    stored_platform: platform.nullable().describe("what is stored of the advertiser's site"),
    macro: z.string().describe('the ids as every tag has them: `AG=…&ADV=…`'),
    collector_url: z
      .string()
      .nullable()
      .describe('where tags send to (`pixel.collectorUrl` of aquarius.yaml); null when it is not set'),
    place: z.string().describe('where the tag goes, in a sentence'),
    steps: z.array(
      z.strictObject({
        text: z.string(),
        code: z
          .strictObject({
            language: z.enum(['html', 'javascript', 'php', 'text']),
            file: z.string().nullable().describe('what to call it, where it is a file'),
            text: z.string().describe('to be copied as it is'),
          })
          .nullable(),
      }),
    ),
    reads: z.array(z.string()).describe('what the tag can read there'),
    notes: z.array(z.string()),
    platforms: z.array(z.strictObject({ platform, name: z.string() })).describe('what there are instructions for'),
  })
  .meta({ id: 'PixelInstructions', description: "How a tag is put into an advertiser's site." });

export type PixelInstructions = z.infer<typeof pixelInstructions>;

const changed = {
  audit_id: z.string().nullable().describe('the entry of the audit log; null when nothing was changed'),
  config_version: z.int().min(0).nullable().describe("CONFIG_VERSION of the advertiser's row since; null when there is no row"),
};

export const configureDomainBody = z.strictObject({
  agency_id: idParam,
  advertiser_id: idParam,
  url: domainText.describe('a host or URL; only its host counts'),
  advertiser_name: z.string().trim().min(1).max(200).optional().describe('by default the name that the warehouse has'),
  is_poi: z.boolean().optional().describe('it is a store locator; by default not, and of what is there as it is'),
  web_visit_source: z.enum(['QUORUM_ADV_WEB_VISITS', 'PARAMOUNT_SITEVISITS']).optional(),
  platform_override: platform.optional().describe('what the site runs on, instead of what is detected'),
  replace: z.boolean().default(false).describe('takes the domain from the advertiser that has it, instead of refusing'),
  expected_version: expectedVersion,
  reason: reasonParam,
});

export const configureDomainAnswer = z
  .strictObject({
    state: z.enum(['created', 'unchanged', 'updated', 'replaced']),
    advertiser_id: z.string(),
    host: z.string().describe('what is stored'),
    base_domain: z.string(),
    is_poi: z.boolean(),
    replaced: z.array(z.string()).describe('the advertisers who had it'),
    events_gained_7d: count.nullable().describe('events of the last 7 days that now count for the advertiser and did not before'),
    detection,
    stored_platform: z.string().nullable().describe("WEB_PIXEL_INTEGRATION_TYPE of the advertiser's row since"),
    domain_count: count.describe('hosts that the advertiser has since'),
    ...changed,
  })
  .meta({ id: 'DomainConfigured' });

export const configureDomainsBody = z.strictObject({
  agency_id: idParam,
  domains: z
    .array(z.strictObject({ advertiser_id: idParam, url: domainText, is_poi: z.boolean().optional() }))
    .min(1)
    .max(500)
    .describe('all are taken or none'),
  replace: z.boolean().default(false).describe('takes domains from the advertisers that have them, instead of refusing'),
  reason: reasonParam,
});

export const configureDomainsAnswer = z
  .strictObject({
    created: count,
    updated: count,
    replaced: count,
    unchanged: count,
    domains: z.array(
      z.strictObject({
        advertiser_id: z.string(),
        url: z.string(),
        host: z.string(),
        state: z.enum(['created', 'unchanged', 'updated', 'replaced']),
        replaced: z.array(z.string()),
      }),
    ),
    events_gained_7d: count
      .nullable()
      .describe('events of the last 7 days that now count for these advertisers and did not before'),
    audit_id: changed.audit_id,
  })
  .meta({ id: 'DomainsConfigured' });

export const removeDomainBody = z.strictObject({
  agency_id: idParam,
  advertiser_id: idParam,
  url: domainText.describe('in any spelling; what is no host is compared as it is written'),
  expected_version: expectedVersion,
  reason: reasonParam,
});

export const removeDomainAnswer = z
  .strictObject({
    deleted: count.describe('rows that were removed: one for each spelling of the host'),
    host: z.string().nullable(),
    events_lost_7d: count.nullable().describe('events of the last 7 days that no longer count for the advertiser'),
    domain_count: count.describe('hosts that the advertiser still has'),
    ...changed,
  })
  .meta({ id: 'DomainRemoved' });

export const reassignDomainBody = z.strictObject({
  agency_id: idParam,
  url: domainText,
  from_advertiser_id: idParam,
  to_advertiser_id: idParam,
  expected_version: expectedVersion.describe('CONFIG_VERSION of the advertiser it is taken from'),
  reason: reasonParam,
});

export const reassignDomainAnswer = z
  .strictObject({
    moved: count.describe('rows that were moved'),
    host: z.string(),
    from_advertiser_id: z.string(),
    to_advertiser_id: z.string(),
    events_gained_7d: count
      .nullable()
      .describe('events of the last 7 days that now count for the new advertiser and did not before'),
    from_domain_count: count,
    to_domain_count: count,
    audit_id: changed.audit_id,
  })
  .meta({ id: 'DomainReassigned' });

export const ignoreDomainBody = z.strictObject({
  agency_id: idParam,
  domain: domainText.describe('a domain, host or URL; its registrable domain is ignored'),
  note: noteText.optional().describe('why, for those who look at it later'),
  reason: reasonParam,
});

export const unignoreDomainBody = z.strictObject({ agency_id: idParam, domain: domainText, reason: reasonParam });

export const overridePlatformBody = z.strictObject({
  agency_id: idParam,
  domain: domainText.describe('a domain, host or URL; it holds for its registrable domain'),
  platform: platform.nullable().describe('what the site runs on; null goes back to what is detected'),
  note: noteText.optional(),
  reason: reasonParam,
});

export const domainSettingAnswer = z
  .strictObject({
    domain: z.string().describe('the registrable domain'),
    ignored: z.boolean(),
    platform_override: platform.nullable(),
    note: z.string().nullable(),
    state: z.enum(['changed', 'unchanged']),
    advertisers: z.array(z.string()).describe('whose WEB_PIXEL_INTEGRATION_TYPE was set with it'),
    audit_id: changed.audit_id,
  })
  .meta({ id: 'PixelDomainSetting', description: 'What people decided about a domain.' });

export type DomainSettingAnswer = z.infer<typeof domainSettingAnswer>;
