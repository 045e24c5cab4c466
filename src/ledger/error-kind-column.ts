import type { RunError } from './run.ts';

/** Beginnings and ends of our error codes and skip reasons, and the kind by which the warehouse's copy files them. The first that fits counts. */
const BY_CODE: readonly (readonly [RegExp, string])[] = [
  [/^(source_aggregated|no_identifiers: aggregated source)/, 'SOURCE_AGGREGATED'],
  [/^(source_missing|unknown_(table|column))/, 'SOURCE_MISSING'],
  [/^source_stale/, 'SOURCE_STALE'],
  [/^(secret|credentials)_|_(auth|credentials|host_key|private_key|forbidden|unauthorized)$/, 'CREDENTIALS'],
  [/^(warehouse|duckdb|snowflake)_/, 'WAREHOUSE'],
  [/^(stage|staged|s3|disk)_/, 'STORAGE'],
  [/^(stopped|deadline|suppression_changed|lease_lost|control_store_)/, 'INTERNAL'],
];

const BY_KIND = {
  config: 'CONFIG',
  transient: 'TRANSPORT',
  rejected: 'PARTNER_REJECTED',
  bug: 'INTERNAL',
} as const satisfies Record<RunError['kind'], string>;

function byCode(code: string): string | undefined {
  return BY_CODE.find(([pattern]) => pattern.test(code))?.[1];
}

/** ERROR_KIND of a failure. */
export function errorKindColumn({ kind, code }: RunError): string {
  return byCode(code) ?? BY_KIND[kind];
}

/** ERROR_KIND of a run that was skipped because it was not ready. */
export function refusalKindColumn(reason: string): string {
  return byCode(reason) ?? 'READINESS';
}
