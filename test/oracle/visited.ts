import type { Row } from '../../src/warehouse/warehouse.ts';
import { type Exposure, siteVisits, storeVisits } from './exposures.ts';
import { type Identifier, readIdentifier } from './identifiers.ts';
import type { OracleInput } from './input.ts';
import { isBlank, textOf } from './values.ts';

/** Canonical identifier → its households. */
function households(rows: readonly Row[], kind: 'IP' | 'MAID', column: string): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const row of rows) {
    const identifier = readIdentifier(kind, row[column]);
    if (identifier.reason !== null || isBlank(row.HOUSEHOLD_ID)) continue;
    const set = found.get(identifier.value) ?? new Set();
    found.set(identifier.value, set.add(textOf(row.HOUSEHOLD_ID)));
  }
  return found;
}

/** Tells whether an address or a device was itself, or through its household, seen on the advertiser's site or in its stores. */
function seenTest(input: OracleInput): (identifier: Identifier) => boolean {
  const { tables, config, policy, now } = input;
  const from = now.getTime() - config.attributionWindowDays * 86_400_000;
  const inWindow = (visit: Exposure) => visit.time !== null && visit.time >= from && visit.time <= now.getTime();
  const ofIp = households(tables.IP_HOUSEHOLD_LOOKUP ?? [], 'IP', 'IP_ADDRESS');
  const ofMaid = households(tables.MAID_HOUSEHOLD_LOOKUP ?? [], 'MAID', 'MAID');
  const householdsOf = ({ kind, value }: Identifier): ReadonlySet<string> => {
    if (kind === 'IP') return ofIp.get(value) ?? new Set();
    if (kind === 'MAID') return ofMaid.get(value) ?? new Set();
    return new Set();
  };
  const seen = new Set<string>();
  const seenHouseholds = new Set<string>();
  for (const visit of [...siteVisits(tables, config, 'all', policy), ...storeVisits(tables, config, policy)].filter(inWindow)) {
    for (const identifier of visit.identifiers.filter((each) => each.reason === null)) {
      seen.add(`${identifier.kind}|${identifier.value}`);
      for (const household of householdsOf(identifier)) seenHouseholds.add(household);
    }
  }
  return (identifier) =>
    seen.has(`${identifier.kind}|${identifier.value}`) ||
    [...householdsOf(identifier)].some((household) => seenHouseholds.has(household));
}

/**
 * Tells who is removed from those exposed: every identifier with a row inside the window whose address or device was seen within the
 * attribution window. So the address of an impression speaks for the device and the other identifiers beside it.
 */
export function visitedTest(input: OracleInput, rows: readonly Exposure[]): (identifier: Identifier) => boolean {
  const wasSeen = seenTest(input);
  const visited = new Set<string>();
  for (const { time, identifiers } of rows) {
    const valid = identifiers.filter(({ reason }) => reason === null);
    if (time === null || !valid.some(wasSeen)) continue;
    for (const { kind, value } of valid) visited.add(`${kind}|${value}`);
  }
  return ({ kind, value }) => visited.has(`${kind}|${value}`);
}
