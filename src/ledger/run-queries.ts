import type { Kysely } from 'kysely';
import { configError } from '../errors.ts';
import { type DeliverySlot, pairKey } from './delivery-slot.ts';
import { findRun, type Run, selectRuns, toRun } from './run.ts';
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
    // One list for each agency, or else for each state, so that an index gives each in order; together they hold the page.
    const parts: readonly RunFilter[] =
      agencyIds !== undefined
        ? [...new Set(agencyIds)].map((agencyId) => ({ ...filter, agencyIds: [agencyId] }))
        : (states?.map((state) => ({ ...filter, states: [state] })) ?? [filter]);
    if (parts.length === 1) return (await page(db, filter, limit, offset)).map(toRun);
    const rows = [];
    for (const part of parts) rows.push(...(await page(db, part, limit + offset, 0)));
    return rows
      .sort(newestFirst)
      .slice(offset, offset + limit)
      .map(toRun);
  });
}

async function page(db: Kysely<Tables>, filter: RunFilter, limit: number, offset: number) {
  const { agencyIds, advertiserId, destination, deliveryId, slot, states, held, before } = filter;
  let query = selectRuns(db);
  if (agencyIds !== undefined) query = query.where('runs.agencyId', 'in', agencyIds);
  if (advertiserId !== undefined) query = query.where('runs.advertiserId', '=', advertiserId);
  if (destination !== undefined) query = query.where('runs.destination', '=', destination);
  if (deliveryId !== undefined) query = query.where('runs.deliveryId', '=', deliveryId);
  if (slot !== undefined) query = query.where('runs.slot', '=', slot);
  if (states !== undefined) query = query.where('runs.state', 'in', states);
  if (held !== undefined) query = query.where('runs.hold', held ? 'is not' : 'is', null);
  if (before !== undefined) {
    const { plannedAt, id } = before;
    const run = await db.selectFrom('runs').select('generation').where('id', '=', id).executeTakeFirst();
    query = query.where((eb) =>
      eb(eb.refTuple('runs.plannedAt', 'runs.generation', 'runs.id'), '<', eb.tuple(plannedAt, run?.generation ?? 0, id)),
    );
  }
  // Ids of one instant are in no order of their own.
  return query
    .orderBy('runs.plannedAt', 'desc')
    .orderBy('runs.generation', 'desc')
    .orderBy('runs.id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute();
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

/** All runs of these deliveries for these slots, for each pair the newest generation last; a few queries in all. */
export async function latestRuns(store: Store, pairs: readonly DeliverySlot[]): Promise<readonly Run[]> {
  const wanted = new Set(pairs.map(pairKey));
  const slots = [...new Set(pairs.map(({ slot }) => slot))];
  const found: Run[] = [];
  for (let start = 0; start < slots.length; start += BATCH) {
    const rows = await store.read((db) =>
      selectRuns(db)
        .where('runs.slot', 'in', slots.slice(start, start + BATCH))
        .orderBy('runs.generation')
        .execute(),
    );
    for (const row of rows) if (wanted.has(pairKey(row))) found.push(toRun(row));
  }
  return found;
}

/** The run of a delivery that was delivered last, or null. */
export function lastDelivered(store: Store, deliveryId: string): Promise<Run | null> {
  return store.read(async (db) => {
    const row = await selectRuns(db)
      .where('runs.deliveryId', '=', deliveryId)
      .where('runs.state', '=', 'delivered')
      .orderBy('runs.finishedAt', 'desc')
      .orderBy('runs.id', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row === undefined ? null : toRun(row);
  });
}

/** All runs that somebody must still work on, oldest first: the queue. */
export function unfinished(store: Store): Promise<readonly Run[]> {
  return store.read(async (db) => {
    const rows = await selectRuns(db).where('runs.finishedAt', 'is', null).orderBy('runs.id').execute();
    return rows.map(toRun);
  });
}
