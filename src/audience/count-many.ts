import { IDENTIFIER_KINDS, type IdentifierKind } from '../identity/identifier-kind.ts';
import { IDENTIFIER_TYPES } from '../identity/identifier-type.ts';
import { join, raw, type Sql, sql } from '../lib/sql.ts';
import type { ExposureRequest } from '../reach/exposure.ts';
import { preparedKinds, preparedPart, preparedSince } from '../reach/prepared-rows.ts';
import type { Exposures, PreparedLog } from '../reach/reach.ts';
import { insertionOrderFilter } from '../reach/row-filters.ts';
import { workTable } from '../reach/work-table.ts';
import type { Dialect } from '../warehouse/dialect.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { noCounts, type SegmentCounts, segmentCounts } from './count.ts';
import { deviceTypeOf } from './device-type.ts';
import { dropReasonSql, type Terms } from './drop-rules.ts';
import { preparedIdentifiers } from './prepared-identifiers.ts';
import { type AudienceSpec, wantedTypes } from './spec.ts';
import type { Suppression } from './suppression.ts';

/** An audience that can be counted together with others. */
export interface Countable {
  readonly spec: AudienceSpec;
  readonly prepared: readonly PreparedLog[];
}

/** An audience as one that can be counted together with others: one segment, of prepared exposures, whoever has visited. Else null. */
export function countable(spec: AudienceSpec, { prepared, visited }: Exposures): Countable | null {
  return spec.mode === 'merged' && prepared !== null && visited === null ? { spec, prepared } : null;
}

/**
 * Counts many audiences of one agency in one pass over its prepared exposures, however many there are; the same counts as one by one.
 * Audiences that differ only in what their destinations take share the pass wholly.
 */
export async function countMany(
  session: Session,
  audiences: readonly Countable[],
  suppression: Suppression,
  signal?: AbortSignal,
): Promise<readonly SegmentCounts[]> {
  const [first] = audiences;
  if (first === undefined) return [];
  const reads = distinctReads(audiences);
  const { to } = first.spec.exposures.window;
  const windows = windowsOf(reads);
  const keys = await workTable(session, 'audience_keys', audienceKeys(reads, windows), signal);
  const profiles: Sql[] = [];
  for (const kind of IDENTIFIER_KINDS) {
    const parts = windows.flatMap(({ number, from, logs }) =>
      logs
        .filter(({ log }) => preparedKinds(log).includes(kind))
        .map(({ log, exposures }) =>
          preparedPart(
            {
              log,
              exposures,
              keys: sql`(SELECT * FROM ${keys} WHERE source = ${log.spec.name} AND window_no = ${number})`,
              columns: raw('o.audience AS audience'),
              condition: preparedSince(from),
              visited: null,
            },
            kind,
            first.spec.exposures,
          ),
        ),
    );
    if (parts.length === 0) continue;
    const segments = { id: raw('audience'), name: sql`CAST(NULL AS VARCHAR)`, isGroup: true };
    const { dialect } = session;
    profiles.push(profile(dialect, kind, preparedIdentifiers(dialect, kind, parts, segments, to), suppression));
  }
  if (profiles.length === 0) return audiences.map(() => noCounts(''));
  const counted = await workTable(session, 'audience_profiles', join(profiles, ' UNION ALL '), signal);
  const rows = await session.all(judged(counted, audiences, reads), signal === undefined ? {} : { signal });
  const bySegment = new Map(segmentCounts(rows).map((counts) => [counts.segment, counts]));
  return audiences.map((_, index) => ({ ...(bySegment.get(String(index)) ?? noCounts('')), segment: '' }));
}

/** Which exposures are read: shared by all audiences that ask for the same ones. */
interface Read {
  readonly key: string;
  readonly request: ExposureRequest;
  readonly prepared: readonly PreparedLog[];
}

function readKey({ spec: { exposures } }: Countable): string {
  const { advertiserId, strategy, sources, insertionOrderIds, window, soleAdvertiser } = exposures;
  return JSON.stringify([advertiserId, strategy, soleAdvertiser, sources, insertionOrderIds ?? null, window.from]);
}

function distinctReads(audiences: readonly Countable[]): readonly Read[] {
  const reads = new Map<string, Read>();
  for (const audience of audiences) {
    const key = readKey(audience);
    if (!reads.has(key)) reads.set(key, { key, request: audience.spec.exposures, prepared: audience.prepared });
  }
  return [...reads.values()];
}

/** The beginnings of look-backs, which are few: each is read by itself, so that the warehouse skips what is older. */
interface Window {
  readonly number: number;
  readonly from: Date | null;
  readonly logs: readonly PreparedLog[];
}

function windowsOf(reads: readonly Read[]): readonly Window[] {
  const groups = Map.groupBy(reads, ({ request }) => request.window.from?.getTime() ?? null);
  return [...groups].map(([from, group], number) => {
    const logs = new Map(group.flatMap(({ prepared }) => prepared).map((log) => [log.log.spec.name, log]));
    return { number, from: from === null ? null : new Date(from), logs: [...logs.values()] };
  });
}

/** `(source, window_no, audience, key_no)`: which campaign keys are read for which audience, and in which window. */
function audienceKeys(reads: readonly Read[], windows: readonly Window[]): Sql {
  const selects: Sql[] = [];
  const numbered = reads.map((read, index) => {
    const from = read.request.window.from?.getTime();
    const window = windows.find((each) => each.from?.getTime() === from)?.number ?? 0;
    return { ...read, index, window };
  });
  const tables = new Map(numbered.flatMap(({ prepared }) => prepared).map((log) => [log.owned, log]));
  for (const [owned, { log }] of tables) {
    const here = numbered.filter(({ prepared }) => prepared.some((each) => each.owned === owned));
    const whole = here.filter(({ request }) => request.insertionOrderIds === undefined);
    if (whole.length > 0) {
      const values = whole.map(({ index, window, request }) => sql`(${index}, ${window}, ${request.advertiserId})`);
      selects.push(sql`SELECT ${log.spec.name} AS source, w.window_no, w.audience, o.key_no
        FROM (VALUES ${join(values)}) AS w (audience, window_no, advertiser) JOIN ${owned} o ON o.advertiser = w.advertiser AND o.owners = 1`);
    }
    for (const { index, window, request } of here.filter((read) => !whole.includes(read))) {
      selects.push(sql`SELECT ${log.spec.name} AS source, ${window} AS window_no, ${index} AS audience, o.key_no
        FROM ${owned} o WHERE o.advertiser = ${request.advertiserId} AND o.owners = 1${insertionOrderFilter(request, raw('o.k_io'))}`);
    }
  }
  return sql`SELECT * FROM (${join(selects, ' UNION ALL ')}) ORDER BY key_no`;
}

/** How many identifiers of each audience are alike in all that decides about them. */
function profile(dialect: Dialect, kind: IdentifierKind, identifiers: Sql, suppression: Suppression): Sql {
  const isDevice = kind === 'MAID';
  const type = isDevice ? deviceTypeOf(raw('is_idfa'), raw('is_gaid')) : raw(`'${kind}'`);
  const value = isDevice ? dialect.deviceText(raw('id_key')) : raw('id_text');
  return sql`SELECT segment AS audience, ${raw(`'${kind}'`)} AS id_kind, ${type} AS id_type, shape_reason, last_seen IS NULL AS is_future,
      ${isDevice ? raw('FALSE') : sql`COALESCE(id_text LIKE '%:%', FALSE)`} AS is_ipv6, has_opted_out AS opted_out,
      shape_reason IS NULL AND ${suppression.holds(kind, value, raw('id_key'))} AS suppressed, COUNT(*) AS id_count
    FROM (${identifiers}) GROUP BY ALL`;
}

/** The rules of each audience applied to the profiles of what it reads. */
function judged(profiles: Sql, audiences: readonly Countable[], reads: readonly Read[]): Sql {
  const places = new Map(reads.map(({ key }, index) => [key, index]));
  const values = audiences.map((audience, index) => {
    const { spec } = audience;
    const wanted = wantedTypes(spec);
    const types = join(IDENTIFIER_TYPES.map((type) => sql`${wanted.includes(type)}`));
    return sql`(${String(index)}, ${places.get(readKey(audience)) ?? -1}, ${spec.allowIp}, ${spec.allowIpv6}, ${spec.acceptUnknownDeviceType}, ${types})`;
  });
  const wants = IDENTIFIER_TYPES.map((type) => raw(`wants_${type.toLowerCase()}`));
  const terms: Terms = {
    allowIp: raw('allow_ip'),
    allowIpv6: raw('allow_ipv6'),
    acceptUnknownDeviceType: raw('accept_unknown'),
    isWanted: (type) =>
      sql`(CASE ${type} ${join(
        IDENTIFIER_TYPES.map((each, index) => sql`WHEN ${raw(`'${each}'`)} THEN ${wants[index] ?? raw('FALSE')}`),
        ' ',
      )} END)`,
  };
  const facts = {
    shapeReason: raw('shape_reason'),
    isFuture: raw('is_future'),
    isIpv6: raw('is_ipv6'),
    type: raw('id_type'),
    isVisitor: null,
    hasOptedOut: raw('opted_out'),
  };
  const reasons = IDENTIFIER_KINDS.map((kind) => sql`WHEN ${raw(`'${kind}'`)} THEN ${dropReasonSql(kind, terms, facts)}`);
  return sql`SELECT segment, CAST(NULL AS VARCHAR) AS segment_name, CASE WHEN reason IS NULL AND NOT suppressed THEN id_type END AS kept_type,
      reason, reason IS NULL AND suppressed AS suppressed, SUM(id_count) AS id_count
    FROM (SELECT c.segment, p.*, CASE p.id_kind ${join(reasons, ' ')} END AS reason
      FROM (VALUES ${join(values)}) AS c (segment, read_no, allow_ip, allow_ipv6, accept_unknown, ${join(wants)})
      JOIN ${profiles} p ON p.audience = c.read_no)
    GROUP BY ALL ORDER BY segment`;
}
