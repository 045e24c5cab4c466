import { ident, type Sql, sql } from '../lib/sql.ts';
import type { Session } from '../warehouse/warehouse.ts';

const counters = new WeakMap<Session, number>();

/** Keeps the result of a select in a temporary table of the session and gives its name. */
export async function workTable(session: Session, purpose: string, select: Sql, signal?: AbortSignal): Promise<Sql> {
  const count = (counters.get(session) ?? 0) + 1;
  counters.set(session, count);
  const name = ident(`aq_${purpose}_${count}`);
  await session.execute(sql`CREATE TEMPORARY TABLE ${name} AS ${select}`, signal === undefined ? {} : { signal });
  return name;
}
