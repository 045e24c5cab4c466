import type { IdentifierType } from '../identity/identifier-type.ts';
import { ident, join, type Sql, sql } from '../lib/sql.ts';
import type { Catalogue } from '../warehouse/catalogue.ts';
import type { Session } from '../warehouse/warehouse.ts';
import type { Change } from './changes.ts';
import { type Holding, rowsOf } from './held-members.ts';

/**
 * What a partner holds is known in two steps, so that no crash makes it wrong: what a cut will tell the partner is noted in
 * MEMBER_CHANGES before the first byte is sent, and becomes part of DELIVERED_MEMBERS when the delivery has ended.
 */

/** A cut of a run: the files that were staged by one of its attempts. */
export interface CutOf {
  readonly cutId: string;
  readonly runId: string;
  readonly holding: Holding;
}

/** Notes what will be told. `members` has `id_type`, `id_value` and `change`. */
export async function noteChanges(
  session: Session,
  catalogue: Catalogue,
  cut: CutOf,
  members: Sql,
  signal?: AbortSignal,
): Promise<void> {
  await session.execute(
    sql`INSERT INTO ${catalogue.table('MEMBER_CHANGES').ref} (${COLUMNS})
      SELECT ${cut.cutId}, ${cut.runId}, ${cut.holding.agencyId}, ${cut.holding.advertiserId}, ${cut.holding.destination},
        ${cut.holding.segmentId}, change, id_type, id_value FROM ${members}`,
    signal === undefined ? {} : { signal },
  );
}

/** Rows put in by one statement. */
const ROWS_AT_ONCE = 500;

/** Notes single members: with the change `rejected` those that the partner refused, which do not become part of what it holds. */
export async function noteMembers(
  session: Session,
  catalogue: Catalogue,
  { cutId, runId, holding }: CutOf,
  change: Change | 'rejected',
  members: readonly { readonly type: IdentifierType; readonly value: string }[],
): Promise<void> {
  const { agencyId, advertiserId, destination, segmentId } = holding;
  for (let start = 0; start < members.length; start += ROWS_AT_ONCE) {
    const rows = members.slice(start, start + ROWS_AT_ONCE).map(({ type, value }) => sql`(${type}, ${value})`);
    await session.execute(
      sql`INSERT INTO ${catalogue.table('MEMBER_CHANGES').ref} (${COLUMNS})
        SELECT ${cutId}, ${runId}, ${agencyId}, ${advertiserId}, ${destination}, ${segmentId}, ${change}, id_type, id_value
        FROM (VALUES ${join(rows)}) AS named (id_type, id_value)`,
    );
  }
}

/** Forgets which members of a cut the partner has refused. */
export async function forgetRefusals(session: Session, catalogue: Catalogue, cutId: string): Promise<void> {
  const table = catalogue.table('MEMBER_CHANGES');
  await session.execute(
    sql`DELETE FROM ${table.ref} WHERE ${table.column('CUT_ID')} = ${cutId} AND ${table.column('CHANGE')} = 'rejected'`,
  );
}

const COLUMNS = join(
  [
    'CUT_ID',
    'RUN_ID',
    'AGENCY_ID',
    'ADVERTISER_ID',
    'DESTINATION_NAME',
    'SEGMENT_ID',
    'CHANGE',
    'IDENTIFIER_TYPE',
    'IDENTIFIER_VALUE',
  ].map((name) => ident(name)),
);

/** The cuts of a segment whose end is not yet part of what the partner holds, in the order in which they were made. */
export async function unsettledCuts(
  session: Session,
  catalogue: Catalogue,
  holding: Holding,
): Promise<readonly Omit<CutOf, 'holding'>[]> {
  const table = catalogue.table('MEMBER_CHANGES');
  const rows = await session.all(
    sql`SELECT DISTINCT ${table.column('CUT_ID')} AS cut_id, ${table.column('RUN_ID')} AS run_id FROM ${table.ref}
      WHERE ${rowsOf(table, holding)} ORDER BY cut_id`,
  );
  return rows.map(({ cut_id, run_id }) => ({ cutId: String(cut_id), runId: String(run_id) }));
}
