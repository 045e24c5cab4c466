import type { AdvertiserConfig } from '../../config/advertiser-config.ts';
import type { CadenceDefaults } from '../../config/cadence.ts';
import { booleanOf } from '../../config/values.ts';
import type { AgencyHealth } from '../../shapes/config/health.ts';
import type { AgencyFacts } from './agency-facts.ts';
import { deliveryHealth } from './delivery-health.ts';

type Finding = AgencyHealth['FINDINGS'][number];
type Cell = AgencyHealth['CELLS']['POIS'];

/** Fewest impressions of a DSP advertiser that is missed when it is not mapped. */
const FEWEST_IMPRESSIONS = 100;
const SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'] as const;
const OVERALL = { CRITICAL: 'CRITICAL', HIGH: 'NEEDS_ATTENTION', MEDIUM: 'MINOR_GAPS', LOW: 'MINOR_GAPS' } as const;

/** Puts together what was found of one agency. */
export function judgeAgency(
  agencyId: string,
  configs: readonly AdvertiserConfig[],
  facts: AgencyFacts,
  { now, defaults }: { readonly now: Date; readonly defaults: CadenceDefaults },
): AgencyHealth {
  const active = configs.filter(({ status }) => status === 'ACTIVE');
  const assigned = assignedOf(agencyId, configs, facts);
  const dsps = facts.campaigns?.filter((dsp) => dsp.agencyId === agencyId) ?? null;
  const unmapped =
    dsps?.filter(({ state, impressions }) => state !== 'MAPPED' && impressions >= FEWEST_IMPRESSIONS).length ?? null;
  const conflicts = facts.conflicts?.filter((conflict) => conflict.agencyId === agencyId).length ?? null;
  const own = facts.deliveries?.filter((delivery) => delivery.agencyId === agencyId) ?? null;
  const deliveries = own === null ? null : deliveryHealth(own, now, defaults);
  const dims = facts.dimensions === null ? null : (facts.dimensions.get(agencyId) ?? NO_IMPRESSIONS);
  const hasFlag = (column: string): boolean => active.some(({ row }) => booleanOf(row[column]) === true);
  const pois = assigned === null ? null : assigned.places > 0 || hasFlag('HAS_STORE_VISIT_ATTRIBUTION');
  const urls = assigned === null ? null : assigned.hosts > 0 || hasFlag('HAS_WEB_VISIT_ATTRIBUTION');
  const findings = findingsOf({ unmapped, conflicts, deliveries, dims, pois, urls });
  const notChecked = [
    ...(assigned === null ? ['assignments'] : []),
    ...(unmapped === null ? ['unmapped campaigns'] : []),
    ...(conflicts === null ? ['conflicts'] : []),
    ...(dims === null ? ['dimensions of impressions'] : []),
    ...(facts.pixels === null ? ['pixel events'] : []),
    ...(deliveries === null ? ['deliveries'] : []),
  ];
  const [worst] = findings;
  const impressions = dims?.impressions ?? dsps?.reduce((sum, dsp) => sum + dsp.impressions30, 0) ?? null;
  return {
    AGENCY_ID: agencyId,
    OVERALL: worst !== undefined ? OVERALL[worst.SEVERITY] : notChecked.length > 0 ? 'NOT_CHECKED' : 'HEALTHY',
    ADVERTISERS: active.length,
    CAMPAIGNS: assigned?.campaigns ?? null,
    POIS: assigned?.places ?? null,
    URLS: assigned?.hosts ?? null,
    UNMAPPED: unmapped,
    CONFLICTS: conflicts,
    DELIVERIES: deliveries,
    CELLS: {
      IMPRESSIONS: cell(impressions === null ? null : impressions > 0),
      CREATIVES: cell(dims === null ? null : dims.withCreative > 0),
      PUBLISHERS: cell(dims === null ? null : dims.withPublisher > 0),
      ZIP_CODES: cell(dims === null ? null : dims.withZip > 0),
      PIXEL_EVENTS: cell(facts.pixels?.has(agencyId) ?? null),
      POIS: cell(pois),
      URLS: cell(urls),
      DELIVERY: cell(deliveries === null ? null : deliveries.ON > 0),
    },
    FINDINGS: findings,
    NOT_CHECKED: notChecked,
  };
}

/** Tri-state: what was not looked at is never shown as a no. */
const cell = (known: boolean | null): Cell => (known === null ? 'NOT_CHECKED' : known ? 'YES' : 'NO');

const NO_IMPRESSIONS = {
  impressions: 0,
  withCreative: 0,
  withPublisher: 0,
  mayHavePublisher: 0,
  withZip: 0,
  withoutPlatform: 0,
  namelessCreatives: 0,
} as const;

function assignedOf(agencyId: string, configs: readonly AdvertiserConfig[], { assigned }: AgencyFacts) {
  if (assigned === null) return null;
  const ids = new Set([
    ...configs.map(({ advertiserId }) => advertiserId),
    ...assigned.advertisers.filter((each) => each.agencyId === agencyId).map(({ advertiserId }) => advertiserId),
  ]);
  const sums = { campaigns: 0, places: 0, hosts: 0 };
  for (const id of ids) {
    const { campaigns, places, hosts } = assigned.of(agencyId, id);
    sums.campaigns += campaigns;
    sums.places += places;
    sums.hosts += hosts.length;
  }
  return sums;
}

interface Judged {
  readonly unmapped: number | null;
  readonly conflicts: number | null;
  readonly deliveries: AgencyHealth['DELIVERIES'];
  readonly dims: Readonly<Record<keyof typeof NO_IMPRESSIONS, number>> | null;
  readonly pois: boolean | null;
  readonly urls: boolean | null;
}

/** What is wrong, worst first. */
function findingsOf({ unmapped, conflicts, deliveries, dims, pois, urls }: Judged): Finding[] {
  const found: Finding[] = [];
  const say = (isSo: boolean, SEVERITY: Finding['SEVERITY'], CODE: string, MESSAGE: string): void => {
    if (isSo) found.push({ SEVERITY, CODE, MESSAGE });
  };
  say(
    (unmapped ?? 0) > 0,
    'CRITICAL',
    'unmapped_campaigns',
    `${unmapped} advertisers of ad platforms have impressions that are not mapped.`,
  );
  say((deliveries?.FAILED ?? 0) > 0, 'CRITICAL', 'delivery_failed', `Deliveries whose last run failed: ${deliveries?.FAILED}.`);
  say(
    (deliveries?.LATE ?? 0) > 0,
    'CRITICAL',
    'delivery_late',
    `Deliveries that are late by more than a slot: ${deliveries?.LATE}.`,
  );
  say((deliveries?.BLOCKED ?? 0) > 0, 'HIGH', 'delivery_blocked', `Deliveries that are held up: ${deliveries?.BLOCKED}.`);
  say((conflicts ?? 0) > 0, 'HIGH', 'mapping_conflicts', `Campaigns that more than one advertiser claims: ${conflicts}.`);
  say(pois === false, 'HIGH', 'no_places', 'No place is assigned to anybody.');
  say(urls === false, 'HIGH', 'no_domains', 'No domain is mapped to anybody.');
  if (dims !== null && dims.impressions > 0) {
    const { namelessCreatives, withoutPlatform, withPublisher, mayHavePublisher, withZip } = dims;
    say(namelessCreatives > 0, 'MEDIUM', 'creatives_without_names', `Creatives without a name: ${namelessCreatives}.`);
    say(
      withoutPlatform > 0,
      'MEDIUM',
      'unreadable_platform',
      `Impressions with an unreadable platform type: ${withoutPlatform}.`,
    );
    say(mayHavePublisher > 0 && withPublisher === 0, 'LOW', 'no_publishers', 'No impression names its publisher.');
    say(withZip === 0, 'LOW', 'no_zip_codes', 'No impression has a zip code.');
  }
  return found.toSorted((left, right) => SEVERITIES.indexOf(left.SEVERITY) - SEVERITIES.indexOf(right.SEVERITY));
}
