import type { AdvertiserConfig } from '../config/advertiser-config.ts';
import type { Slot } from '../config/cadence.ts';
import { checkAgainstSettings } from '../config/check-against-settings.ts';
import type { DestinationEntry } from '../config/destination-entry.ts';
import type { Settings } from '../config/settings.ts';
import type { Secrets } from '../destinations/destination.ts';
import { AquariusError } from '../errors.ts';
import type { Exposures, Reach } from '../reach/reach.ts';
import type { Catalogue } from '../warehouse/catalogue.ts';
import { type Candidate, makeCandidate, sourcePresentRule, sourceRowLevelRule, typesOverlapRule } from './candidate.ts';
import { configRules, credentialsRule } from './config-rules.ts';
import { dataRules } from './data-rules.ts';
import { type NamedDestination, namedDestination } from './named-destination.ts';
import { firstBlocker, type RuleResult } from './readiness.ts';

/** Judges one destination entry of one advertiser: first by what is written about it, then by what its tables hold. */

export interface JudgeDeps {
  readonly catalogue: Catalogue;
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly at: Date;
  /** A slot asked for by name, or the one of a run, instead of the current one. */
  readonly slot: string | Slot | undefined;
  /** Where the look-back ends, where it is not `at`. */
  readonly asOf?: Date | undefined;
  /** Advertisers of each agency that are not INACTIVE. */
  readonly living: ReadonlyMap<string, number>;
}

/** The candidate is null when a rule fails before there can be one. */
export interface EntryVerdict {
  readonly rules: readonly RuleResult[];
  readonly candidate: Candidate | null;
}

/** Every rule that needs no rows: what the configuration, aquarius.yaml, the secrets and the catalogue decide. Asks the warehouse nothing. */
export async function judgeEntry(deps: JudgeDeps, config: AdvertiserConfig, entry: DestinationEntry): Promise<EntryVerdict> {
  const rules = [...configRules(config, entry)];
  const destination = namedDestination(deps.settings, entry.destination);
  const path = `DELIVERY_DESTINATIONS[${config.destinations.indexOf(entry)}]`;
  const problems = checkAgainstSettings(config, deps.settings).filter((problem) => problem.path.startsWith(path));
  // A type that the destination does not take is left out of the audience and counted; if no other is left, TYPES_OVERLAP says so.
  const fatal = problems.filter((problem) => !problem.path.includes('.identifiers['));
  if (problems.length > 0) {
    rules.push({
      rule: 'DESTINATIONS',
      status: fatal.length > 0 ? 'FAIL' : 'WARN',
      reason: destination === null ? 'unknown_destination' : 'invalid_config',
      detail: problems.map(({ message, hint }) => (hint === undefined ? message : `${message}. ${hint}`)).join('; '),
    });
  }
  rules.push(sourceRowLevelRule(config, entry), sourcePresentRule(deps.catalogue, config, entry));
  if (destination === null) return { rules, candidate: null };
  rules.push(await credentialsRule(destination, deps.secrets));
  const candidate = settle(deps, config, entry, destination, rules);
  if (candidate !== null) rules.push(typesOverlapRule(candidate));
  return { rules, candidate };
}

/** Settles the candidate, or reports its cadence as unreadable. A slot that does not exist is the caller's mistake and is thrown. */
function settle(
  { settings, living, at, slot, asOf }: JudgeDeps,
  config: AdvertiserConfig,
  entry: DestinationEntry,
  destination: NamedDestination,
  rules: RuleResult[],
): Candidate | null {
  const soleAdvertiser = living.get(config.agencyId) === 1 && config.status !== 'INACTIVE';
  try {
    return makeCandidate({ config, entry, destination, settings, soleAdvertiser, at, slot, asOf });
  } catch (error) {
    if (!(error instanceof AquariusError) || typeof slot === 'string') throw error;
    rules.push({ rule: 'CADENCE', status: 'FAIL', detail: error.message });
    return null;
  }
}

/** Every rule that the rows of the sources decide, but for counts. */
export async function judgeSources(
  deps: Pick<JudgeDeps, 'catalogue' | 'settings'>,
  reach: Reach,
  candidate: Candidate,
  fresh: (sources: readonly string[]) => Promise<RuleResult>,
  signal?: AbortSignal,
): Promise<{ readonly rules: readonly RuleResult[]; readonly exposures: Exposures }> {
  const exposures = await reach.exposures(candidate.spec.exposures, signal);
  const rules = [
    ...(await dataRules(reach, deps.catalogue, candidate, exposures, deps.settings.policy)),
    await fresh(candidate.spec.exposures.sources),
  ];
  return { rules, exposures };
}

/** Whether the rules so far let a candidate go on to the next question. */
export const isBlocked = (rules: readonly RuleResult[]): boolean => firstBlocker(rules) !== null;

/** Advertisers of each agency that are not INACTIVE: one that is alone owns the agency's rows without a mapping. */
export function countLiving(configs: readonly AdvertiserConfig[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { agencyId, status } of configs) {
    if (status !== 'INACTIVE') counts.set(agencyId, (counts.get(agencyId) ?? 0) + 1);
  }
  return counts;
}
