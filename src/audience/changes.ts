import { IDENTIFIER_KINDS, type IdentifierKind, kindOf } from '../identity/identifier-kind.ts';
import { IDENTIFIER_TYPES, type IdentifierType } from '../identity/identifier-type.ts';
import { join, raw, type Sql, sql } from '../lib/sql.ts';
import { workTable } from '../reach/work-table.ts';
import type { Catalogue } from '../warehouse/catalogue.ts';
import type { Session } from '../warehouse/warehouse.ts';
import type { Cut } from './cut.ts';
import { type Holding, heldMembers } from './held-members.ts';
import { memberKey } from './member-key.ts';
import { type RefreshRule, resendBefore } from './resend.ts';

/**
 * What is to be told to a partner about the members of a segment: `add` those that it does not hold, `resend` those that it would soon
 * drop, `remove` those that are not in the audience any more, `optOut` those that have opted out since they were sent.
 */
export const CHANGES = ['add', 'resend', 'remove', 'optOut'] as const;
export type Change = (typeof CHANGES)[number];

/** What a partner can be told, and for how long it remembers. */
export interface ChangeRules extends RefreshRule {
  /** Send everybody, or only what has changed. */
  readonly refresh: 'full' | 'incremental';
  readonly removes: boolean;
  readonly optOuts: boolean;
}

export interface Changes {
  readonly counts: Readonly<Record<Change, Partial<Record<IdentifierType, number>>>>;
  /** Members that the partner holds and that need not be sent. */
  readonly unchanged: number;
  /** Members that are not in the audience any more, which the partner cannot be told and drops in time, if at all. */
  readonly left: number;
  /** The members of some changes, with the columns of a cut's. */
  members(changes: readonly Change[]): Sql;
}

/** Compares a cut with what the partner holds, in the warehouse. */
export async function findChanges(
  session: Session,
  catalogue: Catalogue,
  cut: Cut,
  holding: Holding,
  rules: ChangeRules,
  signal?: AbortSignal,
): Promise<Changes> {
  const options = signal === undefined ? {} : { signal };
  const due =
    rules.refresh === 'full'
      ? sql`TRUE`
      : sql`(sent_at IS NULL OR ${resendBefore(session.dialect, sql`held_value`, sql`sent_at`, rules)})`;
  const table = await workTable(
    session,
    'changes',
    sql`SELECT COALESCE(now_type, held_type) AS id_type, COALESCE(now_value, held_value) AS id_value,
        COALESCE(last_seen, ${rules.now}) AS last_seen,
        CAST(CASE WHEN held_value IS NULL THEN 'add' WHEN now_value IS NULL THEN 'gone' WHEN ${due} THEN 'resend' ELSE 'same' END AS VARCHAR) AS change
      FROM (SELECT id_type AS now_type, id_value AS now_value, last_seen, ${memberKey(sql`id_type`, sql`id_value`)} AS now_key
        FROM ${cut.members})
      FULL OUTER JOIN (SELECT *, ${memberKey(sql`held_type`, sql`held_value`)} AS held_key FROM ${heldMembers(catalogue, holding, rules)})
        ON held_key = now_key`,
    signal,
  );
  // Who has opted out is told so, or at least taken away, also where everybody is sent; few are gone, and the list is asked for those alone.
  const toldAs = rules.optOuts ? 'optOut' : rules.removes && rules.refresh === 'full' ? 'remove' : null;
  if (toldAs !== null) {
    const listed = IDENTIFIER_KINDS.map((kind) => {
      const gone = sql`SELECT id_type, id_value FROM ${table} WHERE change = 'gone' AND id_type IN (${typesOf(kind)})`;
      return sql`SELECT id_type, id_value FROM (${cut.suppression.marked(kind, gone, raw('f.id_value'))}) WHERE is_listed`;
    });
    await session.execute(
      sql`UPDATE ${table} SET change = ${toldAs} WHERE change = 'gone' AND (id_type, id_value) IN (${join(listed, ' UNION ALL ')})`,
      options,
    );
  }
  if (rules.refresh === 'incremental' && rules.removes)
    await session.execute(sql`UPDATE ${table} SET change = 'remove' WHERE change = 'gone'`, options);
  const rows = await session.all(
    sql`SELECT change, id_type, COUNT(*) AS id_count FROM ${table} GROUP BY change, id_type`,
    options,
  );
  const tally = (change: string): Partial<Record<IdentifierType, number>> =>
    Object.fromEntries(rows.filter((row) => row.change === change).map((row) => [String(row.id_type), Number(row.id_count)]));
  const total = (change: string): number => Object.values(tally(change)).reduce((sum, count) => sum + count, 0);
  return {
    counts: { add: tally('add'), resend: tally('resend'), remove: tally('remove'), optOut: tally('optOut') },
    unchanged: total('same'),
    left: total('gone'),
    members: (changes) =>
      sql`(SELECT id_type, ${session.dialect.deviceKey(sql`CASE WHEN id_type IN (${typesOf('MAID')}) THEN id_value END`)} AS id_key,
          CASE WHEN id_type NOT IN (${typesOf('MAID')}) THEN id_value END AS id_text, id_value, last_seen, change
        FROM ${table} WHERE change IN (${join(changes.map((change) => sql`${change}`))}))`,
  };
}

const typesOf = (kind: IdentifierKind): Sql =>
  join(IDENTIFIER_TYPES.filter((type) => kindOf(type) === kind).map((type) => sql`${type}`));
