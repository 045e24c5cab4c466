/**
 * The rules that a delivery must pass before anything is sent (reference: readiness). All are evaluated and all are reported; the first
 * that fails names the reason.
 */
export const READINESS_RULES = [
  'CONFIG_ACTIVE',
  'DELIVERY_ON',
  'DESTINATIONS',
  'CREDENTIALS',
  'CADENCE',
  'LOOKBACK',
  'MAPPING',
  'DOMAINS',
  'SOURCE_ROW_LEVEL',
  'SOURCE_PRESENT',
  'TYPES_OVERLAP',
  'PLACES',
  'CONFLICTS',
  'SOURCE_FRESH',
  'SOURCE_ROWS',
  'FLOOR',
] as const;
export type ReadinessRule = (typeof READINESS_RULES)[number];

/** `UNKNOWN`: the check could not be made, which blocks sending. `NOT_CHECKED`: an earlier rule fails, so it was not worth a query. */
export type ReadinessStatus = 'PASS' | 'WARN' | 'FAIL' | 'UNKNOWN' | 'NOT_CHECKED';

export interface RuleResult {
  readonly rule: ReadinessRule;
  readonly status: ReadinessStatus;
  readonly detail: string;
  /** For a rule that fails: the reason in a plan's `notDelivered`, where it differs from the rule's usual one. */
  readonly reason?: string;
}

/** What a plan calls the failure of each rule. */
const REASONS: Readonly<Record<ReadinessRule, string>> = {
  CONFIG_ACTIVE: 'inactive',
  DELIVERY_ON: 'not_enabled',
  DESTINATIONS: 'no_destinations',
  CREDENTIALS: 'credentials_missing',
  CADENCE: 'invalid_config',
  LOOKBACK: 'invalid_config',
  MAPPING: 'no_mapping',
  DOMAINS: 'no_domains',
  SOURCE_ROW_LEVEL: 'no_identifiers: aggregated source',
  SOURCE_PRESENT: 'source_missing',
  TYPES_OVERLAP: 'no_identifiers',
  PLACES: 'sensitive_places',
  CONFLICTS: 'conflicts',
  SOURCE_FRESH: 'source_stale',
  SOURCE_ROWS: 'empty',
  FLOOR: 'below_minimum',
};

/** The first rule that blocks, with the reason for a plan; null when the delivery is ready. */
export function firstBlocker(
  rules: readonly RuleResult[],
): { readonly rule: ReadinessRule; readonly reason: string; readonly detail: string } | null {
  for (const rule of READINESS_RULES) {
    const failed = rules.find((result) => result.rule === rule && (result.status === 'FAIL' || result.status === 'UNKNOWN'));
    if (failed === undefined) continue;
    const reason = failed.status === 'UNKNOWN' ? 'not_checked' : (failed.reason ?? REASONS[rule]);
    return { rule, reason, detail: failed.detail };
  }
  return null;
}

/** The rules in their order, the missing ones as not checked. */
export function allRules(rules: readonly RuleResult[]): readonly RuleResult[] {
  return READINESS_RULES.map((rule) => {
    const results = rules.filter((result) => result.rule === rule);
    const worst = ['FAIL', 'UNKNOWN', 'WARN', 'PASS'].flatMap((status) => results.filter((result) => result.status === status));
    return worst[0] ?? { rule, status: 'NOT_CHECKED', detail: 'an earlier rule fails' };
  });
}
