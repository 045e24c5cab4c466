import { afterEach, beforeEach } from 'vitest';
import type { Actor } from '../../src/ledger/actor.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openLedger } from '../../src/ledger/open.ts';
import type { Run, RunFindings } from '../../src/ledger/run.ts';
import type { NextState } from '../../src/ledger/states.ts';
import type { ControlStore } from '../support/control-stores.ts';
import { type HandClock, handClock } from '../support/hand-clock.ts';
import { planRequest } from '../support/plan-request.ts';

export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const PAST = '2000-01-01T00:00:00.000Z';
export const FUTURE = '2999-01-01T00:00:00.000Z';
export const ADA: Actor = { name: 'ada', via: 'cli', reason: null };

/** An open ledger on an empty store for each test, with what most tests do to it. */
export interface LedgerFixture {
  readonly store: ControlStore;
  readonly clock: HandClock;
  readonly ledger: Ledger;
  /** One more handle on the same store. */
  open(): Promise<Ledger>;
  plan(change?: Parameters<typeof planRequest>[0]): Promise<Run>;
  /** Claims a run that can be claimed; gives the token. */
  take(run: Pick<Run, 'id'>, options?: { readonly reopen?: boolean }): Promise<number>;
  /** Claims it and takes it through these states, the last with findings. */
  walk(run: Pick<Run, 'id'>, states: readonly NextState[], findings?: RunFindings): Promise<Run>;
  current(run: Pick<Run, 'id'>): Promise<Run>;
  /** Its steps as `<attempt> <step>`. */
  story(run: Pick<Run, 'id'>): Promise<readonly string[]>;
  /** Sets columns of a run behind the ledger's back, such as a time that has come by now. */
  set(run: Pick<Run, 'id'>, columns: Readonly<Record<string, string | null>>): Promise<void>;
}

export const DELIVERED = ['extracting', 'staged', 'delivering', 'delivered'] as const;

/** To be called within `describe`. What it gives is only there while a test runs. */
export function ledgerFixture(makeStore: () => Promise<ControlStore>): LedgerFixture {
  let store: ControlStore;
  let clock: HandClock;
  let ledger: Ledger;
  let opened: Ledger[];
  const open = async () => {
    const one = await openLedger(store.place, { clock, program: '1.2.3' });
    opened.push(one);
    return one;
  };
  beforeEach(async () => {
    store = await makeStore();
    clock = handClock('2026-02-16T06:00:00.000Z');
    opened = [];
    ledger = await open();
  });
  afterEach(async () => {
    for (const one of opened) await one[Symbol.asyncDispose]();
    await store[Symbol.asyncDispose]();
  });
  const take: LedgerFixture['take'] = async (run, options) => {
    const claim = await ledger.claim(run.id, 'worker-1', MINUTE, options);
    if (claim === null) throw new Error('the run could not be claimed');
    return claim.token;
  };
  const current: LedgerFixture['current'] = async (run) => {
    const found = await ledger.runById(run.id);
    if (found === null) throw new Error('the run is gone');
    return found;
  };
  return {
    get store() {
      return store;
    },
    get clock() {
      return clock;
    },
    get ledger() {
      return ledger;
    },
    open,
    plan: async (change = {}) => (await ledger.planRun(planRequest(change))).run,
    take,
    async walk(run, states, findings) {
      const token = await take(run);
      for (const [index, state] of states.entries())
        await ledger.advance(run.id, token, state, index === states.length - 1 ? findings : undefined);
      return current(run);
    },
    current,
    story: async (run) => (await ledger.stepsOf(run.id)).map(({ attempt, step }) => `${attempt} ${step}`),
    async set(run, columns) {
      const changes = Object.entries(columns).map(([name, value]) => `${name} = ${value === null ? 'null' : `'${value}'`}`);
      await store.raw(`update runs set ${changes.join()} where id = '${run.id}'`);
    },
  };
}
