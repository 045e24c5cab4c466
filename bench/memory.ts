import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { renderTable } from '../src/cli/table.ts';
import { deliverOutput } from '../src/shapes/shapes.ts';
import { type SshServer, startSshd } from '../test/support/sshd.ts';
import { AT, benchWarehouse, DATA_FOLDER } from './warehouse.ts';

/**
 * Delivers one audience with the real program and measures how much memory the process holds beyond what DuckDB is allowed.
 *
 *   node bench/memory.ts [--ids 1000000,5000000,10000000] [--to folder,sftp] [--gzip off,on] [--limit 1024] [--threads 2] [--json FILE]
 */

const { values } = parseArgs({
  options: {
    ids: { type: 'string', default: '1000000,5000000,10000000' },
    to: { type: 'string', default: 'folder,sftp' },
    gzip: { type: 'string', default: 'off,on' },
    limit: { type: 'string', default: '1024' },
    threads: { type: 'string', default: '2' },
    json: { type: 'string' },
  },
});
const list = (text: string): string[] => text.split(',');
const limitMiB = Number(values.limit);
/** What a delivery may hold outside DuckDB's limit. */
const BOUND_MB = 400;
const SAMPLE_MS = 20;
const program = resolve(import.meta.dirname, '../bin/aquarius');

interface Measured {
  readonly ids: number;
  readonly to: string;
  readonly gzip: string;
  readonly seconds: number;
  readonly rows: number;
  readonly fileBytes: number;
  readonly peakRssBytes: number;
  readonly outsideBytes: number;
  readonly javaScriptBytes: number;
}

function settings(warehouse: string, home: string, inbox: string, sshd: SshServer): string {
  const sftp = `type: liveramp-sftp
    host: ${sshd.host}
    port: ${sshd.port}
    username: ${sshd.username}
    privateKey: file:${sshd.privateKey}
    hostKeys: ['${sshd.hostKeys.ed25519}']
    folder: ${inbox}`;
  const folder = `type: folder
    path: ${join(home, 'inbox')}`;
  const destinations = list(values.to).flatMap((to) =>
    list(values.gzip).map(
      (gzip) => `  ${to}-${gzip}:
    ${to === 'sftp' ? sftp : folder}
    compression: ${gzip === 'on' ? 'gzip' : 'none'}`,
    ),
  );
  return `warehouse:
  path: ${warehouse}
  memoryLimit: ${limitMiB}MiB
  threads: ${values.threads}
destinations:
${destinations.join('\n')}
`;
}

/** The highest resident size so far, or null once the process has ended. */
function peakOf(pid: number): number | null {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  } catch {
    return null;
  }
}

async function measure(ids: number, to: string, gzip: string, sshd: SshServer): Promise<Measured> {
  const warehouse = await benchWarehouse(ids, [`${to}-${gzip}`]);
  const home = await mkdtemp(join(DATA_FOLDER, 'home-'));
  const inbox = join(sshd.root, 'inbox');
  try {
    for (const folder of [inbox, join(home, 'inbox')]) await mkdir(folder);
    sshd.grant(inbox);
    writeFileSync(join(home, 'aquarius.yaml'), settings(warehouse, home, inbox, sshd));
    const heap = join(home, 'heap');
    const started = performance.now();
    const child = spawn(program, ['--home', home, 'deliver', '--at', AT, '--json'], {
      env: {
        ...process.env,
        HEAP_PROBE: heap,
        NODE_OPTIONS: `--import=${join(import.meta.dirname, 'heap-probe.ts')}`,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    const ended = once(child, 'close') as Promise<[number | null]>;
    let peakRssBytes = 0;
    for (;;) {
      const peak = peakOf(child.pid ?? 0);
      if (peak === null) break;
      peakRssBytes = Math.max(peakRssBytes, peak);
      await sleep(SAMPLE_MS);
    }
    const [code] = await ended;
    const seconds = (performance.now() - started) / 1000;
    if (code !== 0) throw new Error(`aquarius deliver ended with ${code}: ${output}`);
    const [run] = deliverOutput.parse(JSON.parse(output)).runs;
    if (run?.state !== 'delivered' || run.rows !== ids) throw new Error(`${run?.rows} rows instead of ${ids}: ${output}`);
    return {
      ids,
      to,
      gzip,
      seconds,
      rows: run.rows,
      fileBytes: run.files.reduce((sum, { bytes }) => sum + bytes, 0),
      peakRssBytes,
      outsideBytes: peakRssBytes - limitMiB * 2 ** 20,
      javaScriptBytes: existsSync(heap) ? Number(readFileSync(heap, 'utf8')) : Number.NaN,
    };
  } finally {
    await rm(home, { recursive: true, force: true });
    await rm(inbox, { recursive: true, force: true });
  }
}

const megabytes = (bytes: number): number => Math.round(bytes / 1e6);
const results: Measured[] = [];
const sshd = await startSshd();
try {
  for (const ids of list(values.ids).map(Number)) {
    for (const to of list(values.to)) {
      for (const gzip of list(values.gzip)) results.push(await measure(ids, to, gzip, sshd));
    }
  }
} finally {
  await sshd.stop();
}
const table = renderTable(results, [
  { title: 'IDS', value: ({ ids }) => ids },
  { title: 'TO', value: ({ to }) => to },
  { title: 'GZIP', value: ({ gzip }) => gzip },
  { title: 'SECONDS', value: ({ seconds }) => Math.round(seconds) },
  { title: 'FILE MB', value: ({ fileBytes }) => megabytes(fileBytes) },
  { title: 'PEAK RSS MB', value: ({ peakRssBytes }) => megabytes(peakRssBytes) },
  { title: 'OUTSIDE DUCKDB MB', value: ({ outsideBytes }) => megabytes(outsideBytes) },
  { title: 'JAVASCRIPT MB', value: ({ javaScriptBytes }) => megabytes(javaScriptBytes) },
]);
const most = Math.max(...results.map(({ outsideBytes }) => outsideBytes));
const verdict = `${megabytes(most)} MB at most outside DuckDB's ${limitMiB} MiB; ${BOUND_MB} MB are allowed.`;
process.stdout.write(`${table}\n${verdict}\n`);
if (values.json !== undefined)
  writeFileSync(values.json, `${JSON.stringify({ node: process.version, limitMiB, results }, null, 2)}\n`);
if (megabytes(most) > BOUND_MB) process.exitCode = 1;
