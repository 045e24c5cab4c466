import { join, type Sql, sql } from '../lib/sql.ts';
import type { BoundTable } from '../warehouse/bound-table.ts';
import type { Catalogue } from '../warehouse/catalogue.ts';
import { droppedBefore, type RefreshRule } from './resend.ts';

/** A segment at a partner. */
export interface Holding {
  readonly agencyId: string;
  readonly advertiserId: string;
  readonly destination: string;
  readonly segmentId: string;
}

/** The condition that tells a segment's rows in DELIVERED_MEMBERS and MEMBER_CHANGES. */
export function rowsOf(table: BoundTable, { agencyId, advertiserId, destination, segmentId }: Holding): Sql {
  return join(
    [
      sql`${table.column('SEGMENT_ID')} = ${segmentId}`,
      sql`${table.column('DESTINATION_NAME')} = ${destination}`,
      sql`${table.column('ADVERTISER_ID')} = ${advertiserId}`,
      sql`${table.column('AGENCY_ID')} = ${agencyId}`,
    ],
    ' AND ',
  );
}

/**
 * The members that a partner holds, as far as is known: `held_type`, `held_value`, `sent_at`. That is null where a delivery broke off:
 * the partner may hold such a member or not.
 */
export function heldMembers(catalogue: Catalogue, holding: Holding, rule: RefreshRule): Sql {
  const table = catalogue.table('DELIVERED_MEMBERS');
  const sentAt = table.column('LAST_SENT_AT');
  const dropped = droppedBefore(rule);
  const alive = dropped === null ? sql`TRUE` : sql`(${sentAt} IS NULL OR ${sentAt} > ${dropped})`;
  return sql`(SELECT ${table.column('IDENTIFIER_TYPE')} AS held_type, ${table.column('IDENTIFIER_VALUE')} AS held_value, ${sentAt} AS sent_at
    FROM ${table.ref} WHERE ${rowsOf(table, holding)} AND ${table.column('REMOVED_AT')} IS NULL AND ${alive})`;
}
