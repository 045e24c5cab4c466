import type { AdvertiserConfig } from '../../config/advertiser-config.ts';
import { configMark, keyText, readConfigs } from '../../config/read-configs.ts';
import { isNoId } from '../../config/values.ts';
import { inTurn } from '../../lib/in-turn.ts';
import type { BoundTable, Catalogue } from '../../warehouse/catalogue.ts';
import type { Session } from '../../warehouse/warehouse.ts';
import { readNames, type WarehouseNames } from './read-names.ts';

/** Everybody who has a name or a configuration, kept in memory. */

export interface KnownAdvertiser {
  readonly agencyId: string;
  readonly advertiserId: string;
  readonly agencyName: string | null;
  /** To show: the display name of its configuration, else the one of the name table. */
  readonly name: string | null;
  /** As the name table has it. */
  readonly rawName: string | null;
  /** Null when it is not configured. */
  readonly config: AdvertiserConfig | null;
}

/** As of one moment. */
export interface AdvertiserBook {
  /** By `keyText`, in the order of names. */
  readonly advertisers: ReadonlyMap<string, KnownAdvertiser>;
  /** Agencies of the name table, with their names. */
  readonly agencies: ReadonlyMap<string, string | null>;
}

/** The book of one warehouse: looked at by everybody, and read anew when its tables have changed. */
export interface AdvertiserBooks {
  current(session: Session, catalogue: Catalogue): Promise<AdvertiserBook>;
}

interface KnownTables {
  readonly namesMark: string;
  readonly configsMark: string;
  readonly names: WarehouseNames;
  /** Those of the name table, in the order of names. */
  readonly named: readonly KnownAdvertiser[];
  readonly configs: readonly AdvertiserConfig[];
  readonly book: AdvertiserBook;
}

export function makeAdvertiserBooks(): AdvertiserBooks {
  const books = {};
  const inOrder = inTurn<object>();
  let known: KnownTables | undefined;
  return {
    current: (session, catalogue) =>
      // One after the other: who comes while it is read waits, and need not read it again.
      inOrder(books, async () => {
        known = await currentTables(session, catalogue, known);
        return known.book;
      }),
  };
}

async function currentTables(session: Session, catalogue: Catalogue, known: KnownTables | undefined): Promise<KnownTables> {
  const nameTable = catalogue.table('REF_AGENCY_ADVERTISER');
  const configTable = catalogue.table('REF_ADVERTISER_CONFIG');
  const [namesMark, configsMark] = [await markOf(session, nameTable), await markOf(session, configTable)];
  if (known?.namesMark === namesMark && known.configsMark === configsMark) return known;
  const isSameNames = known?.namesMark === namesMark;
  const names = isSameNames ? known.names : await readNames(session, catalogue);
  const named = isSameNames ? known.named : namedAdvertisers(names);
  const configs =
    known?.configsMark === configsMark ? known.configs : configTable.exists ? await readConfigs(session, configTable, {}) : [];
  const book = { advertisers: everybody(names, named, configs), agencies: names.agencies };
  return { namesMark, configsMark, names, named, configs, book };
}

async function markOf(session: Session, table: BoundTable): Promise<string> {
  return table.exists ? configMark(session, table) : '';
}

function namedAdvertisers({ agencies, advertisers }: WarehouseNames): readonly KnownAdvertiser[] {
  const found: KnownAdvertiser[] = [];
  for (const [agencyId, own] of advertisers) {
    const agencyName = agencies.get(agencyId) ?? null;
    for (const [advertiserId, { raw, name }] of own)
      found.push({ agencyId, advertiserId, agencyName, name, rawName: raw, config: null });
  }
  return found.sort(byName);
}

function everybody(
  { agencies }: WarehouseNames,
  named: readonly KnownAdvertiser[],
  configs: readonly AdvertiserConfig[],
): ReadonlyMap<string, KnownAdvertiser> {
  const found = new Map(named.map((advertiser) => [keyText(advertiser), advertiser]));
  for (const config of configs) {
    const { agencyId, advertiserId, displayName } = config;
    if (isNoId(agencyId) || isNoId(advertiserId)) continue;
    const key = keyText(config);
    const known = found.get(key) ?? {
      agencyId,
      advertiserId,
      agencyName: agencies.get(agencyId) ?? null,
      name: null,
      rawName: null,
    };
    found.set(key, { ...known, name: displayName ?? known.name, config });
  }
  // Nearly all are in order, which makes this quick.
  return new Map([...found].sort(([, left], [, right]) => byName(left, right)));
}

const order = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Names from A on, after them those without one; then ids. */
export function byName(left: KnownAdvertiser, right: KnownAdvertiser): number {
  return (
    Number(left.name === null) - Number(right.name === null) ||
    order.compare(left.name ?? '', right.name ?? '') ||
    order.compare(left.agencyId, right.agencyId) ||
    order.compare(left.advertiserId, right.advertiserId)
  );
}
