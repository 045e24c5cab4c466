import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { createGzip } from 'node:zlib';
import { pino } from 'pino';
import { renderTable } from '../src/cli/table.ts';
import type { Ctx, ReadableFile } from '../src/destinations/destination.ts';
import { DESTINATIONS } from '../src/destinations/registry.ts';
import type { Manifest } from '../src/format/manifest.ts';
import { systemClock } from '../src/lib/clock.ts';
import { DATA_FOLDER } from './warehouse.ts';

/**
 * How many identifiers a second go to partners with an API, on loopback, to a server in another process that takes everything; and what
 * memory that takes, which must not grow with the identifiers. Each measurement is a process of its own.
 *
 *   node bench/partners.ts [--to ttd,meta] [--ids 1000000,10000000] [--runs 3] [--json FILE]
 */

const PARTNERS = {
  ttd: (url: string) => ({ type: 'ttd-api', mode: 'advertiser', advertiserId: 'adv', token: 'env:TOKEN', url, deletionUrl: url }),
  meta: (url: string) => ({ type: 'meta-custom-audience', adAccountId: '1', accessToken: 'env:TOKEN', baseUrl: url }),
} as const;
type Partner = keyof typeof PARTNERS;

interface Measured {
  readonly partner: Partner;
  readonly ids: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakRssBytes: number;
}

/** The n-th of very many devices. */
const device = (n: number): string => {
  const hex = Math.imul(n, 2_654_435_761) >>> 0;
  return `${hex.toString(16).padStart(8, '0')}-8cf0-41bd-823e-${n.toString(16).padStart(12, '0')}`;
};

/** Made once and kept: members in the layout that is staged for partners with an API. */
async function membersFile(ids: number): Promise<string> {
  await mkdir(DATA_FOLDER, { recursive: true });
  const path = join(DATA_FOLDER, `members-${ids}.csv.gz`);
  if (existsSync(path)) return path;
  async function* lines() {
    yield 'ID_TYPE,ID,LAST_SEEN\n';
    for (let start = 0; start < ids; start += 10_000) {
      let block = '';
      for (let n = start; n < Math.min(start + 10_000, ids); n += 1)
        block += `${n % 3 === 0 ? 'IDFA' : 'GAID'},${device(n)},${1_771_000_000 + (n % 86_400)}\n`;
      yield block;
    }
  }
  await pipeline(Readable.from(lines()), createGzip({ level: 1 }), createWriteStream(`${path}.partial`));
  await rename(`${path}.partial`, path);
  return path;
}

async function startServer(partner: Partner): Promise<{ url: string; stop: () => void }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'support', 'partner-server.ts'), partner], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = await once(child.stdout, 'data');
  return { url: `http://127.0.0.1:${String(port).trim()}`, stop: () => child.kill() };
}

async function measure(partner: Partner, ids: number, path: string, url: string): Promise<Measured> {
  const adapter = DESTINATIONS.find(({ type }) => type === PARTNERS[partner](url).type);
  if (adapter === undefined) throw new Error(`There is no adapter for ${partner}.`);
  const settings = adapter.settings.parse(PARTNERS[partner](url));
  const file: ReadableFile = {
    name: 'members.csv.gz',
    rows: ids,
    bytes: 0,
    sha256: '',
    plainBytes: 0,
    plainSha256: '',
    identifiers: { IDFA: ids },
    open: async () => createReadStream(path, { highWaterMark: 256 * 1024 }),
  };
  const manifest: Manifest = {
    schemaVersion: 1,
    runId: 'bench',
    slot: '2026-W08',
    agencyId: '1480',
    advertiserId: '4711',
    destination: partner,
    segmentId: '1480_4711',
    segmentName: 'Bench',
    layout: 'members',
    window: { from: null, to: '2026-02-16T06:00:00Z' },
    configVersion: 1,
    programVersion: 'bench',
    createdAt: '2026-02-16T06:00:00Z',
    rows: ids,
    counts: { selected: ids, dropped: {}, suppressed: 0, identifiers: { IDFA: ids } },
    terms: { ttlDays: null, priceCpm: null, partnerReference: '1' },
    suppression: '',
    files: [],
  };
  const ctx: Ctx = {
    signal: new AbortController().signal,
    log: pino({ level: 'silent' }),
    clock: systemClock,
    secrets: async () => 'secret',
    sleep: async () => {
      throw new Error('The partner asked to wait.');
    },
    fence: async () => {},
    onRejected: async () => {},
  };
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  const receipt = await adapter.deliver({ manifest, files: [file], isResumed: false }, settings, ctx);
  const seconds = (performance.now() - startedAt) / 1000;
  const used = process.cpuUsage(cpu);
  if (receipt.accepted !== ids) throw new Error(`${partner} took ${receipt.accepted} of ${ids}.`);
  const peakKiB = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return { partner, ids, seconds, cpuSeconds: (used.user + used.system) / 1e6, peakRssBytes: Number(peakKiB) * 1024 };
}

/** Measures in a process of its own. */
async function measureApart(partner: Partner, ids: number): Promise<Measured> {
  const path = await membersFile(ids);
  const server = await startServer(partner);
  try {
    const child = fork(import.meta.filename, ['--one', JSON.stringify([partner, ids, path, server.url])]);
    const ended = once(child, 'exit');
    const [message] = await Promise.race([
      once(child, 'message'),
      ended.then(([code]) => Promise.reject(new Error(`It ended with ${code}.`))),
    ]);
    await ended;
    return message as Measured;
  } finally {
    server.stop();
  }
}

const { values } = parseArgs({
  options: {
    to: { type: 'string', default: 'ttd,meta' },
    ids: { type: 'string', default: '1000000,10000000' },
    runs: { type: 'string', default: '3' },
    json: { type: 'string' },
    one: { type: 'string' },
  },
});

if (values.one === undefined) {
  const results: Measured[] = [];
  for (let run = 0; run < Number(values.runs); run += 1) {
    for (const partner of values.to.split(',') as Partner[])
      for (const ids of values.ids.split(',')) results.push(await measureApart(partner, Number(ids)));
  }
  process.stdout.write(
    `${renderTable(results, [
      { title: 'PARTNER', value: ({ partner }) => partner },
      { title: 'IDS', value: ({ ids }) => String(ids) },
      { title: 'SECONDS', value: ({ seconds }) => seconds.toFixed(2) },
      { title: 'IDS A SECOND', value: ({ ids, seconds }) => String(Math.round(ids / seconds)) },
      { title: 'IDS A CPU SECOND', value: ({ ids, cpuSeconds }) => String(Math.round(ids / cpuSeconds)) },
      { title: 'PEAK RSS MB', value: ({ peakRssBytes }) => String(Math.round(peakRssBytes / 1e6)) },
    ])}\n`,
  );
  if (values.json !== undefined) await writeFile(values.json, JSON.stringify(results, null, 2));
} else {
  const [partner, ids, path, url] = JSON.parse(values.one) as [Partner, number, string, string];
  const measured = await measure(partner, ids, path, url);
  process.send?.(measured, () => process.disconnect());
}
