import { displayName } from '../../config/display-name.ts';
import { sql } from '../../lib/sql.ts';
import { idSql } from '../../reach/text-sql.ts';
import type { Catalogue } from '../../warehouse/catalogue.ts';
import type { Session } from '../../warehouse/warehouse.ts';

/** What REF_AGENCY_ADVERTISER calls agencies and advertisers. */
export interface WarehouseNames {
  /** By agency: the one name that it is known by here. Null when no row has one. */
  readonly agencies: ReadonlyMap<string, string | null>;
  /** By agency, then advertiser. */
  readonly advertisers: ReadonlyMap<string, ReadonlyMap<string, WarehouseName>>;
}

export interface WarehouseName {
  /** As it stands there, maybe encoded or behind a CRM code. */
  readonly raw: string | null;
  /** As people read it. */
  readonly name: string | null;
}

const NAMELESS = /^(?:|0|null|unknown)$/i;

/**
 * Reads all names. An agency whose rows spell its name in several ways has the one that most of them have, an advertiser the one that
 * comes first in the alphabet, as in the names of segments.
 */
export async function readNames(session: Session, catalogue: Catalogue): Promise<WarehouseNames> {
  const table = catalogue.table('REF_AGENCY_ADVERTISER');
  const agencies = new Map<string, Map<string, number>>();
  const advertisers = new Map<string, Map<string, WarehouseName>>();
  if (!table.exists) return { agencies: new Map(), advertisers };
  const { dialect } = session;
  const text = (column: string) => dialect.text(table.column(column));
  const batches = session.query(
    sql`SELECT agency, advertiser, agency_name, advertiser_name, count(*) AS found FROM (
        SELECT ${idSql(dialect, table.column('AGENCY_ID'))} AS agency, ${idSql(dialect, table.column('ADVERTISER_ID'))} AS advertiser,
          trim(${text('AGENCY_NAME')}) AS agency_name, trim(${text('ADVERTISER_NAME')}) AS advertiser_name FROM ${table.ref}
      ) GROUP BY agency, advertiser, agency_name, advertiser_name ORDER BY advertiser_name`,
  );
  for await (const batch of batches) {
    for (const row of batch) {
      const agency = idOf(row.agency);
      if (agency === null) continue;
      const votes = agencies.get(agency) ?? new Map<string, number>();
      agencies.set(agency, votes);
      const agencyName = displayName(rawOf(row.agency_name));
      if (agencyName !== null) votes.set(agencyName, (votes.get(agencyName) ?? 0) + Number(row.found));
      const advertiser = idOf(row.advertiser);
      if (advertiser === null) continue;
      const own = advertisers.get(agency) ?? new Map<string, WarehouseName>();
      advertisers.set(agency, own);
      const raw = rawOf(row.advertiser_name);
      if (own.get(advertiser)?.raw == null) own.set(advertiser, { raw, name: displayName(raw) });
    }
  }
  return { agencies: new Map([...agencies].map(([agency, votes]) => [agency, mostNamed(votes)])), advertisers };
}

const idOf = (value: unknown): string | null => (NAMELESS.test(String(value ?? '')) ? null : String(value));
const rawOf = (value: unknown): string | null => (NAMELESS.test(String(value ?? '')) ? null : String(value));

/** Spellings that differ in case alone are one name, in its most frequent spelling. */
function mostNamed(votes: ReadonlyMap<string, number>): string | null {
  const groups = Map.groupBy(votes, ([name]) => name.toLowerCase().replaceAll(/\s+/g, ' '));
  const sums = [...groups.values()].map((spellings) => ({
    name: first(spellings)[0],
    votes: spellings.reduce((sum, [, count]) => sum + count, 0),
  }));
  return sums.toSorted((left, right) => right.votes - left.votes || (left.name < right.name ? -1 : 1))[0]?.name ?? null;
}

function first(spellings: readonly (readonly [string, number])[]): readonly [string, number] {
  const [most] = spellings.toSorted(([one, ones], [other, others]) => others - ones || (one < other ? -1 : 1));
  if (most === undefined) throw new Error('a group has no member');
  return most;
}
