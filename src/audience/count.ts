import { DROP_REASONS, type DropReason, IDENTIFIER_TYPES, type IdentifierType } from '../identity/identifier-type.ts';
import { type Sql, sql } from '../lib/sql.ts';
import type { Row, Session } from '../warehouse/warehouse.ts';

/** Distinct identifiers of one segment, each counted once. selected = written + suppressed + all dropped. */
export interface SegmentCounts {
  /** The insertion order of a split audience, '' of a merged one. */
  readonly segment: string;
  /** The insertion order's name where a source gives one. */
  readonly segmentName: string | null;
  readonly selected: number;
  readonly dropped: Partial<Record<DropReason, number>>;
  readonly suppressed: number;
  readonly identifiers: Partial<Record<IdentifierType, number>>;
  /** The sum over `identifiers`. */
  readonly written: number;
}

/** Counts a classified audience (see classify.ts), a result for each segment, sorted by its id. */
export async function countSegments(session: Session, classified: Sql, signal?: AbortSignal): Promise<readonly SegmentCounts[]> {
  const rows = await session.all(
    sql`SELECT segment, MAX(segment_name) AS segment_name, CASE WHEN reason IS NULL AND NOT suppressed THEN id_type END AS kept_type, reason,
        suppressed, COUNT(*) AS id_count
      FROM (${classified}) GROUP BY segment, kept_type, reason, suppressed ORDER BY segment`,
    signal === undefined ? {} : { signal },
  );
  return segmentCounts(rows);
}

/** Counts of nobody. */
export function noCounts(segment: string): SegmentCounts {
  return { segment, segmentName: null, selected: 0, dropped: {}, suppressed: 0, identifiers: {}, written: 0 };
}

/** Adds up rows of `segment`, `segment_name`, `kept_type`, `reason`, `suppressed` and `id_count`, sorted by segment. */
export function segmentCounts(rows: readonly Row[]): readonly SegmentCounts[] {
  const segments = Map.groupBy(rows, (row) => String(row.segment));
  return [...segments].map(([segment, group]) => {
    const total = (test: (row: Row) => boolean): number => group.filter(test).reduce((sum, row) => sum + Number(row.id_count), 0);
    const tally = <K extends string>(keys: readonly K[], of: (row: Row) => unknown): Partial<Record<K, number>> =>
      Object.fromEntries(
        keys.map((key) => [key, total((row) => of(row) === key)] as const).filter(([, count]) => count > 0),
      ) as Partial<Record<K, number>>;
    return {
      segment,
      segmentName:
        group.map((row) => row.segment_name).find((name): name is string => typeof name === 'string' && name.trim() !== '') ??
        null,
      selected: total(() => true),
      dropped: tally(DROP_REASONS, (row) => row.reason),
      suppressed: total((row) => row.suppressed === true),
      identifiers: tally(IDENTIFIER_TYPES, (row) => row.kept_type),
      written: total((row) => row.kept_type !== null),
    };
  });
}
