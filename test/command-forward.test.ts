import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../src/app.ts';
import { runForwarded } from '../src/cli/forward/run-command.ts';
import { runCli } from '../src/cli/run-cli.ts';
import { errorOutput } from '../src/shapes/shapes.ts';
import { aquarius, type CliResult } from './support/cli.ts';
import { commandsOf } from './support/cli-here.ts';
import { type CommandServer, startCommandServer } from './support/command-server.ts';
import { device, impression, makeProject, mapping, type Project } from './support/project.ts';
import { configRow, openProject, seed } from './support/seed.ts';

/**
 * While a server owns the data directory, every command goes through it, and nobody notices. Those that have no server run within this
 * process: they would take longer to start than to do their work.
 */

const AT = '2026-02-18T12:00:00Z';

/** Accepts connections and never says a word. */
const silent = createServer((socket) => {
  sockets.push(socket);
  socket.on('error', () => {}).resume();
  silent.emit('silence', socket);
});
const sockets: Socket[] = [];

const settings = (): string => `
destinations:
  archive: { type: folder, path: archive, minRows: 1 }
  hanging:
    type: liveramp-sftp
    host: 127.0.0.1
    port: ${(silent.address() as AddressInfo).port}
    username: u
    password: env:P
    hostKeys: ['SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA']
    folder: /uploads
policy: { minAudience: 2 }
`;

/** Data for each project to copy. */
let loaded: Project;

/** A project, the same each time, without the destination that never answers unless it is asked for. */
function madeProject(hanging = false): Project {
  const project = makeProject(hanging ? settings() : settings().replace(/ {2}hanging:[\s\S]*(?=policy)/, ''), loaded);
  project.env.P = 'secret';
  project.write('.env', 'P=secret\n');
  return project;
}

let alone: Project;
let served: Project;
let app: App;
let server: CommandServer;
beforeAll(async () => {
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  loaded = makeProject('destinations: { archive: { type: folder, path: archive } }\n');
  await seed(loaded, new Date(AT), {
    AD_IMPRESSION_LOG_V2: [1, 2, 3].map((n) => impression(device(n), { at: '2026-02-17T10:00:00Z' })),
    PIXEL_CAMPAIGN_MAPPING_V2: [mapping('100')],
    REF_ADVERTISER_CONFIG: [configRow('100', [{ destination: 'archive' }]), configRow('200', [])],
  });
  alone = madeProject();
  served = madeProject();
  for (const project of [alone, served]) {
    project.write('.aquarius/archive/.keep', '');
    project.write('more/log.jsonl', `${JSON.stringify(impression(device(4), { at: '2026-02-17T11:00:00Z' }))}\n`);
    project.write('more/rows.csv', 'agencyId,advertiserId,lookbackDays\n1480,200,7\n');
  }
  app = await openProject(served, { at: new Date(AT) });
  server = await startCommandServer(app);
});
afterAll(async () => {
  await server.stop();
  await app[Symbol.asyncDispose]();
  for (const project of [loaded, alone, served]) project[Symbol.dispose]();
  for (const socket of sockets) socket.destroy();
  silent.close();
});

/** What differs between any two projects and any two runs. */
function plain({ code, stdout, stderr }: CliResult, project: Project): object {
  const text = (raw: string): string =>
    raw
      .replaceAll(project.folder, '<project>')
      .replaceAll(/\b0[0-9a-hjkmnp-tv-z]{25}\b/g, '<run>')
      // Others write to the disk meanwhile.
      .replaceAll(/[0-9.]+ GiB\b/g, '<size>');
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

async function both(...args: readonly string[]): Promise<CliResult> {
  const before = server.begun.length;
  const [own, theirs] = [await commandsOf(alone).run(...args), await served.run(...args)];
  expect(plain(theirs, served)).toEqual(plain(own, alone));
  // Without this the comparison would be one of two commands that went no other way.
  expect(server.begun.slice(before)).toEqual([args]);
  return theirs;
}

describe('a command through the server', () => {
  // In this order: each finds what the ones before have made.
  test.each<readonly [readonly string[], number, string]>([
    [['plan', '--at', AT], 0, '1480_100'],
    [['plan', '--at', AT, '--json'], 0, '"rows": 3'],
    [['load', 'ad_impression_log_v2', 'more/*.jsonl'], 0, '1 row added to AD_IMPRESSION_LOG_V2.'],
    [['load', 'ad_impression_log_v2', 'nothing.jsonl'], 78, ''],
    [['plan', '--at', AT, '--json'], 0, '"rows": 4'],
    [['config', 'set', '1480', '100', 'lookbackDays=60'], 0, 'DELIVERY_LOOKBACK_DAYS'],
    [['config', 'set', '1480', '100', 'lookbackDays=0', '--json'], 78, 'config_invalid'],
    [['config', 'import', 'more/rows.csv'], 0, '1 changed'],
    [['config', 'list'], 0, '60 days'],
    [['config', 'validate'], 0, 'in order'],
    [['config', 'export', '--format', 'csv'], 0, '1480,200'],
    [['doctor'], 0, '✓ destination archive'],
    [['doctor', '--json'], 0, '"ok": true'],
    [['deliver', '--at', AT], 0, 'delivered'],
    [['deliver', '--at', AT], 0, '1 up to date'],
    [['runs'], 0, 'delivered'],
    [['runs', '--state', 'failed'], 0, 'No runs yet'],
    [['runs', 'show', 'zzz'], 78, ''],
  ])('%j is what it is without', async (args, code, text) => {
    const result = await both(...args);
    expect(result.code).toBe(code);
    expect(result.stdout).toContain(text);
  });

  test('has really been done by the server', async () => {
    expect(readdirSync(served.path('.aquarius/archive')).filter((name) => name !== '.keep')).toHaveLength(1);
    const { stdout } = await served.done('config', 'show', '1480', '100', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ lookbackDays: 60 });
  });

  test.each<readonly [readonly string[], string]>([
    [['plan', '--at', 'banana'], '2026-02-16T06:00:00Z'],
    [['plan', '--at', '2026-02-30'], '2026-02-16T06:00:00Z'],
    [['runs', '--limit', 'abc'], 'from 1 to 1,000,000'],
    [['runs', '--limit', '0'], 'from 1 to 1,000,000'],
    [['runs', '--state', 'foo', '--json'], 'one of planned, extracting,'],
    [['plan', '--slot', ''], 'It is empty'],
    [['config', 'export', '--format', 'xml'], 'one of csv, json'],
    [['doctor', '--log-level', 'x'], 'one of silent, error, warn, info, debug'],
    [['demo', '--rows', 'x'], 'from 1 to 100,000,000'],
    [['delivr'], 'Did you mean deliver?'],
    [['runs', '01k9x2'], "unknown command '01k9x2'"],
    [['suppressions', 'bogus'], "unknown command 'bogus'"],
    [['config'], 'Usage: aquarius config'],
    [['--help'], ''],
  ])('%j is judged before it is sent, the same', async (args, text) => {
    const before = server.begun.length;
    const [own, theirs] = [await commandsOf(alone).run(...args), await served.run(...args)];
    expect(plain(theirs, served)).toEqual(plain(own, alone));
    expect(theirs.code).toBe(args[0] === '--help' ? 0 : 64);
    expect(theirs.stderr).toContain(text);
    if (args.includes('--json')) {
      const { error } = errorOutput.parse(theirs.json());
      expect(error).toMatchObject({ kind: 'usage', code: 'invalid_argument', message: expect.stringContaining(text) });
    }
    expect(server.begun).toHaveLength(before);
  });

  test('starts where it was given, and finds the data directory from anywhere', async () => {
    const cwd = served.path('more');
    const result = await aquarius(['--home', '../.aquarius', 'config', 'import', 'rows.csv', '--json'], { cwd });
    expect(result.code).toBe(0);
    expect(result.json()).toMatchObject({ unchanged: 1 });
  });

  test('sees files of tables that have come since the server began', async () => {
    const project = madeProject();
    project.write(
      'aquarius.yaml',
      `${readFileSync(project.path('aquarius.yaml'), 'utf8')}tables: { AD_IMPRESSION_LOG_V2: { files: ['logs/*.jsonl'] } }\n`,
    );
    project.writeRows(
      'logs/1.jsonl',
      [1, 2].map((n) => impression(device(n), { at: '2026-02-17T10:00:00Z' })),
    );
    const own = await openProject(project, { at: new Date(AT) });
    const other = await startCommandServer(own);
    try {
      expect((await project.done('plan', '--at', AT, '--json')).stdout).toContain('"rows": 2');
      project.writeRows('logs/2.jsonl', [impression(device(9), { at: '2026-02-17T10:00:00Z' })]);
      expect((await project.done('plan', '--at', AT, '--json')).stdout).toContain('"rows": 3');
      expect(other.begun).toHaveLength(2);
    } finally {
      await other.stop();
      await own[Symbol.asyncDispose]();
      project[Symbol.dispose]();
    }
  });

  test('with mistakes in aquarius.yaml since the server began is told them', async () => {
    const path = served.path('aquarius.yaml');
    const before = readFileSync(path, 'utf8');
    writeFileSync(path, before.replace('type: folder', 'type: foldr'));
    try {
      const result = await served.run('config', 'validate');
      expect(result.code).toBe(78);
      expect(result.stderr).toContain('destinations.archive.type');
    } finally {
      writeFileSync(path, before);
    }
  });

  test('is refused for other settings than the server’s, which are both named', async () => {
    const other = served.write('other.yaml', settings());
    const named = await served.run('--config', 'other.yaml', 'plan', '--json');
    expect(named.code).toBe(78);
    const { error } = errorOutput.parse(named.json());
    expect(error.code).toBe('server_config');
    expect(error.message).toContain(other);
    expect(error.message).toContain(served.path('aquarius.yaml'));
    const byEnv = await aquarius(['plan'], { cwd: served.folder, env: { AQUARIUS_CONFIG: 'other.yaml' } });
    expect(byEnv.code).toBe(78);
    expect(byEnv.stderr).toContain('[server_config]');
    expect((await served.run('--config', 'aquarius.yaml', 'plan', '--at', AT)).code).toBe(0);
  });

  test('is not taken for granted: commands of one’s own process are refused by the server', async () => {
    let told = '';
    const err = (text: string): void => {
      told += text;
    };
    const io = { out: () => {}, err, signal: new AbortController().signal };
    const request = { cwd: served.folder, isTTY: false, columns: 80, actor: 'a', env: {} };
    expect(await runForwarded(app, { ...request, args: ['demo'] }, io, runCli)).toBe(64);
    expect(told).toContain('demo does not run inside a server');
    expect(await runForwarded(app, { ...request, args: ['--home', served.path('elsewhere'), 'plan'] }, io, runCli)).toBe(78);
    expect(told).toContain('[server_home]');
  });
});

describe('commands at once', () => {
  test('each have their own output, exit code, time and folder', async () => {
    const commands = [
      ['plan', '--at', AT],
      ['config', 'show', '1480', '999'],
      ['runs', '--json'],
      ['plan', '--at', '2026-03-01', '--json'],
      ['load', 'ad_impression_log_v2', 'nothing.jsonl', '--json'],
      ['config', 'list'],
    ];
    const oneByOne: CliResult[] = [];
    for (const args of commands) oneByOne.push(await served.run(...args));
    const atOnce = await Promise.all(commands.map((args) => served.run(...args)));
    expect(atOnce.map((result) => plain(result, served))).toEqual(oneByOne.map((result) => plain(result, served)));
    expect(oneByOne.map(({ code }) => code)).toEqual([0, 78, 0, 0, 78, 0]);
  });

  test('draw their progress on their own caller’s terminal', async () => {
    const run = async (isTTY: boolean, columns: number): Promise<string> => {
      let drawn = '';
      const err = (text: string): void => {
        drawn += text;
      };
      const io = { out: () => {}, err, signal: new AbortController().signal };
      const request = { args: ['plan', '--at', AT], cwd: served.folder, isTTY, columns, actor: 'a', env: {} };
      expect(await runForwarded(app, request, io, runCli)).toBe(0);
      return drawn;
    };
    const [none, narrow] = await Promise.all([run(false, 80), run(true, 12)]);
    expect(none).toBe('');
    expect(narrow).toContain('\r\u001b[2Kplanning');
    for (const line of narrow.split('\r\u001b[2K')) expect(line.length).toBeLessThan(12);
  });
});

describe('a command whose client or server ends', () => {
  let project: Project;
  let own: App;
  let other: CommandServer;
  beforeAll(async () => {
    project = madeProject(true);
    own = await openProject(project, { at: new Date(AT) });
    other = await startCommandServer(own);
  });
  afterAll(async () => {
    await other.stop();
    await own[Symbol.asyncDispose]();
    project[Symbol.dispose]();
  });

  /** A `doctor` that waits for a server that says nothing. */
  async function waiting() {
    const connected = once(silent, 'silence') as Promise<[Socket]>;
    const child = spawn(resolve('bin/aquarius'), ['doctor'], {
      cwd: project.folder,
      env: { PATH: process.env.PATH, HOME: project.folder },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const closed = once(child, 'close');
    const [socket] = await connected;
    return { child, socket, ended: closed.then(([code]) => ({ code, stderr })) };
  }

  test.each(['SIGINT', 'SIGTERM'] as const)('is stopped by %s to the client', async (name) => {
    const before = other.ended.length;
    const { child, socket, ended } = await waiting();
    const left = once(socket, 'close');
    child.kill(name);
    expect(await ended).toMatchObject({ code: 75, stderr: expect.stringContaining('[stopped]') });
    await left;
    await other.hasEnded(before + 1);
    // A partner that is waited for too long is another failure.
    expect(other.ended.at(-1)).toMatchObject({ exit: 75, err: expect.stringContaining('[stopped]') });
  });

  test('is told to be run again when the server dies', async () => {
    const { ended } = await waiting();
    await other.die();
    expect(await ended).toMatchObject({ code: 75, stderr: expect.stringContaining('[server_gone]') });
  });
});

describe('the mark of a server', () => {
  let project: Project;
  beforeAll(() => {
    project = madeProject();
  });
  afterEach(() => expect(readdirSync(project.path('.aquarius')).filter((name) => name.endsWith('.tmp'))).toEqual([]));
  afterAll(() => project[Symbol.dispose]());

  const opened = async <T>(work: (app: App) => Promise<T>): Promise<T> => {
    const own = await openProject(project, { at: new Date(AT) });
    try {
      return await work(own);
    } finally {
      await own[Symbol.asyncDispose]();
    }
  };

  test('is its owner’s alone, and goes with the server', async () => {
    await opened(async (own) => {
      const one = await startCommandServer(own);
      expect(statSync(project.path('.aquarius/serve.json')).mode & 0o777).toBe(0o600);
      await one.stop();
      expect(existsSync(project.path('.aquarius/serve.json'))).toBe(false);
    });
  });

  test('is not taken away by a server that it no longer names', async () => {
    await opened(async (own) => {
      const first = await startCommandServer(own);
      const second = await startCommandServer(own, { token: 'another' });
      await first.stop();
      expect(existsSync(project.path('.aquarius/serve.json'))).toBe(true);
      await second.stop();
    });
  });

  test('of a dead one is passed over, and told to who wants to know', async () => {
    await opened(async (own) => (await startCommandServer(own)).die());
    expect(existsSync(project.path('.aquarius/serve.json'))).toBe(true);
    const quiet = await commandsOf(project).done('plan', '--at', AT);
    expect(quiet.stdout).toContain('1480_100');
    expect(quiet.stderr).toBe('');
    expect((await project.done('--log-level', 'debug', 'plan', '--at', AT)).stderr).toContain('no server answers');
  });

  test.each(['', '{', '{"pid":1}', '[]'])('that reads %j is passed over', async (text) => {
    project.write('.aquarius/serve.json', text);
    expect((await commandsOf(project).done('plan', '--at', AT)).stdout).toContain('1480_100');
  });

  test('with a token that whoever answers there does not know is passed over', async () => {
    const stranger = await opened((own) => startCommandServer(own, { token: 'another' }));
    expect((await commandsOf(project).done('plan', '--at', AT)).stdout).toContain('1480_100');
    expect(stranger.begun).toEqual([]);
    await stranger.stop();
  });

  test('of another version is used, with a warning', async () => {
    await opened(async (own) => {
      const old = await startCommandServer(own, { version: '0.0.1' });
      const { stdout, stderr } = await project.done('plan', '--at', AT);
      expect(stdout).toContain('1480_100');
      expect(stderr).toMatch(/^aquarius: the server \(process \d+\) is version 0\.0\.1, this is .+\n$/);
      expect(old.begun).toHaveLength(1);
      await old.stop();
    });
  });
});
