import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { type DeliverOutput, deliverOutput, planOutput, runOutput, runsOutput } from '../src/shapes/shapes.ts';
import { commandsOf } from './support/cli-here.ts';
import { type ControlStore, postgresDatabase } from './support/control-stores.ts';
import { device, impression, makeProject, mapping, type Project } from './support/project.ts';
import { configRow, seed } from './support/seed.ts';
import { type SshServer, startSshd } from './support/sshd.ts';

/** The main job with the control store on PostgreSQL, and what two processes make of one delivery. */

const AT = '2026-02-18T12:00:00Z';

/** A door before the sshd: connections wait in front of it until it is opened. */
interface Door extends Disposable {
  readonly port: number;
  /** Resolves when somebody stands before it. */
  readonly knocked: Promise<void>;
  open(): void;
}

let sshd: SshServer;
let store: ControlStore & { readonly url: string };
beforeAll(async () => {
  [sshd, store] = await Promise.all([startSshd(), postgresDatabase(inject('postgresUrl'))]);
});
afterAll(async () => {
  await sshd.stop();
  await store[Symbol.asyncDispose]();
});

async function makeDoor(): Promise<Door> {
  const opened = Promise.withResolvers<void>();
  const knocked = Promise.withResolvers<void>();
  const sockets: Socket[] = [];
  const server: Server = createServer((caller) => {
    caller.on('error', () => {});
    sockets.push(caller);
    knocked.resolve();
    void opened.promise.then(() => {
      const inside = createConnection(sshd.port, '127.0.0.1');
      inside.on('error', () => caller.destroy());
      sockets.push(inside);
      caller.pipe(inside).pipe(caller);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    knocked: knocked.promise,
    open: () => opened.resolve(),
    [Symbol.dispose]: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

const settings = (inbox: string, port: number): string => `
destinations:
  liveramp-us:
    type: liveramp-sftp
    host: 127.0.0.1
    port: ${port}
    username: ${sshd.username}
    privateKey: file:${sshd.privateKey}
    hostKeys: ['${sshd.hostKeys.ed25519}']
    folder: ${inbox}
    minRows: 1
policy: { minAudience: 2 }
`;

let inbox: string;
let project: Project;
let serial = 0;
beforeEach(async () => {
  serial += 1;
  inbox = join(sshd.root, `inbox-${serial}`);
  mkdirSync(inbox);
  sshd.grant(inbox);
  project = makeProject(settings(inbox, sshd.port));
  project.env.DATABASE_URL = store.url;
  // The control store is shared by the tests of this file, so each has a segment of its own.
  await seed(project, new Date(AT), {
    AD_IMPRESSION_LOG_V2: [1, 2, 3].map((n) => impression(device(n), { at: '2026-02-17T10:00:00Z' })),
    PIXEL_CAMPAIGN_MAPPING_V2: [mapping('4711')],
    REF_ADVERTISER_CONFIG: [configRow('4711', [{ destination: 'liveramp-us', segmentId: segment() }])],
  });
});
afterEach(() => project[Symbol.dispose]());

const segment = (): string => `SEGMENT_${serial}`;
const received = (): readonly string[] => readdirSync(inbox).filter((name) => !name.startsWith('.'));

describe('with the control store on PostgreSQL', () => {
  test('a delivery, its run and its story are there, and no SQLite file is made', async () => {
    const { runs } = deliverOutput.parse((await project.done('deliver', '--at', AT, '--json')).json());
    expect(runs).toMatchObject([{ state: 'delivered', rows: 3, attempts: 1 }]);
    expect(received()).toEqual(runs[0]?.files.map(({ name }) => name));
    expect(readdirSync(project.path('.aquarius')).filter((name) => name.startsWith('control'))).toEqual([]);

    // What it says of it needs no processes of its own.
    const here = commandsOf(project);
    const listed = runsOutput.parse((await here.done('runs', '--json')).json());
    expect(listed.runs).toEqual(runs);
    const shown = runOutput.parse((await here.done('runs', 'show', runs[0]?.runId ?? '', '--json')).json());
    expect(shown.run).toEqual(runs[0]);
    expect(shown.steps.map(({ step }) => step)).toEqual([
      'planned',
      'claimed',
      'extracting',
      'staged',
      'delivering',
      'delivered',
    ]);
    expect(await store.raw(`select count(*)::int as n from runs where id = '${runs[0]?.runId}'`)).toEqual([{ n: 1 }]);

    const plan = planOutput.parse((await here.done('plan', '--at', AT, '--json')).json());
    expect(plan.deliveries).toMatchObject([{ due: false, lastRun: { runId: runs[0]?.runId, state: 'delivered' } }]);
  });

  test('SF-17: two processes with the same work at once make one run and one file, and both tell of it', async () => {
    using door = await makeDoor();
    project.write('aquarius.yaml', settings(inbox, door.port));
    const homes = ['.aquarius', '.second'];
    cpSync(project.path('.aquarius'), project.path('.second'), { recursive: true });
    const deliverIn = async (home: string): Promise<DeliverOutput> =>
      deliverOutput.parse((await project.done('--home', project.path(home), 'deliver', '--at', AT, '--json')).json());

    const working = homes.map(deliverIn);
    // One of them waits at the partner's door, and the other one for it.
    await door.knocked;
    expect(received()).toEqual([]);
    door.open();
    const outputs = await Promise.all(working);
    for (const { runs, upToDate, elsewhere } of outputs) {
      expect([runs.length + upToDate.length, elsewhere.length]).toEqual([1, 0]);
    }
    const [run, ...more] = outputs.flatMap(({ runs }) => runs);
    expect(run).toMatchObject({ state: 'delivered', attempts: 1, generation: 0, rows: 3 });
    for (const same of more) expect(same).toEqual(run);
    expect(received()).toEqual(run?.files.map(({ name }) => name));
    expect(readFileSync(join(inbox, received()[0] ?? ''), 'utf8').split('\n')).toHaveLength(5);
    expect(await store.raw(`select count(*)::int as n from runs where segment_name = '${segment()}'`)).toEqual([{ n: 1 }]);

    const later = await Promise.all(homes.map(deliverIn));
    expect(later.map(({ runs, upToDate }) => [runs.length, upToDate.length])).toEqual([
      [0, 1],
      [0, 1],
    ]);
    expect(received()).toHaveLength(1);
  });

  test('a server that is not there is a passing failure, and its password is not told', async () => {
    project.env.DATABASE_URL = 'postgres://aquarius:hunter2@127.0.0.1:1/postgres';
    const result = await project.run('deliver', '--at', AT, '--json');
    expect(result.code).toBe(75);
    expect(result.stderr).toContain('→');
    expect(result.stdout + result.stderr).not.toContain('hunter2');
    expect(received()).toEqual([]);
  });
});
