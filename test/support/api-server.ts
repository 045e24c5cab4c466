import { Writable } from 'node:stream';
import { pino } from 'pino';
import type { ApiDeps, DeliveryQuery, DestinationAbilities } from '../../src/api/deps.ts';
import type { Api } from '../../src/api/env.ts';
import { type Listening, listen } from '../../src/api/listen.ts';
import { makeApi } from '../../src/api/make-api.ts';
import type { Identify } from '../../src/api/principal.ts';
import { type DeliveryKey, deliveryId } from '../../src/ledger/delivery-key.ts';
import type { DeliveryState } from '../../src/ledger/delivery-state.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openLedger } from '../../src/ledger/open.ts';
import type { DeliveryOverview } from '../../src/shapes/delivery-shape.ts';
import { sqliteFile } from './control-stores.ts';
import { type HandClock, handClock } from './hand-clock.ts';
import { planRequest } from './plan-request.ts';

export const TOKEN = 'a-token-of-a-test';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: what came over the wire is whatever it is; the tests say what it must be.
  readonly body: any;
}

export interface ApiServer extends AsyncDisposable {
  readonly url: string;
  readonly api: Api;
  readonly ledger: Ledger;
  readonly clock: HandClock;
  readonly listening: Listening;
  /** Lines of the log, parsed. */
  readonly log: readonly Readonly<Record<string, unknown>>[];
  /** Calls with the token unless headers say otherwise; a body that is no text is sent as JSON. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** The answer as it comes. */
  open(path: string, init?: RequestInit): Promise<Response>;
}

function runOf({ id, slot, state, plannedAt }: NonNullable<DeliveryState['lastRun']>) {
  return { runId: id, slot, state, plannedAt };
}

/** Deliveries as the ledger alone knows them: what the application merges with what is configured. */
export function ledgerDeliveries(ledger: Ledger) {
  return async (query: DeliveryQuery): Promise<readonly DeliveryOverview[]> =>
    (await ledger.deliveries(query)).map(
      ({ id, agencyId, advertiserId, destination, segmentId, paused, failures, ...state }) => ({
        deliveryId: id,
        ...{ agencyId, advertiserId, destination, segmentId, paused, failures },
        advertiserName: 'Acme',
        cadence: 'WEEKLY',
        nextSlot: '2026-W09',
        nextDueAt: '2026-02-23T06:00:00.000Z',
        state: paused === null ? ('on' as const) : ('paused' as const),
        reason: paused === null ? null : 'paused',
        detail: null,
        lastRun: state.lastRun && runOf(state.lastRun),
        lastDeliveredAt: state.lastDeliveredAt,
      }),
    );
}

export const HOST_KEY = `SHA256:${'A'.repeat(43)}`;

export const CAPABILITIES: DestinationAbilities = {
  identifiers: ['IDFA', 'GAID'],
  allowIp: false,
  allowIpv6: false,
  minRows: 0,
  refresh: ['full'],
  removes: false,
  optOuts: false,
  ttlDays: null,
  maxTtlDays: null,
  confirms: false,
  taxonomy: false,
};

const EMPTY_PLAN = { at: '2026-02-16T06:00:00.000Z', deliveries: [], notDelivered: [] };

/** An API on a free port with an empty SQLite ledger behind it; a trigger plans the regular run of one invented delivery. */
export async function startApi(
  change: (made: { readonly ledger: Ledger; readonly clock: HandClock }) => Partial<ApiDeps> = () => ({}),
  {
    host = '127.0.0.1',
    identify,
    start = '2026-02-16T06:00:00.000Z',
  }: { readonly host?: string; readonly identify?: Identify; readonly start?: string } = {},
): Promise<ApiServer> {
  const store = await sqliteFile();
  const clock = handClock(start);
  const ledger = await openLedger(store.place, { clock, program: '1.2.3' });
  const log: Readonly<Record<string, unknown>>[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      log.push(JSON.parse(String(chunk)));
      done();
    },
  });
  const logger = pino({ level: 'info' }, sink);
  const deps: ApiDeps = {
    ledger,
    clock,
    log: logger,
    version: '1.2.3',
    token: TOKEN,
    destinations: [
      {
        ...{ name: 'liveramp-us', type: 'liveramp-sftp', limits: { concurrency: 4, startsPerMinute: null } },
        ...{ hostKeys: [HOST_KEY], capabilities: CAPABILITIES },
      },
      {
        ...{ name: 'archive', type: 'folder', limits: { concurrency: 1, startsPerMinute: 60 } },
        ...{ hostKeys: null, capabilities: CAPABILITIES },
      },
    ],
    trigger: async () => {
      const { run, created } = await ledger.planRun(planRequest());
      return { runs: [{ runId: run.id, deliveryId: run.deliveryId, slot: run.slot, created }], notPlanned: [] };
    },
    preview: async () => EMPTY_PLAN,
    readinessOf: () => Promise.reject(new Error('This API has no warehouse.')),
    previewOf: () => Promise.reject(new Error('This API has no warehouse.')),
    testDestination: () => Promise.reject(new Error('This API has no destinations.')),
    hostKeysOf: () => Promise.reject(new Error('This API has no destinations.')),
    stage: {
      stat: async () => null,
      open: () => Promise.reject(new Error('This API has no stage.')),
      put: () => Promise.reject(new Error('This API has no stage.')),
    },
    rejectionsOf: ({ receipt }) =>
      Object.entries(receipt?.reasons ?? {}).map(([reason, rows]) => ({ reason, rows, advice: null })),
    listDeliveries: ledgerDeliveries(ledger),
    retryDeadlineMs: 3_600_000,
    ready: async () => ({ ok: true, checks: [{ name: 'control store', ok: true, message: 'answers' }] }),
    metrics: async () => ({ contentType: 'text/plain; version=0.0.4; charset=utf-8', body: 'aquarius_runs 1\n' }),
    runCommand: async (_request, io) => {
      io.out('done\n');
      return 0;
    },
    withAdmin: () => Promise.reject(new Error('This API has no warehouse.')),
    turn: ledger,
    ...change({ ledger, clock }),
  };
  const api = makeApi(deps, identify);
  const listening = await listen(api, { host, port: 0, signal: new AbortController().signal, log: logger });
  const { url } = listening;
  return {
    ...{ url, api, ledger, clock, listening, log },
    async call(method, path, body, headers = {}) {
      const sent = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
      const response = await fetch(`${url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${TOKEN}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(sent === undefined ? {} : { body: sent }),
      });
      const text = await response.text();
      const isJson = /^application\/(?:problem\+)?json/.test(response.headers.get('content-type') ?? '');
      return { status: response.status, headers: response.headers, body: isJson && text !== '' ? JSON.parse(text) : text };
    },
    open: (path, init = {}) =>
      fetch(`${url}${path}`, { ...init, headers: { authorization: `Bearer ${TOKEN}`, ...init.headers } }),
    async [Symbol.asyncDispose]() {
      await listening.close(0);
      await ledger[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
    },
  };
}

/** Plans the regular run of an invented delivery. */
export async function planOne(ledger: Ledger, delivery: Partial<DeliveryKey> = {}, slot = '2026-W08') {
  const { run } = await ledger.planRun(planRequest({ slot, delivery }));
  return run;
}

export function idOf(delivery: Partial<DeliveryKey> = {}): string {
  return deliveryId(planRequest({ delivery }).delivery);
}
