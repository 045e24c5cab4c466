import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runsOutput } from '../src/shapes/shapes.ts';
import { httpReceiver } from './support/http-receiver.ts';
import { device, impression, makeProject, mapping, type Project } from './support/project.ts';
import { configRow, seed } from './support/seed.ts';

/** `aquarius serve` as a user starts it: it delivers by itself, tells people, and takes commands. */

const MINUTE = 60_000;

interface Server {
  readonly url: string;
  readonly token: string;
  stop(signal: NodeJS.Signals): Promise<number | null>;
}

let project: Project;
let servers: (() => void)[];

beforeEach(() => {
  servers = [];
});
afterEach(() => {
  for (const kill of servers) kill();
  project[Symbol.dispose]();
});

async function makeServed(settings: string): Promise<void> {
  project = makeProject(settings);
  mkdirSync(project.path('.aquarius/archive'), { recursive: true });
  const recent = new Date(Date.now() - 3_600_000).toISOString();
  await seed(project, new Date(), {
    REF_ADVERTISER_CONFIG: [configRow('4711', [{ destination: 'archive' }])],
    PIXEL_CAMPAIGN_MAPPING_V2: [mapping('4711')],
    AD_IMPRESSION_LOG_V2: [1, 2, 3].map((n) => impression(device(n), { at: recent })),
  });
}

const SETTINGS = `
destinations:
  archive: { type: folder, path: archive }
policy: { minAudience: 1 }
serve: { port: 0 }
`;

async function until<T>(what: string, look: () => T | Promise<T>): Promise<NonNullable<Awaited<T>>> {
  const end = Date.now() + 3 * MINUTE;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`${what} did not come`);
    await sleep(100);
  }
}

async function serve(): Promise<Server> {
  const child = spawn(resolve('bin/aquarius'), ['serve'], {
    cwd: project.folder,
    env: { PATH: process.env.PATH, HOME: project.folder, ...project.env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  servers.push(() => child.kill('SIGKILL'));
  let told = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    told += text;
  });
  const mark = project.path('.aquarius/serve.json');
  await until('the server', () => {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}: ${told}`);
    return existsSync(mark) && told.includes('listens on');
  });
  const { url, token } = JSON.parse(readFileSync(mark, 'utf8')) as { readonly url: string; readonly token: string };
  return {
    url,
    token,
    async stop(signal) {
      child.kill(signal);
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      return child.exitCode;
    },
  };
}

const arrived = (): readonly string[] => readdirSync(project.path('.aquarius/archive')).filter((name) => !name.startsWith('.'));

async function get(server: Server, path: string): Promise<Response> {
  return fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${server.token}` } });
}

/** The file is at the partner a moment before the ledger says so. */
async function isDelivered(): Promise<boolean> {
  const { runs } = runsOutput.parse(JSON.parse((await project.done('runs', '--json')).stdout));
  return runs.length === 1 && runs[0]?.state === 'delivered';
}

describe('a server', () => {
  test('delivers what is due without being asked, takes commands, ends in peace and leaves no mark', async () => {
    await makeServed(SETTINGS);
    const server = await serve();
    await until('the file', () => arrived().length === 1);
    await until('the delivered run', isDelivered);
    // Two looks later there is still one run, and the command line has gone through the server.
    expect((await project.done('deliver')).stdout).toContain('up to date');
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    expect((await fetch(`${server.url}/metrics`)).status).toBe(401);
    expect(await (await get(server, '/metrics')).text()).toContain('aquarius_runs{state="delivered"} 1');
    expect(await server.stop('SIGTERM')).toBe(0);
    expect(existsSync(project.path('.aquarius/serve.json'))).toBe(false);
    expect(arrived()).toHaveLength(1);
    // Without the server the same command opens the data directory itself.
    expect((await project.done('deliver')).stdout).toContain('up to date');
  });

  test('asks for approval over a webhook, sends once it is given, and tells that it is well', async () => {
    const receiver = await httpReceiver();
    try {
      await makeServed(`${SETTINGS}
guards: { approveFirstRun: true }
alerts: { channels: { ops: { type: webhook, url: '${receiver.url}', secret: 'env:HOOK' } } }
`);
      project.env.HOOK = `whsec_${Buffer.from('a secret of a test that is long enough').toString('base64')}`;
      await serve();
      const told = (): string => receiver.received.map(({ body }) => body).join('\n');
      await until('the alert', () => told().includes('run_waiting'));
      expect(arrived()).toEqual([]);
      const { runs } = runsOutput.parse(JSON.parse((await project.done('runs', '--json')).stdout));
      expect(runs).toMatchObject([{ state: 'staged', hold: { reason: 'first_run' } }]);
      expect((await project.done('alerts')).stdout).toContain('run_waiting');
      await project.done('runs', 'approve', runs[0]?.runId ?? '', '--reason', 'looked at it');
      await until('the file', () => arrived().length === 1);
      await until('the recovery notice', () => told().includes('resolved'));
    } finally {
      await receiver[Symbol.asyncDispose]();
    }
  });

  test('that is killed is no obstacle: commands pass over its mark, and its successor takes over', async () => {
    await makeServed(SETTINGS);
    const server = await serve();
    await until('the delivered run', isDelivered);
    await server.stop('SIGKILL');
    expect(existsSync(project.path('.aquarius/serve.json'))).toBe(true);
    expect((await project.done('deliver')).stdout).toContain('up to date');
    const successor = await serve();
    expect(successor.token).not.toBe(server.token);
    expect(await successor.stop('SIGTERM')).toBe(0);
    expect(arrived()).toHaveLength(1);
  });

  test('is not reachable from other machines without a token that somebody chose', async () => {
    await makeServed(SETTINGS.replace('port: 0', "port: 0, host: '0.0.0.0'"));
    const { code, stderr } = await project.run('serve');
    expect([code, stderr.includes('serve_token_missing')]).toEqual([78, true]);
  });

  test('a worker says what it cannot do without', async () => {
    await makeServed(SETTINGS);
    const { code, stderr } = await project.run('worker');
    expect([code, stderr.includes('worker_control_store')]).toEqual([78, true]);
  });
});
