import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { configError } from '../errors.ts';
import type { Clock } from '../lib/clock.ts';
import { advance } from './advance.ts';
import { confirm } from './confirm.ts';
import { claim, release, renew } from './lease.ts';
import type { Ledger } from './ledger.ts';
import { migrate, schemaState } from './migrate.ts';
import { outboxDone, pendingOutbox } from './outbox.ts';
import { planRun } from './plan-run.ts';
import { recordFailure } from './record-failure.ts';
import { attemptsOf, lastDelivered, latestRuns, runById, runs, stepsOf, unfinished } from './run-queries.ts';
import { openMemoryStore, openSqliteStore } from './sqlite-store.ts';
import type { Store, StoreDeps } from './store.ts';

/** Where the control store is. `readOnly` changes nothing there; a store that does not exist yet then reads as an empty one. */
export type LedgerPlace =
  | { readonly kind: 'sqlite'; readonly path: string; readonly readOnly?: boolean }
  | { readonly kind: 'postgres'; readonly url: string; readonly readOnly?: boolean };

export interface LedgerDeps {
  readonly clock: Clock;
  /** Version of this program. */
  readonly program: string;
  /** Source of randomness for ids; the system's unless said. */
  readonly random?: (bytes: number) => Uint8Array;
}

/**
 * Opens the ledger and brings its tables up to date. `config` errors: `control_store_newer` for a store that a newer program wrote,
 * `control_store_credentials`, `control_store_url` and the like; `transient`: `control_store_unreachable`, `control_store_busy`.
 */
export async function openLedger(place: LedgerPlace, { clock, program, random = randomBytes }: LedgerDeps): Promise<Ledger> {
  const readOnly = place.readOnly ?? false;
  const opened = await openStore(place, { clock, program, random, readOnly });
  const store = readOnly ? refuseWrites(opened) : opened;
  return {
    planRun: (request) => planRun(store, request),
    claim: (runId, owner, leaseMs, options) => claim(store, runId, owner, leaseMs, options),
    renew: (runId, token, leaseMs) => renew(store, runId, token, leaseMs),
    release: (runId, token) => release(store, runId, token),
    advance: (runId, token, state, findings, detail) => advance(store, runId, token, state, findings, detail),
    recordFailure: (runId, token, error, options) => recordFailure(store, runId, token, error, options),
    confirm: (runId, detail) => confirm(store, runId, detail),
    runById: (idOrPrefix) => runById(store, idOrPrefix),
    runs: (filter) => runs(store, filter),
    stepsOf: (runId) => stepsOf(store, runId),
    attemptsOf: (runId) => attemptsOf(store, runId),
    latestRuns: (pairs) => latestRuns(store, pairs),
    lastDelivered: (deliveryId) => lastDelivered(store, deliveryId),
    unfinished: () => unfinished(store),
    pendingOutbox: (limit) => pendingOutbox(store, limit),
    outboxDone: (ids) => outboxDone(store, ids),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}

async function openStore(place: LedgerPlace, deps: StoreDeps): Promise<Store> {
  if (place.kind === 'sqlite' && deps.readOnly && !existsSync(place.path)) return emptyStore(deps);
  const store = place.kind === 'sqlite' ? await openSqliteStore(place.path, deps) : await openPostgres(place.url, deps);
  try {
    if (!deps.readOnly) {
      await migrate(store);
      return store;
    }
    const state = await schemaState(store);
    if (state === 'current') return store;
    if (state === 'older')
      throw configError('control_store_older', 'The control store was written by an older version and cannot be only read.', {
        hint: 'Run a command that writes, such as `aquarius deliver`; it brings the tables up to date.',
      });
  } catch (error) {
    await store[Symbol.asyncDispose]();
    throw error;
  }
  await store[Symbol.asyncDispose]();
  return emptyStore(deps);
}

/** The driver is loaded only where there is a server: it costs every command a share of its start. */
async function openPostgres(url: string, deps: StoreDeps): Promise<Store> {
  const { openPostgresStore } = await import('./postgres-store.ts');
  return openPostgresStore(url, deps);
}

async function emptyStore(deps: StoreDeps): Promise<Store> {
  const store = openMemoryStore(deps);
  await migrate(store);
  return store;
}

function refuseWrites(store: Store): Store {
  return { ...store, write: () => Promise.reject(new Error('This ledger was opened to read only.')) };
}
