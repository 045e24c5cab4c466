import type { Transaction } from 'kysely';
import { claimable, leased } from './claimable.ts';
import type { DestinationLimits } from './destination-state.ts';
import { breakerAt, destinationRows, lockedDestination } from './destinations.ts';
import { type Claim, takeRun } from './lease.ts';
import { lockedRun } from './locked-run.ts';
import type { Tables } from './schema.ts';
import type { Store } from './store.ts';
import { storeTime } from './store-time.ts';

/** What a worker asks for. */
export interface QueueRequest {
  readonly owner: string;
  /** Five minutes at the most. */
  readonly leaseMs: number;
  /** What holds for each destination; asked for the names that runs have, whether or not the configuration still knows them. */
  limitsOf(destination: string): DestinationLimits;
  /** Runs that this worker does not want now. */
  readonly exclude?: readonly string[];
}

interface Candidate {
  readonly id: string;
  readonly destination: string;
  readonly dueAt: string;
}

/** Candidates looked at together. */
const LOOK_AHEAD = 50;
const MINUTE_MS = 60_000;

/**
 * Takes the run that has been due for longest and that can begin now: it is unfinished, free, waits for nothing, its delivery is not
 * paused, and its destination has room: the breaker is not open (or lets one run try), fewer runs are at work there than its limit, and
 * the next start of its rate has come. All of it is decided in one transaction, for all workers together. Null when nothing can be
 * taken; ask again later.
 */
export async function claimNext(store: Store, request: QueueRequest): Promise<Claim | null> {
  const full = new Set(await store.read((db) => fullDestinations(store, db, request)));
  const exclude = new Set(request.exclude);
  for (;;) {
    const candidates = await store.read((db) => candidatesOf(store, db, full, exclude));
    if (candidates.length === 0) return null;
    for (const { id, destination } of mixEquals(store, candidates)) {
      if (full.has(destination)) continue;
      const taken = await store.write((trx) => take(store, trx, request, id, destination), { commitLater: true });
      if (taken === 'full') full.add(destination);
      else if (taken !== null) return taken;
      // Whoever was faster may have given it back by now; it is not tried again in this call, so that the call ends.
      else exclude.add(id);
    }
  }
}

/** Destinations where nothing can begin, as far as can be seen without locking. */
async function fullDestinations(
  store: Store,
  db: Parameters<typeof destinationRows>[0],
  { limitsOf }: QueueRequest,
): Promise<readonly string[]> {
  const now = await storeTime(store, db);
  const live = new Map(
    (
      await db
        .selectFrom('runs')
        .select((eb) => ['destination', eb.fn.countAll<number>().as('count')])
        .where('leaseOwner', 'is not', null)
        .where(leased(store.engine))
        .groupBy('destination')
        .execute()
    ).map(({ destination, count }) => [destination, count]),
  );
  const rows = new Map((await destinationRows(db)).map((row) => [row.name, row]));
  return [...new Set([...live.keys(), ...rows.keys()])].filter((name) => {
    const row = rows.get(name);
    return !hasRoom(row, limitsOf(name), live.get(name) ?? 0, now);
  });
}

type Row = Awaited<ReturnType<typeof destinationRows>>[number];

function hasRoom(row: Row | undefined, limits: DestinationLimits, live: number, now: string): boolean {
  if (row === undefined) return live < limits.concurrency;
  const breaker = breakerAt(row, now);
  if (breaker === 'open') return false;
  if (limits.startsPerMinute !== null && row.nextStartAt !== null && row.nextStartAt > now) return false;
  return live < (breaker === 'probing' ? Math.min(1, limits.concurrency) : limits.concurrency);
}

function candidatesOf(
  store: Store,
  db: Parameters<typeof destinationRows>[0],
  full: ReadonlySet<string>,
  exclude: ReadonlySet<string>,
): Promise<readonly Candidate[]> {
  let query = db.selectFrom('runs').select(['id', 'destination', 'dueAt']).where(claimable(store.engine));
  if (full.size > 0) query = query.where('destination', 'not in', [...full]);
  if (exclude.size > 0) query = query.where('id', 'not in', [...exclude]);
  return query.orderBy('dueAt').orderBy('id').limit(LOOK_AHEAD).execute();
}

/** Runs that were due at the same time in any order, so that many workers do not all reach for the same one. */
function mixEquals(store: Store, candidates: readonly Candidate[]): readonly Candidate[] {
  const weights = store.random(candidates.length);
  return candidates
    .map((candidate, index) => ({ candidate, weight: weights[index] ?? 0 }))
    .sort((a, b) =>
      a.candidate.dueAt === b.candidate.dueAt ? a.weight - b.weight : a.candidate.dueAt < b.candidate.dueAt ? -1 : 1,
    )
    .map(({ candidate }) => candidate);
}

/** Null when somebody else was faster. */
async function take(
  store: Store,
  trx: Transaction<Tables>,
  { owner, leaseMs, limitsOf }: QueueRequest,
  runId: string,
  destination: string,
): Promise<Claim | 'full' | null> {
  const limits = limitsOf(destination);
  const row = await lockedDestination(store, trx, destination);
  const now = await storeTime(store, trx);
  const { live } = await trx
    .selectFrom('runs')
    .select((eb) => eb.fn.countAll<number>().as('live'))
    .where('destination', '=', destination)
    .where('leaseOwner', 'is not', null)
    .where(leased(store.engine))
    .executeTakeFirstOrThrow();
  if (!hasRoom(row, limits, live, now)) return 'full';
  const before = await lockedRun(store, trx, runId);
  const claim = await takeRun(store, trx, before, { owner, leaseMs, reopen: false });
  if (claim !== null && limits.startsPerMinute !== null)
    await trx
      .updateTable('destinationStates')
      .set({ nextStartAt: store.engine.after(MINUTE_MS / limits.startsPerMinute) })
      .where('name', '=', destination)
      .execute();
  return claim;
}
