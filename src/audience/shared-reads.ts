import { IDENTIFIER_KINDS, type IdentifierKind } from '../identity/identifier-kind.ts';
import { join, raw, type Sql, sql } from '../lib/sql.ts';
import type { ExposureRequest } from '../reach/exposure.ts';
import { preparedKinds, preparedPart, preparedSince } from '../reach/prepared-rows.ts';
import type { Exposures, PreparedLog } from '../reach/reach.ts';
import { insertionOrderFilter } from '../reach/row-filters.ts';
import { workTable } from '../reach/work-table.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { preparedIdentifiers } from './prepared-identifiers.ts';
import type { AudienceSpec } from './spec.ts';

/** Exposures of many audiences of one agency, read in one pass however many they are. */

/** An audience that can be read together with others. */
export interface Shareable {
  readonly spec: AudienceSpec;
  readonly prepared: readonly PreparedLog[];
}

/** An audience as one that can be read together with others: one segment, of prepared exposures, whoever has visited. Else null. */
export function shareable(spec: AudienceSpec, { prepared, visited }: Exposures): Shareable | null {
  return spec.mode === 'merged' && prepared !== null && visited === null ? { spec, prepared } : null;
}

/** Whether an audience can be one of those, as far as its order tells: nobody needs to look at its exposures if not. */
export function mayBeShareable({ mode, exposures: { audience, exposureSource } }: AudienceSpec): boolean {
  return mode === 'merged' && audience === 'EXPOSED' && exposureSource === 'IMPRESSION';
}

/** Audiences that can be read together have one key. */
export function shareKey({ exposures: { agencyId, window, unknownConsent, deviceTypes } }: AudienceSpec): string {
  return JSON.stringify([agencyId, window.to, unknownConsent, deviceTypes]);
}

/** The identifiers of one kind, of all audiences: the columns of `preparedIdentifiers`, with the number of the read as the segment. */
export interface SharedIdentifiers {
  readonly kind: IdentifierKind;
  readonly rows: Sql;
}

export interface SharedReads {
  /** One for each kind of which a log has any. */
  readonly identifiers: readonly SharedIdentifiers[];
  /** Which read an audience is of: audiences that differ only in what their destinations take share one. */
  numberOf(audience: Shareable): number;
}

/** Settles what has to be read for audiences of one `shareKey`; the campaign keys that are whose go into a work table. */
export async function shareReads(
  session: Session,
  audiences: readonly [Shareable, ...Shareable[]],
  signal?: AbortSignal,
): Promise<SharedReads> {
  const [{ spec }] = audiences;
  const reads = distinctReads(audiences);
  const windows = windowsOf(reads);
  const keys = await workTable(session, 'audience_keys', audienceKeys(reads, windows), signal);
  const identifiers = IDENTIFIER_KINDS.flatMap((kind): readonly SharedIdentifiers[] => {
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
            spec.exposures,
          ),
        ),
    );
    if (parts.length === 0) return [];
    const segments = { id: raw('audience'), name: sql`CAST(NULL AS VARCHAR)`, isGroup: true };
    return [{ kind, rows: preparedIdentifiers(session.dialect, kind, parts, segments, spec.exposures.window.to) }];
  });
  const numbers = new Map(reads.map(({ key }, index) => [key, index]));
  return { identifiers, numberOf: (audience) => numbers.get(readKey(audience)) ?? -1 };
}

/** Which exposures are read: shared by all audiences that ask for the same ones. */
interface Read {
  readonly key: string;
  readonly request: ExposureRequest;
  readonly prepared: readonly PreparedLog[];
}

function readKey({ spec: { exposures } }: Shareable): string {
  const { advertiserId, strategy, sources, insertionOrderIds, window, soleAdvertiser } = exposures;
  return JSON.stringify([advertiserId, strategy, soleAdvertiser, sources, insertionOrderIds ?? null, window.from]);
}

function distinctReads(audiences: readonly Shareable[]): readonly Read[] {
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
