import type { SegmentCounts } from '../audience/count.ts';
import type { Settings } from '../config/settings.ts';
import type { Exposures, Reach } from '../reach/reach.ts';
import type { Catalogue } from '../warehouse/catalogue.ts';
import type { Candidate } from './candidate.ts';
import type { RuleResult } from './readiness.ts';

/** Rules that the mapping tables decide: is anything the advertiser's, and is too much of it somebody else's too? */
export async function dataRules(
  reach: Reach,
  catalogue: Catalogue,
  candidate: Candidate,
  exposures: Exposures,
  policy: Settings['policy'],
): Promise<readonly RuleResult[]> {
  return [
    await mappingRule(reach, catalogue, candidate),
    domainsRule(exposures),
    await placesRule(reach, candidate, policy),
    conflictsRule(exposures, policy),
  ];
}

async function mappingRule(reach: Reach, catalogue: Catalogue, candidate: Candidate): Promise<RuleResult> {
  const rule = 'MAPPING';
  const { agencyId, advertiserId, sources, strategy } = candidate.spec.exposures;
  const readsLogs = sources.some((source) => source.endsWith('_LOG') || source.endsWith('_LOG_V2'));
  if (!readsLogs || strategy === 'DIRECT_AG') return { rule, status: 'PASS', detail: 'needs no mapping' };
  if (sources.some((source) => catalogue.table(source).has('ADVERTISER_ID')))
    return { rule, status: 'PASS', detail: 'rows name their advertiser' };
  const { usable, unreadable } = (await reach.mappings(agencyId, strategy)).get(advertiserId) ?? { usable: 0, unreadable: 0 };
  const note = unreadable === 0 ? '' : `, ${unreadable} with an unreadable platform type`;
  if (usable > 0)
    return { rule, status: unreadable === 0 ? 'PASS' : 'WARN', detail: `${usable} mapping${usable === 1 ? '' : 's'}${note}` };
  return { rule, status: 'FAIL', detail: `PIXEL_CAMPAIGN_MAPPING_V2 has no usable row for this advertiser${note}` };
}

function domainsRule({ domains }: Exposures): RuleResult {
  const rule = 'DOMAINS';
  if (domains === null) return { rule, status: 'PASS', detail: 'needs no domain' };
  if (domains.owned > 0) return { rule, status: 'PASS', detail: `${domains.owned} mapped` };
  const detail =
    domains.contested > 0
      ? 'every mapped host is mapped to another advertiser too'
      : 'ADVERTISER_DOMAIN_MAPPING has no usable host';
  return { rule, status: 'FAIL', detail };
}

/**
 * Who was seen at a sensitive place is not told to partners. A visit does not say which of the advertiser's places it was to, so one place of
 * a denied category denies the audience.
 */
async function placesRule(reach: Reach, candidate: Candidate, policy: Settings['policy']): Promise<RuleResult> {
  const rule = 'PLACES';
  const { agencyId, advertiserId, sources } = candidate.spec.exposures;
  if (!sources.includes('STORE_VISITS')) return { rule, status: 'PASS', detail: 'needs no place' };
  const categories = (await reach.places(agencyId)).get(advertiserId) ?? new Map<string | null, number>();
  const denied = [...categories].flatMap(([name, places]) =>
    name !== null && isDenied(name, policy.deniedPlaceCategories) ? [{ name, places }] : [],
  );
  if (denied.length > 0) {
    const detail = denied.map(({ name, places }) => `${places} of ${name}`).join(', ');
    return { rule, status: 'FAIL', detail: `places of a category that policy.deniedPlaceCategories denies: ${detail}` };
  }
  const unknown = categories.get(null) ?? 0;
  if (unknown > 0 || categories.size === 0)
    return {
      rule,
      status: 'WARN',
      detail: categories.size === 0 ? 'no place is assigned' : `places without a category: ${unknown}`,
    };
  return { rule, status: 'PASS', detail: [...categories.keys()].join(', ') };
}

function isDenied(category: string, words: readonly string[]): boolean {
  return words.some((word) => category.toLowerCase().includes(word.toLowerCase()));
}

function conflictsRule(exposures: Exposures, policy: Settings['policy']): RuleResult {
  const rule = 'CONFLICTS';
  const summaries = Object.values(exposures.ownership);
  const contested = summaries.reduce((sum, { contestedRows }) => sum + contestedRows, 0);
  if (contested === 0) return { rule, status: 'PASS', detail: 'none' };
  const owned = summaries.reduce((sum, { ownedRows }) => sum + ownedRows, 0);
  const share = contested / (owned + contested);
  const detail = `${contested} rows are mapped to another advertiser too and go to neither (${(share * 100).toFixed(1)} %)`;
  return { rule, status: share > policy.maxConflictShare ? 'FAIL' : 'WARN', detail };
}

/** A segment needs impressions in its look-back, whoever they were shown to. */
export function rowsRule(segments: number): RuleResult {
  const rule = 'SOURCE_ROWS';
  if (segments === 0) return { rule, status: 'FAIL', detail: 'no rows in the look-back' };
  return { rule, status: 'PASS', detail: `${segments} segment${segments === 1 ? '' : 's'}` };
}

/** A segment that is too small is not delivered: small groups can be recognised, and partners refuse them. */
export function floorRule(candidate: Candidate, counts: Pick<SegmentCounts, 'written'>): RuleResult {
  const rule = 'FLOOR';
  const detail = `${counts.written} identifiers, ${candidate.floor} needed`;
  if (counts.written >= candidate.floor && counts.written > 0) return { rule, status: 'PASS', detail };
  return counts.written === 0
    ? { rule, status: 'FAIL', reason: 'empty', detail: 'no identifier is left' }
    : { rule, status: 'FAIL', detail };
}
