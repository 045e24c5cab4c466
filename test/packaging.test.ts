import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseSettings } from '../src/config/parse-settings.ts';
import { ALERT_KINDS } from '../src/ledger/alert.ts';
import { pagesReady } from './support/chromium.ts';

/** The image without Docker: what the Dockerfile copies, trimmed as it trims, run as it runs; and the files that run it. */

const IMAGE = '/opt/aquarius';
const isRoot = process.getuid?.() === 0;

/** Instructions of the Dockerfile, continuation lines joined, without comments. */
const instructions = readFileSync('Dockerfile', 'utf8')
  .split('\n')
  .filter((line) => !line.startsWith('#'))
  .join('\n')
  .replaceAll(/\\\n/g, ' ')
  .split('\n')
  .flatMap((line) => {
    const [, name, rest] = /^([A-Z]+) +(.*)$/.exec(line.trim()) ?? [];
    return name === undefined || rest === undefined ? [] : [{ name, rest: rest.trim() }];
  });

function all(name: string): readonly string[] {
  return instructions.filter((one) => one.name === name).map(({ rest }) => rest);
}

function one(name: string): string {
  const [first, ...others] = all(name);
  if (first === undefined || others.length > 0) throw new Error(`The Dockerfile has ${others.length + 1} of ${name}.`);
  return first;
}

/** `COPY` from the build's context: sources and where they go, relative to the program's folder. */
const copied = all('COPY')
  .filter((rest) => !rest.startsWith('--from'))
  .map((rest) => {
    const words = rest.split(/ +/);
    return { sources: words.slice(0, -1), target: words.at(-1) ?? '' };
  });

const environment: Readonly<Record<string, string>> = Object.fromEntries(
  one('ENV')
    .split(/ +/)
    .map((pair) => pair.split(/=(.*)/s).slice(0, 2)),
);
const [uid = 0, gid = 0] = one('USER').split(':').map(Number);
const command = (text: string): readonly string[] => JSON.parse(text);

let root: string;
let program: string;
let data: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'aquarius-image-'));
  chmodSync(root, 0o755);
  program = join(root, 'program');
  data = join(root, 'data');
  mkdirSync(program);
  for (const { sources, target } of copied) {
    for (const source of sources) {
      const to = target.endsWith('/') ? join(program, target, source) : join(program, target);
      mkdirSync(dirname(to), { recursive: true });
      cpSync(source, to, { recursive: true });
    }
  }
  // What `npm ci --omit=dev` installs is what the lock file does not call a tool of development.
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, { dev?: boolean }> };
  for (const [path, { dev }] of Object.entries(lock.packages)) {
    if (path === '' || dev === true || !existsSync(path)) continue;
    // Packages within packages have entries of their own; Node's headers, which are most of the files, would only be removed again.
    const left = ['node_modules', 'include'].map((name) => join(path, name));
    cpSync(path, join(program, path), { recursive: true, verbatimSymlinks: true, filter: (from) => !left.includes(from) });
  }
  mkdirSync(join(program, 'node_modules/.bin'));
  cpSync('node_modules/.bin/node', join(program, 'node_modules/.bin/node'), { verbatimSymlinks: true });
  const making = all('RUN').filter((rest) => /node_modules|^chmod|^node /.test(rest));
  expect(making).toHaveLength(3);
  const PATH = `${join(program, 'node_modules/.bin')}:${process.env.PATH}`;
  for (const rest of making) execFileSync('/bin/sh', ['-euc', rest], { cwd: program, env: { ...process.env, PATH } });
  if (!isRoot) execFileSync('chmod', ['-R', 'a-w', program]);
  for (const folder of [data, join(root, 'tmp')]) {
    mkdirSync(folder, { mode: 0o700 });
    if (isRoot) chownSync(folder, uid, gid);
  }
});
afterAll(() => {
  if (!isRoot) execFileSync('chmod', ['-R', 'u+w', program]);
  rmSync(root, { recursive: true, force: true });
});

/** Paths of the image as they are on this machine. */
function here(text: string): string {
  const places: Readonly<Record<string, string>> = { [IMAGE]: program, '/data': data, '/tmp': join(root, 'tmp') };
  return text.replaceAll(/(?<=^|:)(?:\/opt\/aquarius|\/data|\/tmp)(?=[/:]|$)/g, (path) => places[path] ?? path);
}

const asUser = isRoot ? { uid, gid } : {};

/** Runs a command of the image with its environment, and nothing else: no HOME, nobody's shell. */
function start(args: readonly string[]) {
  const [file = '', ...rest] = args.map(here);
  const env = Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, here(value)]));
  const child = spawn(file, rest, { cwd: data, env, ...asUser, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text;
  });
  return { child, said, ended: once(child, 'close') as Promise<[number | null, string | null]> };
}

const healthcheck = (): readonly string[] => command(one('HEALTHCHECK').replace(/^.*?CMD /, ''));

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => {
    const { mtimeMs, size } = lstatSync(join(folder, name));
    return `${name} ${size} ${mtimeMs}`;
  });
}

describe('the image', () => {
  test('starts as its user with a program that it cannot write, answers, is healthy, and ends in peace on SIGTERM', async () => {
    writeFileSync(join(data, 'aquarius.yaml'), 'serve: { token: "file:token" }\n');
    writeFileSync(join(data, 'token'), 'a-token-of-a-test\n');
    const before = filesOf(program);

    const unhealthy = start(healthcheck());
    expect((await unhealthy.ended)[0]).toBe(1);

    const server = start([...command(one('ENTRYPOINT')), ...command(one('CMD')), '--port', '0']);
    const listening = new Promise<void>((resolve, reject) => {
      server.child.stderr.on('data', () => server.said.err.includes('listens on') && resolve());
      server.ended.then(([code]) => reject(new Error(`It ended with ${code}: ${server.said.err}`)));
    });
    try {
      await listening;
      const { url, pid } = JSON.parse(readFileSync(join(data, 'serve.json'), 'utf8'));
      // The shell of bin/aquarius has become the program: signals reach it.
      expect(pid).toBe(server.child.pid);
      if (isRoot) expect(statSync(join(data, 'control.db')).uid).toBe(uid);
      expect((await fetch(`${url}/healthz`)).status).toBe(200);
      expect(await (await fetch(`${url}/readyz`)).text()).toContain('"ok"');
      // The pages are in the image: nobody waits for them, and nothing is built.
      await pagesReady(url);
      expect(server.said.err).not.toContain('Building');
      const checked = start(healthcheck());
      expect([(await checked.ended)[0], checked.said.err]).toEqual([0, '']);
      const asked = start([...command(one('ENTRYPOINT')), 'runs', '--json']);
      expect((await asked.ended)[0]).toBe(0);
      expect(JSON.parse(asked.said.out)).toEqual({ runs: [] });
      server.child.kill(one('STOPSIGNAL') as NodeJS.Signals);
      expect(await server.ended).toEqual([0, null]);
    } finally {
      server.child.kill('SIGKILL');
    }
    expect(existsSync(join(data, 'serve.json'))).toBe(false);
    expect(filesOf(program)).toEqual(before);
  });

  test('refuses to be reachable without a token', async () => {
    writeFileSync(join(data, 'aquarius.yaml'), '{}\n');
    const refused = start([...command(one('ENTRYPOINT')), ...command(one('CMD'))]);
    expect((await refused.ended)[0]).toBe(78);
    expect(refused.said.err).toContain('serve_token_missing');
  });

  test('is made of what the build may see', () => {
    const lets = readFileSync('.dockerignore', 'utf8').split('\n');
    for (const source of copied.flatMap(({ sources }) => sources)) expect(lets).toContain(`!${source}`);
    expect(lets).toContain('*');
  });
});

describe('the files that run it', () => {
  const compose = parse(readFileSync('compose.yaml', 'utf8'), { merge: true });
  const manual = readFileSync('docs/operations.md', 'utf8');
  const { serve, worker } = compose.services;

  test('compose.yaml: both kinds of process can write their data and nothing else, and have time to stop', () => {
    for (const service of [serve, worker]) {
      expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
      expect(Number.parseInt(service.stop_grace_period, 10)).toBeGreaterThan(30 + 5);
      expect(service.depends_on.postgres.condition).toBe('service_healthy');
      for (const secret of service.secrets) expect(compose.secrets).toHaveProperty(secret);
      const writable = service.volumes.filter((volume: string) => !volume.endsWith(':ro'));
      expect(writable).toContain('stage:/data/stage');
    }
    expect(worker.deploy.replicas).toBe(2);
    // A named volume would be one data directory for both.
    expect(worker.volumes).toContain('/data');
    expect(serve.volumes).toContain('data:/data');
    expect(serve.ports).toEqual([expect.stringMatching(/^127\.0\.0\.1:/)]);
    expect(command(one('ENTRYPOINT'))).toEqual([`${IMAGE}/bin/aquarius`]);
  });

  test('compose.yaml: every variable and every secret is one that the manual or the script knows', () => {
    const text = readFileSync('compose.yaml', 'utf8');
    const variables = new Set([...text.matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name));
    expect([...variables].sort()).toEqual(['AQUARIUS_SETTINGS', 'AQUARIUS_WAREHOUSE']);
    for (const name of variables) expect(manual).toContain(`\`${name}\``);
    const script = readFileSync('deploy/compose/make-secrets.sh', 'utf8');
    for (const [name, { file }] of Object.entries<{ file: string }>(compose.secrets)) {
      expect(file).toBe(`./secrets/${name}`);
      expect(script).toContain(name);
    }
  });

  test.each(['aquarius.yaml', 'aquarius-s3.yaml'])('deploy/compose/%s is settings that a worker accepts', (name) => {
    const path = join('deploy/compose', name);
    const text = readFileSync(path, 'utf8');
    const settings = parseSettings(text, path);
    const known: readonly string[] = serve.secrets;
    for (const [, secret] of text.matchAll(/file:\/run\/secrets\/(\w+)/g)) expect(known).toContain(secret);
    expect(settings.controlStore.url).toBe('file:/run/secrets/database_url');
    expect(settings.serve.token).toBe('file:/run/secrets/aquarius_token');
    for (const table of Object.values(settings.tables)) {
      for (const file of table?.files ?? []) expect(file).toMatch(/^\/warehouse\//);
    }
    expect(Object.keys(settings.tables)).toEqual(expect.arrayContaining(['REF_ADVERTISER_CONFIG', 'SUPPRESSION']));
    expect(settings.stage.type).toBe(name.includes('s3') ? 's3' : 'folder');
  });

  test('the secrets are written once, for their owner alone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'aquarius-secrets-'));
    try {
      const script = join(process.cwd(), 'deploy/compose/make-secrets.sh');
      // Giving them to another user takes root.
      const shell = isRoot ? ['sh', script] : ['sh', '-c', `chown() { :; }; . ${script}`];
      const run = (): void =>
        void execFileSync(shell[0] ?? '', shell.slice(1), { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
      const read = (name: string): string => readFileSync(join(folder, 'secrets', name), 'utf8');
      run();
      const token = read('aquarius_token');
      expect(token).toMatch(/^[0-9a-f]{48}$/);
      expect(read('database_url')).toBe(`postgres://aquarius:${read('postgres_password')}@postgres:5432/aquarius`);
      for (const name of readdirSync(join(folder, 'secrets'))) {
        expect(statSync(join(folder, 'secrets', name)).mode & 0o077).toBe(0);
      }
      run();
      expect(read('aquarius_token')).toBe(token);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('railway.json: the shell gives the port on, and becomes the program', () => {
    const { build, deploy } = JSON.parse(readFileSync('railway.json', 'utf8'));
    expect(existsSync(build.dockerfilePath)).toBe(true);
    const start = deploy.startCommand.replace(`exec ${IMAGE}/bin/aquarius`, 'exec printf "%s,"');
    expect(start).not.toBe(deploy.startCommand);
    const said = execFileSync('/bin/sh', ['-c', start], { env: { PORT: '8123' }, encoding: 'utf8' });
    expect(said).toBe('serve,--host,0.0.0.0,--port,8123,');
    expect(deploy.healthcheckPath).toBe('/healthz');
    expect(deploy.drainingSeconds).toBeGreaterThan(30 + 5);
    // Two servers on one volume cannot be: the first is stopped before the next starts.
    expect(deploy.overlapSeconds).toBe(0);
  });

  test('deploy/aquarius.service starts the program as the manual says, and leaves it time to stop', () => {
    const unit = readFileSync('deploy/aquarius.service', 'utf8');
    const value = (key: string): string | undefined => new RegExp(`^${key}=(.*)$`, 'm').exec(unit)?.[1];
    expect(value('ExecStart')).toBe(`${IMAGE}/bin/aquarius serve`);
    expect(Number.parseInt(value('TimeoutStopSec') ?? '', 10)).toBeGreaterThan(30 + 5);
    expect(value('RestartPreventExitStatus')).toBe('64 78');
  });
});

describe('the manual', () => {
  const manual = readFileSync('docs/operations.md', 'utf8');
  const source = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join('src', name), 'utf8'))
    .join('\n');

  /** What stands in backticks in the first column of the tables under a header. */
  function firstColumn(header: string): readonly string[] {
    const tables = manual.split(header).slice(1);
    const rows = tables.flatMap((text) => text.split('\n\n', 1)[0]?.split('\n').slice(2) ?? []);
    return rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, word]) => word ?? ''));
  }

  test('says of every kind of alert what to do', () => {
    expect([...firstColumn('| Alert | What it means')].sort()).toEqual([...ALERT_KINDS].sort());
  });

  test('names only codes that there are', () => {
    const codes = firstColumn('| Code | What it means');
    expect(codes.length).toBeGreaterThan(20);
    for (const code of codes) expect(source).toContain(`'${code}'`);
  });

  test('links to what is there', () => {
    for (const name of ['operations.md', 'serve.md']) {
      const text = readFileSync(join('docs', name), 'utf8');
      for (const [, target = ''] of text.matchAll(/\]\((?!https?:)([^)#]+)/g)) {
        expect([target, existsSync(join('docs', target))]).toEqual([target, true]);
      }
    }
  });
});
