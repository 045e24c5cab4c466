import type { AdvertiserConfig } from '../config/advertiser-config.ts';
import type { DestinationEntry } from '../config/destination-entry.ts';
import type { Secrets } from '../destinations/destination.ts';
import { AquariusError, type Problem } from '../errors.ts';
import type { NamedDestination } from './named-destination.ts';
import type { RuleResult } from './readiness.ts';

/** Rules that the config row decides alone. `entry` is null for an advertiser without any destination. */
export function configRules(config: AdvertiserConfig, entry: DestinationEntry | null): readonly RuleResult[] {
  return [
    config.status === 'ACTIVE'
      ? { rule: 'CONFIG_ACTIVE', status: 'PASS', detail: 'ACTIVE' }
      : { rule: 'CONFIG_ACTIVE', status: 'FAIL', detail: `CONFIG_STATUS is ${config.status}` },
    config.deliveryEnabled
      ? { rule: 'DELIVERY_ON', status: 'PASS', detail: 'on' }
      : { rule: 'DELIVERY_ON', status: 'FAIL', detail: 'DELIVERY_ENABLED is not true' },
    destinationsRule(config, entry),
    cadenceRule(config),
    lookbackRule(config, entry),
  ];
}

/** Columns whose mistakes have a rule of their own; all others are told under DESTINATIONS. */
const OWN_RULE = ['DELIVERY_CADENCE', 'DELIVERY_LOOKBACK_DAYS'];

function destinationsRule(config: AdvertiserConfig, entry: DestinationEntry | null): RuleResult {
  const rule = 'DESTINATIONS';
  const problems = config.problems.filter(({ path }) => !OWN_RULE.includes(path));
  if (problems.length > 0) return { rule, status: 'FAIL', reason: 'invalid_config', detail: inWords(problems) };
  if (entry === null) return { rule, status: 'FAIL', detail: 'DELIVERY_DESTINATIONS is empty' };
  if (!entry.enabled)
    return { rule, status: 'FAIL', reason: 'destination_disabled', detail: `${entry.destination} is switched off` };
  return { rule, status: 'PASS', detail: entry.destination };
}

function cadenceRule(config: AdvertiserConfig): RuleResult {
  const problems = config.problems.filter(({ path }) => path === 'DELIVERY_CADENCE');
  if (problems.length > 0) return { rule: 'CADENCE', status: 'FAIL', detail: inWords(problems) };
  return { rule: 'CADENCE', status: 'PASS', detail: config.cadence };
}

function lookbackRule(config: AdvertiserConfig, entry: DestinationEntry | null): RuleResult {
  const problems = config.problems.filter(({ path }) => path === 'DELIVERY_LOOKBACK_DAYS');
  if (problems.length > 0) return { rule: 'LOOKBACK', status: 'FAIL', detail: inWords(problems) };
  const days = entry?.lookbackDays === undefined ? config.lookbackDays : entry.lookbackDays;
  return { rule: 'LOOKBACK', status: 'PASS', detail: days === null ? 'never expires' : `${days} days` };
}

function inWords(problems: readonly Problem[]): string {
  return problems.map(({ path, message, hint }) => `${path}: ${message}${hint === undefined ? '' : `. ${hint}`}`).join('; ');
}

/** Secrets that are missing do not keep a set from being staged; the run then fails before anything is sent, and says which. */
export async function credentialsRule(destination: NamedDestination, secrets: Secrets): Promise<RuleResult> {
  for (const reference of destination.references) {
    try {
      await secrets(reference);
    } catch (error) {
      if (!(error instanceof AquariusError)) throw error;
      return { rule: 'CREDENTIALS', status: 'WARN', detail: error.message };
    }
  }
  return { rule: 'CREDENTIALS', status: 'PASS', detail: `${destination.references.length} found` };
}
