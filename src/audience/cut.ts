import { IDENTIFIER_TYPES, type IdentifierType } from '../identity/identifier-type.ts';
import { join, raw, type Sql, sql } from '../lib/sql.ts';
import type { Reach } from '../reach/reach.ts';
import { workTable } from '../reach/work-table.ts';
import type { Catalogue } from '../warehouse/catalogue.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { classify } from './classify.ts';
import { countSegments, type SegmentCounts } from './count.ts';
import type { AudienceSpec } from './spec.ts';
import { openSuppression } from './suppression.ts';

/** One segment of an audience, cut and kept in the warehouse session; no identifier of it comes into this process. */
export interface Cut {
  readonly counts: SegmentCounts;
  /** Fingerprint of the suppression list that was applied. */
  readonly suppression: string;
  /**
   * The lines of a file of some types: `render` is given the columns and makes a line's text of them. The order is fixed, so that the
   * same rows give the same bytes.
   */
  lines(types: readonly IdentifierType[], render: (columns: CutColumns) => Sql): Sql;
}

export interface CutColumns {
  readonly type: Sql;
  /** The canonical identifier. */
  readonly value: Sql;
  /** The newest exposure within the window, UTC. */
  readonly lastSeen: Sql;
}

/** Files are grouped by type in this order, then sorted by value. */
const TYPE_ORDER = join(
  IDENTIFIER_TYPES.map((type, index) => sql`WHEN ${type} THEN ${raw(String(index))}`),
  ' ',
);

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
  const table = await workTable(session, 'cut', sql`SELECT * FROM (${classified}) WHERE segment = ${segment}`, signal);
  const [counts] = await countSegments(session, sql`SELECT * FROM ${table}`, signal);
  return {
    counts: counts ?? { segment, segmentName: null, selected: 0, dropped: {}, suppressed: 0, identifiers: {}, written: 0 },
    suppression: suppression.fingerprint,
    lines: (types, render) =>
      sql`SELECT ${render({ type: sql`id_type`, value: sql`id_value`, lastSeen: sql`last_seen` })} AS line FROM ${table}
        WHERE reason IS NULL AND NOT suppressed AND id_type IN (${join(types.map((type) => sql`${type}`))})
        ORDER BY CASE id_type ${TYPE_ORDER} END, id_value`,
  };
}
