import { type Sql, sql } from '../lib/sql.ts';
import type { BoundTable } from '../warehouse/catalogue.ts';
import type { Dialect } from '../warehouse/dialect.ts';
import type { DeviceTypeRule, ExposureRequest } from './exposure.ts';
import { presentIdSql } from './text-sql.ts';

/** What the rows of all sources have in common: the window, insertion orders, and the rule for a device's platform. */

/** True for rows that are not older than the window; unreadable times stay, to be counted. */
export function notBefore(seenAt: Sql, from: Date | null): Sql {
  return from === null ? sql`TRUE` : sql`(${seenAt} IS NULL OR ${seenAt} >= ${from})`;
}

/** `AND io IN (…)` when the request is restricted to some insertion orders. */
export function insertionOrderFilter(request: ExposureRequest, io: Sql): Sql {
  const wanted = request.insertionOrderIds;
  if (wanted === undefined) return sql``;
  if (wanted.length === 0) return sql` AND FALSE`;
  return sql` AND ${io} IN (${wanted.map((id) => sql`${id}`).reduce((left, right) => sql`${left}, ${right}`)})`;
}

/** The rule for a source: one that names the agency before one that does not. */
export function fixedDeviceType(rules: readonly DeviceTypeRule[], source: string, agencyId: string): 'IDFA' | 'GAID' | null {
  const ofSource = rules.filter((rule) => rule.source === source);
  const rule = ofSource.find(({ agency }) => agency === agencyId) ?? ofSource.find(({ agency }) => agency === undefined);
  if (rule === undefined || rule.rule === 'UNKNOWN') return null;
  return rule.rule === 'FIXED_IDFA' ? 'IDFA' : 'GAID';
}

/** An insertion order's id as it names a segment, or null when blank. */
export function insertionOrderSql(dialect: Dialect, table: BoundTable, alias: string): Sql {
  return table.has('INSERTION_ORDER_ID')
    ? presentIdSql(dialect, table.column('INSERTION_ORDER_ID', alias))
    : sql`CAST(NULL AS VARCHAR)`;
}
