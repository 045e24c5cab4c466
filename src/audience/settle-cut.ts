import { ident, join, type Sql, sql } from '../lib/sql.ts';
import { workTable } from '../reach/work-table.ts';
import type { Catalogue } from '../warehouse/catalogue.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { type Holding, rowsOf } from './held-members.ts';
import { type CutOf, noteChanges } from './member-changes.ts';
import { memberKey } from './member-key.ts';
import { droppedBefore, type RefreshRule } from './resend.ts';

/**
 * How a cut ended: the partner has taken it at `sentAt`; it was being sent when something broke, so that the partner may have taken any
 * part of it; or nothing of it ever left.
 */
export type CutEnd =
  | { readonly kind: 'taken'; readonly sentAt: Date; readonly rule: RefreshRule; readonly forgetBefore: Date }
  | { readonly kind: 'unknown'; readonly at: Date }
  | { readonly kind: 'never-sent' };

/** Makes a cut part of what the partner holds, in one transaction. */
export async function settleCut(session: Session, catalogue: Catalogue, cut: CutOf, end: CutEnd): Promise<void> {
  const changes = catalogue.table('MEMBER_CHANGES');
  const own = sql`${changes.column('CUT_ID')} = ${cut.cutId}`;
  const members = membersOf(catalogue, cut.holding);
  const noted =
    end.kind === 'never-sent'
      ? null
      : await workTable(
          session,
          'noted',
          // Noted twice where a resync reads the files of a cut whose notes are still there.
          sql`SELECT DISTINCT ${ident('IDENTIFIER_TYPE')} AS id_type, ${ident('IDENTIFIER_VALUE')} AS id_value,
              ${memberKey(ident('IDENTIFIER_TYPE'), ident('IDENTIFIER_VALUE'))} AS id_key, ${ident('CHANGE')} IN ('add', 'resend') AS is_held
            FROM ${changes.ref} WHERE ${own} AND ${ident('CHANGE')} <> 'rejected'
              AND ${ident('IDENTIFIER_VALUE')} NOT IN
                (SELECT ${ident('IDENTIFIER_VALUE')} FROM ${changes.ref} WHERE ${own} AND ${ident('CHANGE')} = 'rejected')`,
        );
  await session.transaction(async () => {
    if (noted !== null && end.kind === 'taken') {
      await take(session, members, noted, end);
      await insertNew(session, members, cut.holding, sql`(SELECT * FROM ${noted} WHERE is_held)`, end.sentAt, end.sentAt);
    }
    if (noted !== null && end.kind === 'unknown') {
      await doubt(session, members, noted);
      await insertNew(session, members, cut.holding, noted, end.at, null);
    }
    await session.execute(sql`DELETE FROM ${changes.ref} WHERE ${own}`);
  });
}

/** What was added is held since then, what was removed is not; what the partner has dropped by itself is not held either. */
async function take(
  session: Session,
  { table, own, key, column }: Members,
  noted: Sql,
  { sentAt, rule, forgetBefore }: Extract<CutEnd, { kind: 'taken' }>,
): Promise<void> {
  const [last, removed] = [column('LAST_SENT_AT'), column('REMOVED_AT')];
  const dropped = droppedBefore(rule);
  await session.execute(
    sql`UPDATE ${table} SET ${last} = ${sentAt}, ${removed} = NULL
      WHERE ${own} AND ${key} IN (SELECT id_key FROM ${noted} WHERE is_held)`,
  );
  const remove = (which: Sql): Promise<number> =>
    session.execute(sql`UPDATE ${table} SET ${removed} = ${sentAt} WHERE ${own} AND ${removed} IS NULL AND ${which}`);
  await remove(sql`${key} IN (SELECT id_key FROM ${noted} WHERE NOT is_held)`);
  if (dropped !== null) await remove(sql`${last} <= ${dropped}`);
  await session.execute(sql`DELETE FROM ${table} WHERE ${own} AND ${removed} < ${forgetBefore}`);
}

/** Whoever was to be added or removed may be held or not: counts as held when it is to be removed, and as not held when it is to be added. */
async function doubt(session: Session, { table, own, key, column }: Members, noted: Sql): Promise<void> {
  await session.execute(
    sql`UPDATE ${table} SET ${column('LAST_SENT_AT')} = NULL, ${column('REMOVED_AT')} = NULL
      WHERE ${own} AND ${key} IN (SELECT id_key FROM ${noted})`,
  );
}

async function insertNew(
  session: Session,
  { table, own, key, column }: Members,
  { agencyId, advertiserId, destination, segmentId }: Holding,
  from: Sql,
  firstSentAt: Date,
  lastSentAt: Date | null,
): Promise<void> {
  await session.execute(
    sql`INSERT INTO ${table} (${join(MEMBER_COLUMNS.map(column))})
      SELECT ${agencyId}, ${advertiserId}, ${destination}, ${segmentId}, id_type, id_value, ${firstSentAt}, ${lastSentAt}, NULL
      FROM ${from} WHERE id_key NOT IN (SELECT ${key} FROM ${table} WHERE ${own})`,
  );
}

const MEMBER_COLUMNS = [
  'AGENCY_ID',
  'ADVERTISER_ID',
  'DESTINATION_NAME',
  'SEGMENT_ID',
  'IDENTIFIER_TYPE',
  'IDENTIFIER_VALUE',
  'FIRST_SENT_AT',
  'LAST_SENT_AT',
  'REMOVED_AT',
];

interface Members {
  readonly table: Sql;
  /** The segment's rows. */
  readonly own: Sql;
  readonly key: Sql;
  column(name: string): Sql;
}

function membersOf(catalogue: Catalogue, holding: Holding): Members {
  const table = catalogue.table('DELIVERED_MEMBERS');
  const column = (name: string): Sql => table.column(name);
  return {
    table: table.ref,
    own: rowsOf(table, holding),
    key: memberKey(column('IDENTIFIER_TYPE'), column('IDENTIFIER_VALUE')),
    column,
  };
}

/** Doubts all that is known of a segment: the next delivery sends everybody again, and takes away whoever is not in the audience. */
export async function doubtMembers(session: Session, catalogue: Catalogue, holding: Holding): Promise<void> {
  const { table, own, column } = membersOf(catalogue, holding);
  await session.execute(
    sql`UPDATE ${table} SET ${column('LAST_SENT_AT')} = NULL WHERE ${own} AND ${column('REMOVED_AT')} IS NULL`,
  );
}

/** How many members a partner holds, as far as is known. */
export async function countMembers(session: Session, catalogue: Catalogue, holding: Holding): Promise<number> {
  const { table, own, column } = membersOf(catalogue, holding);
  const [row] = await session.all(sql`SELECT COUNT(*) AS held FROM ${table} WHERE ${own} AND ${column('REMOVED_AT')} IS NULL`);
  return Number(row?.held ?? 0);
}

/** Makes what is known of a segment the changes of a cut, of which it is not known how it ended, and nothing else known. */
export async function unsettleMembers(session: Session, catalogue: Catalogue, cut: CutOf): Promise<void> {
  const { table, own, column } = membersOf(catalogue, cut.holding);
  const held = sql`(SELECT ${column('IDENTIFIER_TYPE')} AS id_type, ${column('IDENTIFIER_VALUE')} AS id_value, 'add' AS change
    FROM ${table} WHERE ${own} AND ${column('REMOVED_AT')} IS NULL)`;
  await session.transaction(async () => {
    await noteChanges(session, catalogue, cut, held);
    await session.execute(sql`DELETE FROM ${table} WHERE ${own}`);
  });
}
