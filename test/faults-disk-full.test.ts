import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Engine } from '../src/delivery/engine.ts';
import type { Run } from '../src/ledger/run.ts';
import type { Session } from '../src/warehouse/warehouse.ts';
import { mountSmallDisk, type SmallDisk } from './support/fault-disk.ts';
import { workOff } from './support/fault-paths.ts';
import { configRow } from './support/seed.ts';
import { type SshServer, startSshd } from './support/sshd.ts';
import { overriding } from './support/worker-drain.ts';
import { openPartner, type Partner } from './support/worker-partner.ts';
import { expectDelivered, HOUR, inStage, MINUTE, onePlace, type WorkerPlace } from './support/worker-place.ts';

/** A disk that is full, wherever a delivery writes: it waits in a clear state, leaves nothing half-done, and goes on when there is room. */

/** Enough for a file of many pages. */
const DEVICES = 2_000;

let sshd: SshServer;
beforeAll(async () => {
  sshd = await startSshd();
});
afterAll(() => sshd.stop());

let partner: Partner;
let place: WorkerPlace;
let folder: string;
let disk: SmallDisk;
beforeEach(async () => {
  partner = await openPartner(sshd);
  folder = mkdtempSync(join(tmpdir(), 'aquarius-small-disk-'));
});
afterEach(async () => {
  await place.app()[Symbol.asyncDispose]();
  disk[Symbol.dispose]();
  await place[Symbol.asyncDispose]();
  await partner[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

/** Works on what is planned and gives the one run, which must wait for another try with an error that says what to do. */
async function failsWith(code: string, engine: Engine): Promise<Run> {
  await workOff(engine);
  const run = await place.run();
  expect(run).toMatchObject({
    leaseOwner: null,
    failures: 1,
    retryAt: expect.any(String),
    finishedAt: null,
    error: { kind: 'transient', code, hint: expect.stringMatching(/\S/) },
  });
  return run;
}

/** Makes room, lets the time of the retry come, and sees the run through. */
async function goesOn(inbox?: string): Promise<void> {
  disk.free();
  place.clock.move(HOUR);
  await workOff(await place.engine());
  await expectDelivered(place, [await place.run()], inbox);
}

test('the stage: the set is not there, nor half of it, until there is room', async () => {
  disk = mountSmallDisk(folder, 512);
  place = await onePlace(DEVICES, { settings: `stage: { type: folder, path: ${folder} }` });
  await place.plan();
  disk.fill(16 * 1024);
  const run = await failsWith('disk_full', await place.engine());
  expect(run).toMatchObject({ state: 'extracting', manifest: null });
  expect(await (await place.app().stage()).list('')).toEqual([]);
  expect(readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('.tmp'))).toEqual([]);
  expect(place.received()).toEqual({});
  await goesOn();
});

test('a folder of a partner: it shows no part of a file', async () => {
  disk = mountSmallDisk(folder, 512);
  place = await onePlace(DEVICES, {
    destinations: `  full: { type: folder, path: ${folder} }`,
    configs: [configRow('4711', [{ destination: 'full' }])],
  });
  await place.plan();
  disk.fill(16 * 1024);
  const run = await failsWith('folder_full', await place.engine());
  expect(run.state).toBe('delivering');
  expect(readdirSync(folder)).toEqual(['.filler']);
  await goesOn(folder);
  expect((await place.run()).stagePrefix).toBe(run.stagePrefix);
});

test('an SFTP server: it shows no part of a file, and gets the same bytes later', async () => {
  disk = mountSmallDisk(partner.inbox, 512);
  place = await onePlace(DEVICES, {
    destinations: partner.yaml('partner'),
    configs: [configRow('4711', [{ destination: 'partner' }])],
  });
  await place.plan();
  disk.fill(16 * 1024);
  const run = await failsWith('sftp_failure', await place.engine());
  expect(run.state).toBe('delivering');
  expect(readdirSync(partner.inbox)).toEqual(['.filler']);
  await goesOn(partner.inbox);
  expect((await place.run()).stagePrefix).toBe(run.stagePrefix);
});

/** A place whose data directory is the small disk, with all that is kept elsewhere: only files under way are in it. */
async function onSmallHome(): Promise<void> {
  place = await onePlace(DEVICES, {
    settings: `
warehouse: { path: ${folder}/warehouse.duckdb }
controlStore: { path: ${folder}/control.db }
stage: { type: folder, path: ${folder}/stage }`,
  });
  await place.app()[Symbol.asyncDispose]();
  disk = mountSmallDisk(place.project.path('.aquarius'), 1024);
  await place.reopen();
  await place.plan();
}

/** Fills the disk when a statement has written its lines. */
const fullAfterUnload = (engine: Engine): Engine => ({
  ...engine,
  warehouse: overriding(engine.warehouse, {
    async session() {
      const session: Session = await engine.warehouse.session();
      return overriding(session, {
        async unload(...args) {
          const unloaded = await session.unload(...args);
          disk.fill();
          return unloaded;
        },
      });
    },
  }),
});

/** Fills the disk when a file has been staged and its local copy is gone: when the manifest is given its time. */
function fullAfterPut(engine: Engine): Engine {
  let isStaged = false;
  return {
    ...engine,
    stage: overriding(engine.stage, {
      async put(request) {
        isStaged = true;
        return engine.stage.put(request);
      },
    }),
    clock: {
      now() {
        if (isStaged) disk.fill();
        return engine.clock.now();
      },
    },
  };
}

test.each([
  {
    step: 'the warehouse writes its lines',
    breaking: (engine: Engine) => {
      disk.fill(16 * 1024);
      return engine;
    },
  },
  { step: 'files are packed', breaking: fullAfterUnload },
  { step: 'the manifest is written', breaking: fullAfterPut },
])('the work folder, while $step', async ({ breaking }) => {
  await onSmallHome();
  const run = await failsWith('disk_full', breaking(await place.engine()));
  expect(run).toMatchObject({ state: 'extracting', manifest: null });
  expect(readdirSync(place.project.path('.aquarius/work'))).toEqual([]);
  expect(place.received()).toEqual({});
  await goesOn();
});

test('the control store: nothing is sent that cannot be recorded, and the run goes on from its last step', async () => {
  disk = mountSmallDisk(folder, 4096);
  mkdirSync(join(folder, 'control'));
  place = await onePlace(DEVICES, { settings: `controlStore: { path: ${folder}/control/control.db }` });
  await place.plan();
  const engine = await place.engine();
  const stage = overriding(engine.stage, {
    async open(key, options) {
      disk.fill();
      return engine.stage.open(key, options);
    },
  });
  await workOff({ ...engine, stage });
  const left = await place.run();
  expect(left).toMatchObject({ state: 'delivering', error: null, failures: 0 });
  expect(place.received()).toEqual({});
  expect(Object.keys(await inStage(place, left))).toHaveLength(1);
  await expect(place.app().ledger.release(left.id, left.attempts)).rejects.toMatchObject({
    kind: 'transient',
    code: 'control_store_full',
    hint: expect.stringContaining('space'),
  });

  disk.free();
  // Nobody could be told that the run was left: its lease runs out.
  place.clock.move(MINUTE);
  await workOff(await place.engine());
  const run = await place.run();
  expect(run).toMatchObject({ attempts: 2, stagePrefix: left.stagePrefix });
  expect(await place.story(run.id)).toContain('lost');
  await expectDelivered(place, [run]);
});
