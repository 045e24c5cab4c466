import { transientError } from '../errors.ts';
import { type Sql, sql } from '../lib/sql.ts';
import type { DomainOwners } from '../pixel/domains.ts';
import type { BoundTable, Catalogue } from '../warehouse/catalogue.ts';
import { timeSql } from '../warehouse/time-column.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { type OptedOut, readOptOuts } from './consent-rows.ts';
import type { ExposurePart, ExposureRequest, JoinStrategy } from './exposure.ts';
import { exposuresProduct } from './exposures-product.ts';
import { logParts, logRows, rawColumn } from './log-rows.ts';
import { refuseMasked } from './masked-ids.ts';
import {
  countKeys,
  countMappings,
  joinOwned,
  type MappingCount,
  type OwnershipSummary,
  ownedKeys,
  ownedPreparedKeys,
  summariseOwnership,
  timeColumn,
} from './ownership.ts';
import { type PlaceCategories, placeCategories } from './place-categories.ts';
import { openPrepared, type PreparedReach, reachesBack } from './prepared-reach.ts';
import { joinPrepared, preparedAt, preparedParts } from './prepared-rows.ts';
import { domainOwners, ownedHosts, siteParts, siteRows } from './site-rows.ts';
import { NO_INSTANT } from './source-days.ts';
import { storeParts } from './store-rows.ts';
import { findVisited, type Visited } from './visited.ts';

/**
 * Reach: who was exposed, per advertiser, from prepared exposures where there are any, else from the source tables. It knows strategies,
 * mappings and windows; it never judges an audience and writes nothing but temporary tables of its session.
 */
export interface Reach {
  /** The exposures of one advertiser, a part for each source and identifier column. */
  exposures(request: ExposureRequest, signal?: AbortSignal): Promise<Exposures>;
  /** The newest ingestion time of a log that is prepared; null where that is not known without reading it. */
  newestIngestion(source: string, signal?: AbortSignal): Promise<Date | null>;
  /**
   * To be awaited after exposures have been read: when they were prepared anew meanwhile, what was read may be another advertiser's, and
   * it is a `transient` error `reach_moved`.
   */
  assertStill(): Promise<void>;
  /** Campaign mappings of an agency by advertiser. */
  mappings(agencyId: string, strategy: JoinStrategy): Promise<ReadonlyMap<string, MappingCount>>;
  /** Categories of the places of an agency by advertiser. */
  places(agencyId: string): Promise<ReadonlyMap<string, PlaceCategories>>;
}

/** A log of prepared exposures, with the keys that are owned in it. */
export interface PreparedLog {
  readonly log: BoundTable;
  readonly exposures: Sql;
  /** `key_no`, `k_io`, `io_name`, `advertiser`, `owners`; the same object for all advertisers that share it. */
  readonly owned: Sql;
}

export interface Exposures {
  /** The logs that the parts are read from, where they are all prepared. */
  readonly prepared: readonly PreparedLog[] | null;
  readonly parts: readonly ExposurePart[];
  /** Set for an audience that leaves visitors out. */
  readonly visited: Visited | null;
  /** Per impression log: what the mapping gave the advertiser. */
  readonly ownership: Readonly<Record<string, OwnershipSummary>>;
  /** For site visitors: the mapped hosts of the advertiser, and how many hosts it shares with another one. */
  readonly domains: { readonly owned: number; readonly contested: number } | null;
}

export interface ReachOptions {
  /** Read the logs themselves, also where they are prepared: to compare. */
  readonly straight?: boolean;
  /** Largest share of a column's identifiers that may look masked. */
  readonly maxMaskedShare?: number;
}

/** Ownership and hosts are worked out once per session and shared by every advertiser of an agency. */
export function openReach(
  session: Session,
  catalogue: Catalogue,
  { straight = false, maxMaskedShare }: ReachOptions = {},
): Reach {
  const owned = new Map<string, Promise<Sql>>();
  const prepared = new Map<string, Promise<PreparedReach | null>>();
  const domains = new Map<string, Promise<DomainOwners>>();
  const hosts = new Map<string, Promise<Sql>>();
  const unmasked = new Map<string, Promise<void>>();
  const mapped = new Map<string, Promise<ReadonlyMap<string, MappingCount>>>();
  const placed = new Map<string, Promise<ReadonlyMap<string, PlaceCategories>>>();
  const once = <K, T>(cache: Map<K, Promise<T>>, key: K, make: () => Promise<T>): Promise<T> => {
    const value = cache.get(key) ?? make();
    cache.set(key, value);
    return value;
  };

  /** Of the log itself, or of its prepared keys. */
  const keysOf = (log: BoundTable, reach: PreparedReach | null, request: ExposureRequest, signal?: AbortSignal): Promise<Sql> => {
    const sole = request.strategy === 'DIRECT_AG' && request.soleAdvertiser ? request.advertiserId : null;
    const asked = { agencyId: request.agencyId, strategy: request.strategy, soleAdvertiserId: sole };
    return once(owned, JSON.stringify([log.spec.name, reach !== null, asked]), () =>
      reach === null
        ? ownedKeys(session, catalogue, log, asked, signal)
        : ownedPreparedKeys(session, catalogue, log, reach, asked, signal),
    );
  };
  const keyCountOf = async (table: Sql, { advertiserId }: ExposureRequest, signal?: AbortSignal) =>
    (await countKeys(session, table, signal)).get(advertiserId);
  const ownersOf = (agencyId: string): Promise<DomainOwners> =>
    once(domains, agencyId, () => domainOwners(session, catalogue, agencyId));
  const hostsOf = async (agencyId: string, signal?: AbortSignal): Promise<Sql | null> => {
    const events = catalogue.table('WEBPIXEL_EVENTS');
    if (!events.exists) return null;
    return once(hosts, agencyId, async () => ownedHosts(session, events, await ownersOf(agencyId), agencyId, signal));
  };

  const visitedBy = async (
    request: ExposureRequest,
    exposed: Record<'IP' | 'MAID', readonly Sql[]>,
    signal?: AbortSignal,
  ): Promise<Visited> =>
    findVisited(
      session,
      catalogue,
      {
        events: catalogue.table('WEBPIXEL_EVENTS'),
        hosts: await hostsOf(request.agencyId, signal),
        visits: catalogue.table('STORE_VISITS'),
        exposed,
      },
      request,
      signal,
    );

  const optedOutBy = (
    { unknownConsent = 'refuse' }: ExposureRequest,
    rows: { readonly log: BoundTable; readonly alias: string; readonly from: Sql },
    signal?: AbortSignal,
  ): Promise<OptedOut | null> => readOptOuts(session, { ...rows, unknown: unknownConsent }, signal);

  const preparedOf = (log: BoundTable, signal?: AbortSignal): Promise<PreparedReach | null> =>
    once(prepared, log.spec.name, () => openPrepared(session, catalogue, log, maxMaskedShare, signal));

  /** Each log as it is prepared, or null when one of them is not, or not far enough back. */
  async function preparedLogs(
    logs: readonly BoundTable[],
    { window }: ExposureRequest,
    signal?: AbortSignal,
  ): Promise<readonly { readonly log: BoundTable; readonly reach: PreparedReach }[] | null> {
    const opened: { readonly log: BoundTable; readonly reach: PreparedReach }[] = [];
    for (const log of logs) {
      const found = await preparedOf(log, signal);
      if (found === null || !reachesBack(found, window.from)) return null;
      opened.push({ log, reach: found });
    }
    return opened;
  }

  async function impressions(request: ExposureRequest, leaveVisitorsOut: boolean, signal?: AbortSignal): Promise<Exposures> {
    const logs = request.sources.map((name) => catalogue.table(name)).filter(({ exists }) => exists);
    const ready = straight ? null : await preparedLogs(logs, request, signal);
    return ready === null
      ? readLogs(logs, request, leaveVisitorsOut, signal)
      : readPrepared(ready, request, leaveVisitorsOut, signal);
  }

  async function readPrepared(
    logs: readonly { readonly log: BoundTable; readonly reach: PreparedReach }[],
    request: ExposureRequest,
    leaveVisitorsOut: boolean,
    signal?: AbortSignal,
  ): Promise<Exposures> {
    const visited = leaveVisitorsOut ? await visitedBy(request, { IP: [], MAID: [] }, signal) : null;
    const ownership: Record<string, OwnershipSummary> = {};
    const parts: ExposurePart[] = [];
    const prepared: PreparedLog[] = [];
    for (const { log, reach } of logs) {
      const owned = await keysOf(log, reach, request, signal);
      const keys = await keyCountOf(owned, request, signal);
      const rows = { rows: joinPrepared(reach.exposures, owned), seenAt: sql`NULLIF(${preparedAt}, ${NO_INSTANT})`, keys };
      ownership[log.spec.name] = await summariseOwnership(session, rows, request.advertiserId, request.window.from, signal);
      parts.push(...preparedParts(log, { exposures: reach.exposures, owned }, request, visited));
      prepared.push({ log, exposures: reach.exposures, owned });
    }
    return { prepared, parts, visited, ownership, domains: null };
  }

  /** Straight from the logs, where they are not prepared: every row is read for every audience. */
  async function readLogs(
    tables: readonly BoundTable[],
    request: ExposureRequest,
    leaveVisitorsOut: boolean,
    signal?: AbortSignal,
  ): Promise<Exposures> {
    const logs: { readonly log: BoundTable; readonly keys: Sql }[] = [];
    for (const log of tables) {
      await once(unmasked, log.spec.name, () => refuseMasked(session, log, [sql`TRUE`], maxMaskedShare, signal));
    }
    for (const log of tables) logs.push({ log, keys: await keysOf(log, null, request, signal) });
    const found = (kind: 'IP' | 'MAID'): readonly Sql[] =>
      logs.map(({ log, keys }) => exposedIds(session, log, keys, request, kind));
    const visited = leaveVisitorsOut ? await visitedBy(request, { IP: found('IP'), MAID: found('MAID') }, signal) : null;
    const ownership: Record<string, OwnershipSummary> = {};
    const parts: ExposurePart[] = [];
    for (const { log, keys } of logs) {
      const seenAt = timeSql(session.dialect, log, timeColumn(log), 'l');
      const rows = { rows: joinOwned(log, keys), seenAt, keys: await keyCountOf(keys, request, signal) };
      ownership[log.spec.name] = await summariseOwnership(session, rows, request.advertiserId, request.window.from, signal);
      const optedOut = await optedOutBy(request, { log, alias: 'l', from: logRows(session.dialect, log, keys, request) }, signal);
      parts.push(...logParts(session.dialect, log, keys, request, visited, optedOut));
    }
    return { prepared: null, parts, visited, ownership, domains: null };
  }

  async function siteVisitors(request: ExposureRequest, signal?: AbortSignal): Promise<Exposures> {
    const events = catalogue.table('WEBPIXEL_EVENTS');
    const { entries } = await ownersOf(request.agencyId);
    const mine = [...entries.values()].filter((advertisers) => advertisers.has(request.advertiserId));
    const contested = mine.filter((advertisers) => advertisers.size > 1).length;
    const table = await hostsOf(request.agencyId, signal);
    const { dialect } = session;
    const parts =
      table === null
        ? []
        : siteParts(
            dialect,
            events,
            table,
            request,
            await optedOutBy(request, { log: events, alias: 'e', from: siteRows(dialect, events, table, request) }, signal),
          );
    return { prepared: null, parts, visited: null, ownership: {}, domains: { owned: mine.length - contested, contested } };
  }

  function storeVisitors(request: ExposureRequest): Exposures {
    const visits = catalogue.table('STORE_VISITS');
    return {
      prepared: null,
      parts: visits.exists ? storeParts(session.dialect, visits, request) : [],
      visited: null,
      ownership: {},
      domains: null,
    };
  }

  async function exposed(request: ExposureRequest, leaveVisitorsOut: boolean, signal?: AbortSignal): Promise<Exposures> {
    if (request.exposureSource === 'IMPRESSION') return impressions(request, leaveVisitorsOut, signal);
    const exposures = request.exposureSource === 'WEB' ? await siteVisitors(request, signal) : storeVisitors(request);
    return leaveVisitorsOut ? { ...exposures, visited: await visitedBy(request, { IP: [], MAID: [] }, signal) } : exposures;
  }

  return {
    async assertStill() {
      for (const opened of await Promise.all(prepared.values())) {
        if (opened !== null && !(await opened.isStill())) throw moved();
      }
    },
    async newestIngestion(source, signal) {
      const log = catalogue.table(source);
      const isPreparable = exposuresProduct.sources(catalogue).some(({ spec }) => spec === log.spec);
      return isPreparable ? ((await preparedOf(log, signal))?.watermark ?? null) : null;
    },
    mappings: (agencyId, strategy) =>
      once(mapped, JSON.stringify([agencyId, strategy]), () => countMappings(session, catalogue, agencyId, strategy)),
    places: (agencyId) => once(placed, agencyId, () => placeCategories(session, catalogue, agencyId)),
    async exposures(request, signal) {
      switch (request.audience) {
        case 'SITE_VISITORS':
        case 'CONVERTERS':
          return siteVisitors(request, signal);
        case 'STORE_VISITORS':
          return storeVisitors(request);
        case 'EXPOSED':
          return exposed(request, false, signal);
        case 'EXPOSED_NOT_VISITED':
          return exposed(request, true, signal);
      }
    },
  };
}

function moved(): Error {
  return transientError('reach_moved', 'The exposures were prepared anew while an audience was read from them.', {
    hint: 'It is read again.',
  });
}

/** Distinct identifiers of a kind, as found, of an advertiser's impressions. */
function exposedIds(session: Session, log: BoundTable, keys: Sql, request: ExposureRequest, kind: 'IP' | 'MAID'): Sql {
  return sql`SELECT DISTINCT ${rawColumn(session.dialect, log, kind)} AS raw FROM ${joinOwned(log, keys)}
    WHERE o.advertiser = ${request.advertiserId} AND o.owners = 1`;
}
