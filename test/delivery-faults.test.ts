import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { transientError } from '../src/errors.ts';
import { withResource } from '../src/lib/with-resource.ts';
import { goOnce, goToTheEnd, type Path } from './support/fault-paths.ts';
import { AT, expectOneDelivery, makeGround, type StoreKind, type Trial, type TrialGround } from './support/fault-trial.ts';
import { watched } from './support/faulty-engine.ts';

/** Every outside call fails in turn, and the process dies around every one of them; then it is done again, and all must agree. */

let ground: TrialGround;
let compiled: string;
beforeAll(async () => {
  ground = await makeGround(inject('postgresUrl'));
  compiled = mkdtempSync(join(tmpdir(), 'aquarius-compiled-'));
});
afterAll(async () => {
  rmSync(compiled, { recursive: true, force: true });
  await ground[Symbol.asyncDispose]();
});

const MOMENTS = ['before', 'after'] as const;
type Moment = (typeof MOMENTS)[number];

interface Way {
  readonly store: StoreKind;
  readonly path: Path;
}

/** Delivers without faults, twice, and checks that everything agrees. */
async function finish(path: Path, trial: Trial): Promise<void> {
  await withResource(trial.open(), async (app) => {
    const engine = await app.engine();
    await goToTheEnd(path, engine, trial.clock);
    const before = await app.ledger.runs();
    await goOnce(path, engine, trial.clock);
    expect(await app.ledger.runs()).toEqual(before);
    await expectOneDelivery(app, trial);
  });
}

/** The names of the outside calls of a delivery without faults, in order. */
async function callsOf({ store, path }: Way): Promise<readonly string[]> {
  await using trial = await ground.trial(store);
  return await withResource(trial.open(), async (app) => {
    const names: string[] = [];
    const { engine, progress } = watched(await app.engine(), { before: (_n, name) => names.push(name), after: () => {} });
    await goOnce(path, engine, trial.clock, progress);
    await expectOneDelivery(app, trial);
    return names;
  });
}

/** Does trials two at a time, and tells which one failed. */
async function inPairs<T>(trials: readonly T[], nameOf: (trial: T) => string, work: (trial: T) => Promise<void>): Promise<void> {
  const queue = trials.values();
  const take = async (): Promise<void> => {
    for (const trial of queue) {
      await work(trial).catch((cause: unknown) => {
        throw new Error(`${nameOf(trial)}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
      });
    }
  };
  await Promise.all([take(), take()]);
}

interface Fault {
  readonly n: number;
  readonly name: string;
  readonly moment: Moment;
}

/** These change nothing: after them is as before the next call. */
const READS =
  /^(session\.all|warehouse\.session|stage\.(stat|open|read)|destination\.onProgress|ledger\.(now|unfinished|deliver.*|latestRuns|pendingOutbox|plannedSlots|splitPlanned))$/;

/** Before every call, and after those that have an effect. */
function faultsOf(names: readonly string[]): readonly Fault[] {
  return names.flatMap((name, index) =>
    MOMENTS.filter((moment) => moment === 'before' || !READS.test(name)).map((moment) => ({ n: index + 1, name, moment })),
  );
}

/** Every call fails, once: in turn before its effect and after it. */
function oncePerCall(faults: readonly Fault[]): readonly Fault[] {
  const hasBoth = (n: number): boolean => faults.some((fault) => fault.n === n && fault.moment === 'after');
  return faults.filter(({ n, moment }) => !hasBoth(n) || moment === (n % 2 === 0 ? 'before' : 'after'));
}

const nameOf = ({ n, name, moment }: Fault): string => `${moment} call ${n}, ${name}`;

/** Breaks each of the calls with an error, goes on, and gives the number of errors that were thrown. */
async function breakEach({ store, path }: Way, faults: readonly Fault[], makeError: () => Error): Promise<number> {
  let thrown = 0;
  await inPairs(faults, nameOf, async ({ n: fatal, moment }) => {
    await using trial = await ground.trial(store);
    await withResource(trial.open(), async (app) => {
      const fail = (n: number): void => {
        if (n !== fatal) return;
        thrown += 1;
        throw makeError();
      };
      const quiet = { before: () => {}, after: () => {} };
      const { engine, progress } = watched(await app.engine(), { ...quiet, [moment]: fail });
      await goOnce(path, engine, trial.clock, progress).catch(() => {});
    });
    await finish(path, trial);
  });
  return thrown;
}

/** Kills a process at each of the calls, goes on, and gives the number of processes that died. */
async function killAtEach({ store, path }: Way, faults: readonly Fault[]): Promise<number> {
  let killed = 0;
  await inPairs(faults, nameOf, async ({ n, moment }) => {
    await using trial = await ground.trial(store);
    const args = [trial.home, trial.settings, AT, path, moment, String(n)];
    const child = spawn(process.execPath, ['test/support/deliver-child.ts', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      // Compiled once for all of them.
      env: { ...trial.env, NODE_COMPILE_CACHE: compiled },
    });
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
    expect(signal === 'SIGKILL' || code === 0).toBe(true);
    killed += signal === 'SIGKILL' ? 1 : 0;
    await finish(path, trial);
  });
  return killed;
}

/** What a delivery has to do with, whichever way it goes. */
const EVERY_ROOM = ['ledger.advance', 'stage.put', 'stage.read', 'session.unload', 'destination.deliver', 'ledger.renew'];

const WAYS: readonly Way[] = [
  { store: 'sqlite', path: 'deliver' },
  { store: 'sqlite', path: 'queue' },
  { store: 'postgres', path: 'deliver' },
];

describe.each(WAYS)('a delivery by $path, with its ledger in $store,', (way) => {
  // The others differ from it in a few calls, and a process costs a second.
  const isMain = way.store === 'sqlite' && way.path === 'deliver';

  // The others' calls are nearly the same, and every third reaches each kind of them.
  const step = isMain ? 1 : 3;

  let names: readonly string[];
  beforeAll(async () => {
    names = await callsOf(way);
  });

  test(`survives the failure of each outside call${step === 1 ? '' : ', every third of them'}`, async () => {
    expect(names).toEqual(expect.arrayContaining(EVERY_ROOM));
    const all = isMain ? faultsOf(names) : oncePerCall(faultsOf(names));
    const faults = all.filter((_fault, index) => index % step === 0);
    expect(await breakEach(way, faults, () => transientError('test_fault', 'The test broke this call.'))).toBe(faults.length);
  });

  test('survives failures that look like bugs', async () => {
    const faults = faultsOf(names).filter((_fault, index) => index % (isMain ? 4 : 12) === 0);
    expect(await breakEach(way, faults, () => new Error('The test broke this call.'))).toBe(faults.length);
  });

  test('survives being killed around each outside call that has an effect', async () => {
    const effects = oncePerCall(faultsOf(names)).filter(({ name }) => !READS.test(name));
    const faults = effects.filter((_fault, index) => isMain || index % 3 === 0);
    expect(await killAtEach(way, faults)).toBe(faults.length);
  });
});
