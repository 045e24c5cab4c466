import { randomUUID } from 'node:crypto';
import { DAY_MS } from '../lib/clock.ts';
import { ident, integer, type Sql, sql } from '../lib/sql.ts';
import type { Session } from '../warehouse/warehouse.ts';

/** The temporary tables of a session. */
interface Made {
  count: number;
  /** Those that one piece of work needs. */
  readonly passing: Set<Sql>;
  /** Those that the next piece of work may need as well, by what they are, the one used last at the end. */
  readonly kept: Map<string, KeptTable>;
}

interface KeptTable {
  readonly table: Sql;
  /** Of what the table was made of. */
  readonly mark: string;
}

/** More are many agencies' at once, and a session does not keep all that it has ever made. */
const MOST_KEPT = 16;

const madeBy = new WeakMap<Session, Made>();

function madeOf(session: Session): Made {
  const made = madeBy.get(session) ?? { count: 0, passing: new Set(), kept: new Map() };
  madeBy.set(session, made);
  return made;
}

/** Keeps the result of a select in a temporary table of the session and gives its name. */
export async function workTable(session: Session, purpose: string, select: Sql, signal?: AbortSignal): Promise<Sql> {
  const made = madeOf(session);
  made.count += 1;
  const name = ident(`aq_${purpose}_${made.count}`);
  await session.execute(sql`CREATE TEMPORARY TABLE ${name} AS ${select}`, signal === undefined ? {} : { signal });
  made.passing.add(name);
  return name;
}

/**
 * Keeps the result of a select where every session of the warehouse can read it, until `dropSharedTable`. Nobody else's table has its name,
 * which begins with the day on which it was made, for `dropLeftBehind`.
 */
export async function sharedTable(session: Session, purpose: string, select: Sql, now: Date, signal?: AbortSignal): Promise<Sql> {
  const name = `${SHARED}${dayName(now)}_${purpose}_${randomUUID().replaceAll('-', '')}`;
  const { ref, create } = session.dialect.sharedTable(name);
  await session.execute(sql`${create} AS ${select}`, signal === undefined ? {} : { signal });
  return ref;
}

export function dropSharedTable(session: Session, table: Sql): Promise<unknown> {
  return drop(session, table);
}

/** Removes shared tables of processes that have died, where such tables outlive them: those that are older than any work takes. */
export async function dropLeftBehind(session: Session, now: Date, signal?: AbortSignal): Promise<void> {
  const rows = await session.all(
    sql`SELECT DISTINCT table_name AS "table_name" FROM information_schema.columns
      WHERE table_schema = CURRENT_SCHEMA() AND SUBSTR(table_name, 1, ${integer(SHARED.length)}) = ${SHARED}
        AND table_name < ${`${SHARED}${dayName(new Date(now.getTime() - DAY_MS))}`}`,
    signal === undefined ? {} : { signal },
  );
  for (const row of rows) await drop(session, session.dialect.sharedTable(String(row.table_name)).ref);
}

const SHARED = 'aq_shared_';

const dayName = (instant: Date): string => instant.toISOString().slice(0, 10).replaceAll('-', '');

/**
 * The same for a table that outlives `dropWorkTables`, so that whoever has the session next need not make it again. `key` says what it
 * is; `mark` tells what it is made of, in few bytes and far less time than making it takes, and it is made anew when that has changed.
 */
export async function keptTable(
  session: Session,
  purpose: string,
  { key, mark, select }: { readonly key: string; readonly mark: () => Promise<string>; readonly select: (mark: string) => Sql },
  signal?: AbortSignal,
): Promise<KeptTable> {
  const { kept, passing } = madeOf(session);
  for (;;) {
    const before = await mark();
    const known = kept.get(key);
    kept.delete(key);
    if (known?.mark === before) {
      kept.set(key, known);
      return known;
    }
    if (known !== undefined) await drop(session, known.table);
    const table = await workTable(session, purpose, select(before), signal);
    // What it was made of must be what the mark speaks of.
    if ((await mark()) === before) {
      passing.delete(table);
      const made = { table, mark: before };
      kept.set(key, made);
      return made;
    }
  }
}

/** Removes what the work that has just ended made, and what has been kept for longest. */
export async function dropWorkTables(session: Session): Promise<void> {
  const { kept, passing } = madeOf(session);
  for (const table of passing) await drop(session, table);
  passing.clear();
  for (const [key, { table }] of [...kept].slice(0, -MOST_KEPT)) {
    kept.delete(key);
    await drop(session, table);
  }
}

const drop = (session: Session, table: Sql): Promise<unknown> => session.execute(sql`DROP TABLE IF EXISTS ${table}`);
