import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type App, openApp } from '../src/app.ts';
import { deliver } from '../src/delivery/deliver.ts';
import { transientError } from '../src/errors.ts';
import { clockAt } from '../src/lib/clock.ts';
import { openLog } from '../src/lib/log.ts';
import { sql } from '../src/lib/sql.ts';
import { withResource } from '../src/lib/with-resource.ts';
import { watched } from './support/faulty-engine.ts';
import { device, impression, makeProject, mapping, type Project } from './support/project.ts';

/** Every outside call fails in turn, and the process dies around every one of them; then it is done again, and all must agree. */

const AT = new Date('2026-02-18T12:00:00Z');
const SETTINGS = `
destinations:
  archive: { type: folder, path: archive-of-the-test }
policy: { minAudience: 1 }
`;

let template: Project;
beforeAll(async () => {
  template = makeProject(SETTINGS);
  template.writeRows(
    'log.jsonl',
    [1, 2, 3].map((n) => impression(device(n), { at: '2026-02-17T10:00:00Z' })),
  );
  template.writeRows('mapping.jsonl', [mapping('4711')]);
  await template.done('load', 'ad_impression_log_v2', 'log.jsonl');
  await template.done('load', 'pixel_campaign_mapping_v2', 'mapping.jsonl');
  await template.done(
    'config',
    'set',
    '1480',
    '4711',
    'deliveryEnabled=true',
    'deliveryDestinations=[{"destination":"archive"}]',
  );
});
afterAll(() => template[Symbol.dispose]());

/** A copy of the data directory, with a folder for the partner. */
interface Trial extends Disposable {
  readonly home: string;
  readonly settings: string;
  readonly inbox: string;
}

function makeTrial(): Trial {
  const folder = mkdtempSync(join(tmpdir(), 'aquarius-trial-'));
  cpSync(template.path('.aquarius'), join(folder, 'home'), { recursive: true });
  const inbox = join(folder, 'inbox');
  const settings = join(folder, 'aquarius.yaml');
  mkdirSync(inbox);
  writeFileSync(settings, SETTINGS.replace('archive-of-the-test', inbox));
  return {
    home: join(folder, 'home'),
    settings,
    inbox,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function open({ home, settings }: Trial): Promise<App> {
  return openApp({
    home,
    file: settings,
    env: process.env,
    clock: clockAt(AT),
    log: openLog('silent'),
    mode: 'write',
    signal: new AbortController().signal,
  });
}

const progress = { step: () => {}, share: () => {}, amount: () => {} };
const request = { at: AT, force: false };

/** Delivers without faults and checks that partner, ledger and the warehouse's copy agree. */
async function finish(trial: Trial): Promise<void> {
  await withResource(open(trial), async (app) => {
    const engine = await app.engine();
    await deliver(engine, request, { onRun: () => progress });
    const again = await deliver(engine, request, { onRun: () => progress });
    expect(again.runs).toEqual([]);

    const runs = await app.ledger.runs();
    expect(runs).toHaveLength(1);
    const [run] = runs;
    expect(run?.state).toBe('delivered');
    const files = run?.manifest?.files ?? [];
    const names = readdirSync(trial.inbox).filter((name) => !name.startsWith('.'));
    expect(names).toEqual(files.map(({ name }) => name));
    const [name] = names;
    expect(readFileSync(join(trial.inbox, name ?? ''), 'utf8').split('\n')).toHaveLength(5);
    const rows = await withResource(app.warehouse.session(), (session) =>
      session.all(sql`SELECT "DELIVERY_ID", "STATUS", "FILE_SHA256" FROM "SEGMENT_DATA"."SEGMENT_DELIVERY_DETAILS"`),
    );
    expect(rows).toEqual([{ DELIVERY_ID: run?.id, STATUS: 'DELIVERED', FILE_SHA256: files[0]?.sha256 }]);
    expect(await app.ledger.pendingOutbox(10)).toEqual([]);
    const steps = await app.ledger.stepsOf(run?.id ?? '');
    expect(steps.filter(({ step }) => step === 'delivered')).toHaveLength(1);
  });
}

/** The number of outside calls of a delivery without faults. */
async function countCalls(): Promise<number> {
  using trial = makeTrial();
  return await withResource(open(trial), async (app) => {
    const { engine, calls } = watched(await app.engine(), { before: () => {}, after: () => {} });
    await deliver(engine, request, { onRun: () => progress });
    return calls();
  });
}

describe('a delivery', () => {
  test('survives the failure of each outside call, before it has its effect and after', async () => {
    const calls = await countCalls();
    expect(calls).toBeGreaterThan(15);
    for (let fatal = 1; fatal <= calls; fatal += 1) {
      for (const moment of ['before', 'after'] as const) {
        using trial = makeTrial();
        const fail = (n: number, name: string): void => {
          if (n === fatal) throw transientError('test_fault', `${moment} ${name}`);
        };
        await withResource(open(trial), async (app) => {
          const quiet = { before: () => {}, after: () => {} };
          const { engine } = watched({ ...(await app.engine()), sleep: async () => {} }, { ...quiet, [moment]: fail });
          await deliver(engine, request, { onRun: () => progress }).catch(() => {});
        });
        await finish(trial);
      }
    }
  });

  test('survives being killed before and after each outside call', async () => {
    const calls = await countCalls();
    let killed = 0;
    for (let point = 1; point <= calls; point += 1) {
      for (const moment of ['before', 'after']) {
        using trial = makeTrial();
        const args = [trial.home, trial.settings, AT.toISOString(), moment, String(point)];
        const child = spawn(process.execPath, ['test/support/deliver-child.ts', ...args], {
          stdio: ['ignore', 'ignore', 'inherit'],
        });
        const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
        // The last calls may be over before an `after` comes; every other time the process is killed.
        expect(signal === 'SIGKILL' || code === 0).toBe(true);
        killed += signal === 'SIGKILL' ? 1 : 0;
        await finish(trial);
      }
    }
    expect(killed).toBeGreaterThan(calls);
  });
});
