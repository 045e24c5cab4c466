import { DROP_REASONS, type DropReason, type IdentifierType } from '../../src/identity/identifier-type.ts';
import { type Exposure, exposuresOf } from './exposures.ts';
import type { Identifier } from './identifiers.ts';
import type { Expected, ExpectedSegment, OracleInput } from './input.ts';
import { suppressionTest } from './suppression.ts';
import { textOf } from './values.ts';
import { visitedTest } from './visited.ts';

/**
 * What an audience must be, worked out row by row from plain arrays: slow and obvious, and written from the references alone, so that
 * it can find the mistakes of the SQL.
 */

/** Key of the one segment of a merged audience. */
export const MERGED = 'MERGED';

interface Seen {
  readonly identifier: Identifier;
  /** Newest time inside the window; null when all its rows lie in the future or have no readable time. */
  newest: number | null;
}

type Decide = (seen: Seen) => { readonly type: IdentifierType | null; readonly reason: DropReason | null };

function keyOf({ kind, value, reason }: Identifier): string {
  return `${kind}|${reason === null ? 'valid' : 'invalid'}|${value}`;
}

function count<K extends string>(counts: Partial<Record<K, number>>, key: K): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

/** The rows that count at all, with `time` null for what lies in the future or is unreadable. */
function windowed(input: OracleInput): readonly Exposure[] {
  const { tables, config, entry, policy, now } = input;
  const days = entry.lookbackDays === undefined ? config.lookbackDays : entry.lookbackDays;
  const from = days === null ? Number.NEGATIVE_INFINITY : now.getTime() - days * 86_400_000;
  const wanted = entry.insertionOrderIds;
  return exposuresOf(tables, config, entry, policy)
    .filter((row) => wanted === undefined || wanted.map(textOf).includes(row.insertionOrderId))
    .filter((row) => row.time === null || row.time >= from)
    .map((row) => (row.time !== null && row.time > now.getTime() ? { ...row, time: null } : row));
}

/** Canonical MAID → its one type, over all rows in the window. */
function deviceTypes(rows: readonly Exposure[]): Map<string, 'IDFA' | 'GAID' | 'MAID'> {
  const seen = new Map<string, Set<'IDFA' | 'GAID'>>();
  for (const row of rows.filter(({ time }) => time !== null)) {
    for (const { value } of row.identifiers.filter(({ kind, reason }) => kind === 'MAID' && reason === null)) {
      const set = seen.get(value) ?? new Set();
      seen.set(value, row.deviceType === null ? set : set.add(row.deviceType));
    }
  }
  return new Map([...seen].map(([value, set]) => [value, set.size === 1 ? ([...set][0] ?? 'MAID') : 'MAID']));
}

/** Every rule that drops an identifier, tried one by one; the earliest of DROP_REASONS is the one that counts. */
function decision(input: OracleInput, rows: readonly Exposure[], types: ReadonlyMap<string, 'IDFA' | 'GAID' | 'MAID'>): Decide {
  const { entry, capabilities } = input;
  const accepted = capabilities.identifiers;
  const wanted = (entry.identifiers ?? accepted).filter((type) => accepted.includes(type));
  const acceptsUnknown = entry.acceptUnknownDeviceType ?? false;
  const isWanted = (type: IdentifierType) =>
    wanted.includes(type) || (type === 'MAID' && acceptsUnknown && wanted.includes('IDFA') && wanted.includes('GAID'));
  const optedOut = new Set(rows.filter((row) => row.optedOut).flatMap((row) => row.identifiers.map(keyOf)));
  const visited = entry.audience === 'EXPOSED_NOT_VISITED' ? visitedTest(input, rows) : () => false;
  return ({ identifier, newest }) => {
    if (identifier.reason !== null) return { type: null, reason: identifier.reason };
    const type = identifier.kind === 'MAID' ? (types.get(identifier.value) ?? 'MAID') : identifier.kind;
    const applies: Partial<Record<DropReason, boolean>> = {
      IPV6: identifier.ipv6 && !capabilities.allowIpv6,
      IP_NOT_ALLOWED: type === 'IP' && !capabilities.allowIp,
      FUTURE: newest === null,
      UNKNOWN_TYPE: type === 'MAID' && !acceptsUnknown,
      TYPE_NOT_WANTED: !isWanted(type),
      VISITED: visited(identifier),
      CONSENT: optedOut.has(keyOf(identifier)),
    };
    return { type, reason: DROP_REASONS.find((reason) => applies[reason] === true) ?? null };
  };
}

function segmentOf(
  rows: readonly Exposure[],
  decide: Decide,
  isSuppressed: (identifier: Identifier) => boolean,
): ExpectedSegment {
  const distinct = new Map<string, Seen>();
  for (const row of rows) {
    for (const identifier of row.identifiers) {
      const seen = distinct.get(keyOf(identifier)) ?? { identifier, newest: null };
      if (row.time !== null) seen.newest = Math.max(row.time, seen.newest ?? row.time);
      distinct.set(keyOf(identifier), seen);
    }
  }
  const members = new Map<string, string>();
  const dropped: Partial<Record<DropReason, number>> = {};
  const identifiers: Partial<Record<IdentifierType, number>> = {};
  let suppressed = 0;
  for (const seen of distinct.values()) {
    const { type, reason } = decide(seen);
    if (reason !== null) count(dropped, reason);
    else if (isSuppressed(seen.identifier)) suppressed += 1;
    else if (type !== null && seen.newest !== null) {
      count(identifiers, type);
      members.set(`${type}|${seen.identifier.value}`, new Date(seen.newest).toISOString());
    }
  }
  return { members, selected: distinct.size, dropped, suppressed, identifiers };
}

/** The audience's segments with their members and counts. Throws for a source that holds no identifiers. */
export function computeExpected(input: OracleInput): Expected {
  const rows = windowed(input);
  const decide = decision(input, rows, deviceTypes(rows));
  const isSuppressed = suppressionTest(input);
  if (input.entry.mode !== 'split') return new Map([[MERGED, segmentOf(rows, decide, isSuppressed)]]);
  const insertionOrders = new Set(rows.map((row) => row.insertionOrderId));
  return new Map(
    [...insertionOrders].map((id) => [
      id,
      segmentOf(
        rows.filter((row) => row.insertionOrderId === id),
        decide,
        isSuppressed,
      ),
    ]),
  );
}
