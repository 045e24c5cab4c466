import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildCaches, startPages } from '../src/serve/web/pages.ts';
import { type ApiServer, startApi, TOKEN } from './support/api-server.ts';

/** The pages as bytes: what is given out, how, and what never is. */

let home: string;
let server: ApiServer;
let gone: AbortController;
let page: string;
let script: string;

const silent = pino({ enabled: false });
const HTML = { accept: 'text/html,application/xhtml+xml' };

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'aquarius-web-'));
  gone = new AbortController();
  const pages = startPages({ caches: buildCaches(home), log: silent, signal: gone.signal, onBuilding: () => {} });
  await pages.ready;
  server = await startApi(() => ({ pages: pages.answer }));
  page = await (await get('/', HTML)).text();
  script = /<script[^>]* src="(\/assets\/[^"]+\.js)"/.exec(page)?.[1] ?? '';
  expect(script).not.toBe('');
});
afterAll(async () => {
  gone.abort();
  await server[Symbol.asyncDispose]();
  rmSync(home, { recursive: true, force: true });
});

function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${server.url}${path}`, { headers: { 'accept-encoding': 'identity', ...headers } });
}

/** A request exactly as it is written: a client would tidy the path up. */
async function raw(path: string): Promise<string> {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAccept: text/html\r\nConnection: close\r\n\r\n`);
  return text(socket);
}

describe('a page', () => {
  test('is given to a browser at every address that is no route, and without a token', async () => {
    for (const path of ['/', '/runs', '/runs/01k9x2?tab=files', '/advertisers/1480/4711', '/welcome', '/index.html']) {
      const answer = await get(path, HTML);
      expect([path, answer.status, answer.headers.get('content-type')]).toEqual([path, 200, 'text/html; charset=utf-8']);
      expect(await answer.text()).toContain('<div id="root">');
    }
  });

  test('is not what the API answers, nor what a program gets', async () => {
    expect((await get('/api/delivery/runs', HTML)).status).toBe(401);
    expect((await get('/api/no-such-thing', HTML)).status).toBe(401);
    expect((await get('/%61pi/no-such-thing', HTML)).status).toBe(401);
    expect((await get('/healthz', HTML)).headers.get('content-type')).toContain('application/json');
    expect((await get('/metrics', HTML)).status).toBe(401);
    expect((await get('/runs', { accept: 'application/json' })).status).toBe(401);
    const answer = await fetch(`${server.url}/runs`, { method: 'POST', headers: HTML });
    expect(answer.status).toBe(401);
  });

  test('may load its own files alone, and has another nonce each time', async () => {
    const answers = [await get('/', HTML), await get('/', HTML)];
    const nonces = answers.map(({ headers }) => /'nonce-([^']+)'/.exec(headers.get('content-security-policy') ?? '')?.[1]);
    expect(nonces[0]).not.toBe(nonces[1]);
    for (const [index, answer] of answers.entries()) {
      const nonce = nonces[index] ?? '';
      expect(Buffer.from(nonce, 'base64')).toHaveLength(16);
      expect(answer.headers.get('content-security-policy')).toBe(
        `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
      );
      const html = await answer.text();
      expect(html).toContain(nonce);
      expect(html).not.toContain('AQUARIUS_NONCE');
      expect(html).not.toMatch(/(?:src|href)="(?!\/)/);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('x-frame-options')).toBe('DENY');
      // A8: nobody else's page may read it.
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  test('has few enough bytes to be there at once', async () => {
    const first = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, path]) => path ?? '');
    const sizes = await Promise.all(
      [...new Set(first)].map(async (path) => (await get(path, { 'accept-encoding': 'gzip' })).headers.get('content-length')),
    );
    expect(sizes.length).toBeGreaterThan(0);
    expect(sizes.reduce((sum, size) => sum + Number(size), 0)).toBeLessThan(350 * 1024);
  });
});

describe('a file of the pages', () => {
  test('is kept for good, and comes packed as the browser takes it', async () => {
    const plain = await get(script);
    const bytes = Buffer.from(await plain.arrayBuffer());
    expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(plain.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(plain.headers.get('vary')).toBe('Accept-Encoding');
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(plain.headers.get('x-content-type-options')).toBe('nosniff');
    for (const [accepts, encoding, unpack] of [
      ['gzip, deflate, br', 'br', brotliDecompressSync],
      ['gzip', 'gzip', gunzipSync],
      ['br;q=0, gzip;q=0.5', 'gzip', gunzipSync],
    ] as const) {
      const packed = await rawBytes(script, accepts);
      expect(packed.encoding).toBe(encoding);
      expect(packed.body.length).toBeLessThan(bytes.length / 2);
      expect(unpack(packed.body).equals(bytes)).toBe(true);
    }
  });

  test('that a browser has is not sent again', async () => {
    const etag = (await get(script)).headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]+"$/);
    const again = await get(script, { 'if-none-match': etag });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  test('is announced without its bytes', async () => {
    const answer = await fetch(`${server.url}${script}`, { method: 'HEAD' });
    expect(answer.status).toBe(200);
    expect(Number(answer.headers.get('content-length'))).toBeGreaterThan(1000);
  });
});

/** The body as it comes over the wire: `fetch` would unpack it. */
async function rawBytes(path: string, accepts: string): Promise<{ readonly encoding: string | null; readonly body: Buffer }> {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAccept-Encoding: ${accepts}\r\nConnection: close\r\n\r\n`);
  const parts: Buffer[] = [];
  for await (const part of socket) parts.push(part);
  const all = Buffer.concat(parts);
  const end = all.indexOf('\r\n\r\n');
  const head = all.subarray(0, end).toString('latin1');
  return { encoding: /^content-encoding: (.*)$/im.exec(head)?.[1] ?? null, body: all.subarray(end + 4) };
}

describe('A6: nothing but the build can be reached', () => {
  const TRICKS = [
    '/assets/../package.json',
    '/assets/..%2f..%2fpackage.json',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/assets/%2e%2e%2f%2e%2e%2fpackage.json',
    '/assets/..%5c..%5cpackage.json',
    '/assets/..\\..\\package.json',
    '/assets/....//....//package.json',
    '/assets/%00package.json',
    '/assets//etc/passwd',
    '/assets/',
    '/assets',
    '//etc/passwd',
    '/etc/passwd',
    '/package.json',
    '/web/src/main.tsx',
    '/src/app.ts',
    '/.git/config',
    '/.env',
    '/%2e%2e/package.json',
    '/%252e%252e/package.json',
    'http://example.com/package.json',
    '/assets/index.html',
    '/index.html.br',
  ];

  test('by dots, backslashes, absolute paths or the names of sources', async () => {
    for (const path of TRICKS) {
      const answer = await raw(path);
      const status = Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
      // Either it is refused, or it is the page, as at any other address.
      if (status === 200) expect([path, answer.includes('<div id="root">')]).toEqual([path, true]);
      else expect([path, [400, 401, 403, 404].includes(status)]).toEqual([path, true]);
      for (const secret of ['"dependencies"', 'root:x:', '[core]', 'createRoot(', 'openApp'])
        expect([path, answer.includes(secret)]).toEqual([path, false]);
    }
  });

  test('nor by the packed twins of its files, which only their own names lead to', async () => {
    expect((await get(script)).status).toBe(200);
    for (const path of [`${script}.br`, `${script}.gz`, script.replace('/assets/', '/assets/./x/')]) {
      expect([path, (await get(path)).status]).toEqual([path, 401]);
    }
  });
});

test('without pages a browser is told no more than a program', async () => {
  await using bare = await startApi();
  const answer = await fetch(`${bare.url}/runs`, { headers: HTML });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([401, 'application/problem+json']);
  expect((await bare.call('GET', '/', undefined, { ...HTML, authorization: `Bearer ${TOKEN}` })).status).toBe(404);
});

test('two that build at once make one build, and leave nothing else behind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'aquarius-build-'));
  try {
    const build = () => promisify(execFile)(process.execPath, ['src/serve/web/build-web.ts', folder]);
    await Promise.all([build(), build()]);
    const [made, ...others] = readdirSync(folder);
    expect(others).toEqual([]);
    expect(made).toMatch(/^web-[0-9a-f]{16}$/);
    expect(readdirSync(join(folder, made ?? ''))).toContain('index.html');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a server that must build first says so to whoever comes meanwhile, and stops building when it ends', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'aquarius-build-'));
  const lines: string[] = [];
  const told: string[] = [];
  const stopped = new AbortController();
  const pages = startPages({
    caches: [folder],
    log: pino({ level: 'error' }, { write: (line: string) => void lines.push(line) }),
    signal: stopped.signal,
    onBuilding: () => {
      told.push('building');
      // As soon as it has begun.
      setImmediate(() => stopped.abort());
    },
  });
  const answer = pages.answer(new Request('http://127.0.0.1/', { headers: HTML }));
  expect([answer?.status, answer?.headers.get('retry-after')]).toEqual([503, '2']);
  expect(await answer?.text()).toContain('are being built');
  expect(pages.answer(new Request('http://127.0.0.1/assets/index.js'))).toBeNull();
  await pages.ready;
  expect([told, lines]).toEqual([['building'], []]);
  rmSync(folder, { recursive: true, force: true });
});

test('a build that fails is said on the page and in the log', async () => {
  const lines: string[] = [];
  const pages = startPages({
    // Nobody can make a folder in a file, whoever they are.
    caches: [resolve('package.json', 'cache')],
    log: pino({ level: 'error' }, { write: (line: string) => void lines.push(line) }),
    signal: new AbortController().signal,
    onBuilding: () => {},
  });
  await pages.ready;
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('could not be built');
  const answer = pages.answer(new Request('http://127.0.0.1/', { headers: HTML }));
  expect(answer?.status).toBe(503);
  expect(await answer?.text()).toContain('could not be built');
});
