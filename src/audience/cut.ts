import { type Sql, sql } from '../lib/sql.ts';
import type { Reach } from '../reach/reach.ts';
import { workTable } from '../reach/work-table.ts';
import type { Catalogue } from '../warehouse/catalogue.ts';
import type { Dialect } from '../warehouse/dialect.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { classify } from './classify.ts';
import { countSegments, noCounts, type SegmentCounts } from './count.ts';
import type { AudienceSpec } from './spec.ts';
import { openSuppression, type Suppression } from './suppression.ts';

/** One segment of an audience, cut and kept in the warehouse session; no identifier of it comes into this process. */
export interface Cut {
  readonly counts: SegmentCounts;
  /** The suppression list that was applied. */
  readonly suppression: Suppression;
  /**
   * Who is left: `id_type`, `id_value` (canonical; the same again is in `id_key` for devices and in `id_text` for others), `last_seen` (the
   * newest exposure within the window, UTC).
   */
  readonly members: Sql;
}

/** Cuts the segment of an insertion order ('' for a merged audience): lookback, identifier rules, suppression. */
export async function cutAudience(
  session: Session,
  catalogue: Catalogue,
  reach: Reach,
  spec: AudienceSpec,
  segment: string,
  signal?: AbortSignal,
): Promise<Cut> {
  const suppression = await openSuppression(session, catalogue, spec.exposures.agencyId, signal);
  const exposures = await reach.exposures(spec.exposures, signal);
  const classified = classify(session.dialect, spec, exposures, suppression);
  const compact = sql`SELECT id_type, id_key, id_text, last_seen, reason, suppressed FROM (${classified}) WHERE segment = ${segment}`;
  const table = await workTable(session, 'cut', compact, signal);
  await reach.assertStill();
  const [counts] = await countSegments(session, sql`SELECT ${segment} AS segment, '' AS segment_name, * FROM ${table}`, signal);
  return {
    counts: counts ?? noCounts(segment),
    suppression,
    members: membersSql(session.dialect, table, sql`reason IS NULL AND NOT suppressed`),
  };
}

/** The members of a cut, from a table of identifiers and the condition that tells who is left. */
export function membersSql(dialect: Dialect, table: Sql, isLeft: Sql): Sql {
  return sql`(SELECT id_type, id_key, id_text, COALESCE(${dialect.deviceText(sql`id_key`)}, id_text) AS id_value, last_seen
    FROM ${table} WHERE ${isLeft})`;
}
