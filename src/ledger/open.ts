import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { configError } from '../errors.ts';
import type { Clock } from '../lib/clock.ts';
import { acknowledgeAlert, acknowledgements } from './acknowledgements.ts';
import { advance } from './advance.ts';
import { alerts, forgetAlerts, updateAlerts } from './alerts.ts';
import { auditLog, recordAction } from './audit-log.ts';
import { confirmationOf, doubtfulRuns, dueConfirmations, recordConfirmation } from './confirmation.ts';
import { costsCountedTo, costsOf, recordCosts, shareCosts } from './costs.ts';
import { deliveries, deliveryById } from './deliveries.ts';
import { destinations, recordDestination } from './destinations.ts';
import { feedChecks, recordFeedChecks } from './feed-checks.ts';
import { runsByDay, sizesOverTime } from './history.ts';
import { hold } from './hold-run.ts';
import { idempotent } from './idempotency.ts';
import { claim, release, renew } from './lease.ts';
import type { Ledger } from './ledger.ts';
import { migrate, schemaState } from './migrate.ts';
import { notificationDone, notificationFailed, takeNotification } from './notifications.ts';
import { outboxDone, pendingOutbox } from './outbox.ts';
import { pauseDelivery, resumeDelivery } from './pause-delivery.ts';
import { planRun } from './plan-run.ts';
import { planRuns } from './plan-runs.ts';
import { markSplitPlanned, plannedSlots, splitPlanned } from './planned-slots.ts';
import { claimNext } from './queue.ts';
import { recordFailure } from './record-failure.ts';
import { releaseCancelled } from './release-cancelled.ts';
import { expireDetails, expiredStages, stageExpired } from './retention.ts';
import { attemptsOf, lastDelivered, latestRuns, progressOf, runById, runs, runsOf, stepsOf, unfinished } from './run-queries.ts';
import { openMemoryStore, openSqliteStore } from './sqlite-store.ts';
import { statistics } from './statistics.ts';
import { approve, cancel, reject, retry } from './steer-run.ts';
import type { Store, StoreDeps } from './store.ts';
import { now } from './store-time.ts';

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
    store,
    now: () => now(store),
    planRun: (request) => planRun(store, request),
    planRuns: (requests) => planRuns(store, requests),
    plannedSlots: (pairs) => plannedSlots(store, pairs),
    markSplitPlanned: (pair) => markSplitPlanned(store, pair),
    splitPlanned: (pairs) => splitPlanned(store, pairs),
    claim: (runId, owner, leaseMs, options) => claim(store, runId, owner, leaseMs, options),
    claimNext: (request) => claimNext(store, request),
    renew: (runId, token, leaseMs, progress) => renew(store, runId, token, leaseMs, progress),
    release: (runId, token) => release(store, runId, token),
    releaseCancelled: () => releaseCancelled(store),
    advance: (runId, token, state, findings, detail) => advance(store, runId, token, state, findings, detail),
    hold: (runId, token, reason, detail, recheckInMs) => hold(store, runId, token, reason, detail, recheckInMs),
    recordFailure: (runId, token, error, options) => recordFailure(store, runId, token, error, options),
    cancel: (runId, actor) => cancel(store, runId, actor),
    retry: (runId, actor, deadlineMs) => retry(store, runId, actor, deadlineMs),
    approve: (runId, actor) => approve(store, runId, actor),
    reject: (runId, actor) => reject(store, runId, actor),
    pauseDelivery: (key, actor) => pauseDelivery(store, key, actor),
    resumeDelivery: (key, actor) => resumeDelivery(store, key, actor),
    runById: (idOrPrefix) => runById(store, idOrPrefix),
    progressOf: (runId) => progressOf(store, runId),
    runs: (filter) => runs(store, filter),
    runsOf: (ids) => runsOf(store, ids),
    stepsOf: (runId) => stepsOf(store, runId),
    attemptsOf: (runId) => attemptsOf(store, runId),
    latestRuns: (pairs) => latestRuns(store, pairs),
    lastDelivered: (deliveryId) => lastDelivered(store, deliveryId),
    unfinished: () => unfinished(store),
    deliveries: (filter) => deliveries(store, filter),
    deliveryById: (idOrPrefix) => deliveryById(store, idOrPrefix),
    destinations: () => destinations(store),
    recordDestination: (name, outcome, policy) => recordDestination(store, name, outcome, policy),
    recordAction: (actor, changes) => recordAction(store, actor, changes),
    auditLog: (filter) => auditLog(store, filter),
    idempotent: (request, work) => idempotent(store, request, work),
    updateAlerts: (conditions, channels, known) => updateAlerts(store, conditions, channels, known),
    forgetAlerts: (before) => forgetAlerts(store, before),
    alerts: (filter) => alerts(store, filter),
    acknowledgements: () => acknowledgements(store),
    acknowledgeAlert: (key, actor, agencyIds) => acknowledgeAlert(store, key, actor, agencyIds),
    feedChecks: () => feedChecks(store),
    recordFeedChecks: (checks) => recordFeedChecks(store, checks),
    takeNotification: (leaseMs) => takeNotification(store, leaseMs),
    notificationDone: (id) => notificationDone(store, id),
    notificationFailed: (id, retryInMs) => notificationFailed(store, id, retryInMs),
    costsCountedTo: () => costsCountedTo(store),
    recordCosts: (costs, after, to) => recordCosts(store, costs, after, to),
    shareCosts: (callId, runIds) => shareCosts(store, callId, runIds),
    costsOf: (runId) => costsOf(store, runId),
    statistics: () => statistics(store),
    runsByDay: (filter) => runsByDay(store, filter),
    sizesOverTime: (filter) => sizesOverTime(store, filter),
    pendingOutbox: (limit) => pendingOutbox(store, limit),
    outboxDone: (ids) => outboxDone(store, ids),
    expiredStages: (before, limit) => expiredStages(store, before, limit),
    stageExpired: (runId) => stageExpired(store, runId),
    dueConfirmations: (limit) => dueConfirmations(store, limit),
    confirmationOf: (runId) => confirmationOf(store, runId),
    doubtfulRuns: () => doubtfulRuns(store),
    recordConfirmation: (runId, confirmation, againInMs) => recordConfirmation(store, runId, confirmation, againInMs),
    expireDetails: (before, limit) => expireDetails(store, before, limit),
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
