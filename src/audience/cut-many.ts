import { kindOf } from '../identity/identifier-kind.ts';
import { join, raw, type Sql, sql } from '../lib/sql.ts';
import { dropSharedTable, sharedTable, workTable } from '../reach/work-table.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { type Cut, membersSql } from './cut.ts';
import { termsOf } from './drop-rules.ts';
import { countProfiles, factsOfMany, profilesOf, reasonOfMany } from './judge-many.ts';
import { type Shareable, shareReads } from './shared-reads.ts';
import { type AudienceSpec, wantedTypes } from './spec.ts';
import type { Suppression } from './suppression.ts';

/** Audiences that were cut together. */
export interface ManyCuts {
  /** In the order of the audiences; any session of the warehouse can read their members. */
  readonly cuts: readonly Cut[];
  /** The table that holds them all, to be dropped when the last one has been written. */
  readonly table: Sql;
}

/**
 * Cuts many audiences of one agency (of one `shareKey`) in one pass over its prepared exposures: the same members and counts as one by
 * one, in as many statements as for one.
 */
export async function cutMany(
  session: Session,
  audiences: readonly [Shareable, ...Shareable[]],
  suppression: Suppression,
  now: Date,
  signal?: AbortSignal,
): Promise<ManyCuts> {
  const { dialect } = session;
  const reads = await shareReads(session, audiences, signal);
  const facts = reads.identifiers.map((each) => factsOfMany(dialect, each, suppression));
  if (facts.length === 0) throw new Error('Audiences of no identifiers cannot be cut together.');
  const table = await sharedTable(session, 'cuts', join(facts, ' UNION ALL '), now, signal);
  try {
    const profiles = await workTable(session, 'audience_profiles', profilesOf(sql`SELECT * FROM ${table}`), signal);
    const counted = await countProfiles(session, profiles, audiences, reads, signal);
    const cuts = audiences.flatMap((audience, index): readonly Cut[] => {
      const counts = counted[index];
      if (counts === undefined) throw new Error('An audience that was cut has no counts.');
      return [{ counts, suppression, members: membersSql(dialect, table, isLeftSql(audience.spec, reads.numberOf(audience))) }];
    });
    return { cuts, table };
  } catch (error) {
    // Nobody else knows of it.
    await dropSharedTable(session, table).catch(() => undefined);
    throw error;
  }
}

/** Who of the table is left of an audience. Kinds that it does not want are left out before any rule, since each of its files compiles this. */
function isLeftSql(spec: AudienceSpec, number: number): Sql {
  const kinds = [...new Set(wantedTypes(spec).map(kindOf))];
  if (kinds.length === 0) return raw('FALSE');
  const isWanted = sql`id_kind IN (${join(kinds.map((kind) => sql`${kind}`))})`;
  return sql`audience = ${number} AND NOT suppressed AND ${isWanted} AND ${reasonOfMany(kinds, termsOf(spec), raw('last_seen IS NULL'))} IS NULL`;
}
