import { type DomainOwners, isUnder } from '../../pixel/domains.ts';
import { hasPath, overlapText } from './mapped-urls.ts';
import type { PlannedDomain } from './plan-domains.ts';

/** What else to know about domains that were configured: entries of others above and below them, and what was not taken. */
export function planWarnings(owners: DomainOwners, planned: readonly PlannedDomain[]): readonly string[] {
  const warnings: string[] = [];
  for (const { host, wanted, state } of planned) {
    if (hasPath(wanted.url)) warnings.push(`${wanted.url}: only the host counts, so all of ${host} belongs to the advertiser.`);
    if (state === 'unchanged') continue;
    for (const [other, advertisers] of owners.entries) {
      const strangers = [...advertisers].filter((id) => id !== wanted.advertiserId).sort();
      const isRelated = other !== host && (isUnder(host, other) || isUnder(other, host));
      if (isRelated && strangers.length > 0) warnings.push(`${overlapText(host, other, strangers)}.`);
    }
  }
  return warnings;
}
