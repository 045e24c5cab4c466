import { type Expression, type Kysely, type SelectQueryBuilder, type SqlBool, sql } from 'kysely';
import { configError } from '../errors.ts';
import { among, type DeliverySlot } from './delivery-slot.ts';
import { findRun, type Run, selectRuns, toHold, toRun } from './run.ts';
import type { StoredProgress } from './run-progress.ts';
import type { Tables } from './schema.ts';
import type { RunState } from './states.ts';
import type { Step, StepDetail, StepName } from './step.ts';
import type { Store } from './store.ts';

/** Narrows a list of runs; what is left out does not narrow. */
export interface RunFilter {
  /** Only these agencies; an empty list gives nothing. */
  readonly agencyIds?: readonly string[];
  readonly advertiserId?: string;
  readonly destination?: string;
  readonly deliveryId?: string;
  readonly slot?: string;
  readonly states?: readonly RunState[];
  /** Only those that wait for a person, or only the others. */
  readonly held?: boolean;
  /** Only those that were planned then or later, and only those that were planned before: ISO 8601 UTC. */
  readonly from?: string;
  readonly to?: string;
  /** Only runs that stand behind this one in the list: the last of the page before. */
  readonly before?: { readonly plannedAt: string; readonly id: string };
  /** 50 unless said. */
  readonly limit?: number;
  readonly offset?: number;
}

/** One try within a run. How it ended is in the steps. */
export interface Attempt {
  readonly runId: string;
  readonly no: number;
  readonly startedAt: string;
  readonly owner: string;
  readonly program: string;
}

/** Values bound in one statement, well below what either database takes. */
const BATCH = 500;

/** The run with this id, or the only one whose id begins so; null when there is none. More than one is `run_ambiguous`, `config`. */
export async function runById(store: Store, idOrPrefix: string): Promise<Run | null> {
  const prefix = idOrPrefix.toLowerCase();
  if (!/^[0-9a-z]+$/.test(prefix)) return null;
  return store.read(async (db) => {
    const exact = await findRun(db, prefix);
    if (exact !== null) return exact;
    // `{` is the character after `z`, the last that an id can hold.
    const rows = await selectRuns(db).where('runs.id', '>=', prefix).where('runs.id', '<', `${prefix}{`).limit(2).execute();
    const [first, second] = rows;
    if (first === undefined) return null;
    if (second !== undefined)
      throw configError('run_ambiguous', `More than one run begins with ${prefix}.`, { hint: 'Give more of the id.' });
    return toRun(first);
  });
}

/**
 * Runs, newest first. Pages are asked for with `before`, which takes no longer the further back it is, or by `offset`, which does.
 */
export async function runs(store: Store, filter: RunFilter = {}): Promise<readonly Run[]> {
  const { agencyIds, states, limit = 50, offset = 0 } = filter;
  if (agencyIds?.length === 0 || states?.length === 0) return [];
  return store.read(async (db) => {
    // One list for each agency and state, so that an index gives each in order; together they hold the page.
    const parts = apart(agencyIds).flatMap((agencyId) => apart(states).map((state) => ({ ...filter, agencyId, state })));
    const [only] = parts;
    const after = await beforeOf(db, filter.before);
    if (parts.length === 1 && only !== undefined)
      return (await narrowed(selectRuns(db), only, after).limit(limit).offset(offset).execute()).map(toRun);
    // Their places first: those stand in the indexes, and most of the rows would be thrown away.
    const places: Placed[] = [];
    for (const part of parts) {
      const query = db.selectFrom('runs').select(['runs.plannedAt', 'runs.generation', 'runs.id']);
      places.push(
        ...(await narrowed(query, part, after)
          .limit(limit + offset)
          .execute()),
      );
    }
    const page = places.sort(newestFirst).slice(offset, offset + limit);
    return runsAt(
      db,
      page.map(({ id }) => id),
    );
  });
}

/** The runs with these ids, in their order; an id that is none is left out. */
export function runsOf(store: Store, ids: readonly string[]): Promise<readonly Run[]> {
  return store.read((db) => runsAt(db, ids));
}

/** Each of the wanted values once; nothing in particular when all are. */
function apart<T>(values: readonly T[] | undefined): readonly (T | undefined)[] {
  return values === undefined ? [undefined] : [...new Set(values)];
}

/** A filter of one agency and one state at the most. */
type PartFilter = Omit<RunFilter, 'agencyIds' | 'states' | 'before'> & {
  readonly agencyId: string | undefined;
  readonly state: RunState | undefined;
};

async function runsAt(db: Kysely<Tables>, wanted: readonly string[]): Promise<readonly Run[]> {
  const found = new Map<string, Run>();
  for (let start = 0; start < wanted.length; start += BATCH) {
    const ids = wanted.slice(start, start + BATCH);
    for (const row of await selectRuns(db).where('runs.id', 'in', ids).execute()) found.set(row.id, toRun(row));
  }
  return wanted.flatMap((id) => found.get(id) ?? []);
}

/** The place of a run in the order of lists. */
async function beforeOf(db: Kysely<Tables>, before: RunFilter['before']): Promise<Placed | null> {
  if (before === undefined) return null;
  const { plannedAt, id } = before;
  const run = await db.selectFrom('runs').select('generation').where('id', '=', id).executeTakeFirst();
  return { plannedAt, id, generation: run?.generation ?? 0 };
}

/** Columns that lists are narrowed by and that have an index, the one that leaves the fewest runs first. */
const NARROWING = ['deliveryId', 'advertiserId', 'hold', 'slot', 'agencyId', 'destination', 'state'] as const;

/**
 * A query narrowed by a filter and ordered newest first. SQLite does not know which column leaves the fewest rows, and would walk through a whole agency for a handful: it is shown only the narrowest as one to look up. Agency and
 * destination have an index together with the state.
 */
function narrowed<O>(query: SelectQueryBuilder<Tables, 'runs', O>, filter: PartFilter, after: Placed | null) {
  const { held, from, to, ...wanted } = filter;
  const first = NARROWING.find((name) => (name === 'hold' ? held === true : wanted[name] !== undefined));
  const withState = first === 'agencyId' || first === 'destination';
  return (
    query
      .where((eb) => {
        const conditions: Expression<SqlBool>[] = [];
        for (const name of NARROWING) {
          const value = name === 'hold' ? undefined : wanted[name];
          if (value === undefined) continue;
          const plain = name === first || (withState && name === 'state');
          const column = eb.ref(`runs.${name}`);
          conditions.push(plain ? eb(column, '=', value) : eb(sql<string>`${column} || ''`, '=', value));
        }
        if (held !== undefined) conditions.push(eb('runs.hold', held ? 'is not' : 'is', null));
        if (from !== undefined) conditions.push(eb('runs.plannedAt', '>=', from));
        if (to !== undefined) conditions.push(eb('runs.plannedAt', '<', to));
        if (after !== null) {
          const place = eb.tuple(after.plannedAt, after.generation, after.id);
          conditions.push(eb(eb.refTuple('runs.plannedAt', 'runs.generation', 'runs.id'), '<', place));
        }
        return eb.and(conditions);
      })
      // Ids of one instant are in no order of their own.
      .orderBy('runs.plannedAt', 'desc')
      .orderBy('runs.generation', 'desc')
      .orderBy('runs.id', 'desc')
  );
}

type Placed = Pick<Run, 'plannedAt' | 'generation' | 'id'>;

function newestFirst(a: Placed, b: Placed): number {
  if (a.plannedAt !== b.plannedAt) return a.plannedAt < b.plannedAt ? 1 : -1;
  if (a.generation !== b.generation) return b.generation - a.generation;
  return a.id < b.id ? 1 : -1;
}

/** How far the run is, as its worker said last; null when nobody works on it or has said so. */
export function progressOf(store: Store, runId: string): Promise<StoredProgress | null> {
  return store.read(async (db) => {
    const row = await db.selectFrom('runs').select('progress').where('id', '=', runId).executeTakeFirst();
    return row === undefined || row.progress === null ? null : (JSON.parse(row.progress) as StoredProgress);
  });
}

/** The story of a run, oldest first. */
export function stepsOf(store: Store, runId: string): Promise<readonly Step[]> {
  return store.read(async (db) => {
    const rows = await db.selectFrom('steps').selectAll().where('runId', '=', runId).orderBy('seq').execute();
    return rows.map((row) => ({ ...row, step: row.step as StepName, detail: JSON.parse(row.detail) as StepDetail }));
  });
}

/** The attempts of a run, oldest first. */
export function attemptsOf(store: Store, runId: string): Promise<readonly Attempt[]> {
  return store.read((db) => db.selectFrom('attempts').selectAll().where('runId', '=', runId).orderBy('no').execute());
}

/** All runs of these deliveries for these slots, for each pair the newest generation last; one query. */
export async function latestRuns(store: Store, pairs: readonly DeliverySlot[]): Promise<readonly Run[]> {
  if (pairs.length === 0) return [];
  return store.read(async (db) => {
    const rows = await selectRuns(db).where(among(store.engine, pairs)).orderBy('runs.generation').execute();
    return rows.map(toRun);
  });
}

/** The run of a delivery that the partner took last, whole or in part, or null. */
export function lastDelivered(store: Store, deliveryId: string): Promise<Run | null> {
  return store.read(async (db) => {
    const row = await selectRuns(db)
      .where('runs.deliveryId', '=', deliveryId)
      .where('runs.state', 'in', ['delivered', 'partial'])
      .orderBy('runs.finishedAt', 'desc')
      .orderBy('runs.id', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row === undefined ? null : toRun(row);
  });
}

/** A run that somebody must still work on, without what it has found out. */
export type UnfinishedRun = Pick<
  Run,
  | 'id'
  | 'deliveryId'
  | 'delivery'
  | 'slot'
  | 'generation'
  | 'state'
  | 'plannedAt'
  | 'dueAt'
  | 'asOf'
  | 'attempts'
  | 'leaseOwner'
  | 'hold'
>;

/** All runs that somebody must still work on, oldest first: the queue. There can be thousands, so of each the little that is asked of all. */
export function unfinished(store: Store): Promise<readonly UnfinishedRun[]> {
  return store.read(async (db) => {
    const rows = await db
      .selectFrom('runs')
      .innerJoin('deliveries', 'deliveries.id', 'runs.deliveryId')
      .select([...UNFINISHED_COLUMNS, 'deliveries.segmentId'])
      .where('runs.finishedAt', 'is', null)
      .orderBy('runs.id')
      .execute();
    return rows.map(({ agencyId, advertiserId, destination, segmentId, hold, holdDetail, heldAt, ...rest }) => ({
      ...rest,
      delivery: { agencyId, advertiserId, destination, segmentId },
      hold: toHold({ hold, holdDetail, heldAt, plannedAt: rest.plannedAt }),
    }));
  });
}

const UNFINISHED_COLUMNS = [
  'runs.id',
  'runs.deliveryId',
  'runs.agencyId',
  'runs.advertiserId',
  'runs.destination',
  'runs.slot',
  'runs.generation',
  'runs.state',
  'runs.plannedAt',
  'runs.dueAt',
  'runs.asOf',
  'runs.attempts',
  'runs.leaseOwner',
  'runs.hold',
  'runs.holdDetail',
  'runs.heldAt',
] as const;
