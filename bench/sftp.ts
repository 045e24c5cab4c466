import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomFillSync } from 'node:crypto';
import { once } from 'node:events';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { liverampSftp } from '../src/destinations/liveramp-sftp/liveramp-sftp.ts';
import { type SshServer, startSshd } from '../test/support/sshd.ts';
import { stagedFile, stagedSet, testCtx } from '../test/support/staged-set.ts';
import { forkDelayProxy } from './delay-proxy.ts';

/**
 * Uploads the same bytes to the same OpenSSH server with Aquarius, rclone, OpenSSH's sftp and lftp, in turns, and compares the medians.
 * Ours does more in its time: it hashes the source, makes the file durable, compares its end and renames it. What arrived is hashed
 * every time.
 *
 *   node bench/sftp.ts [--megabytes 500] [--runs 5] [--parts 1] [--connections N] [--rtt 0,40,100] [--verify tail] [--only NAME,...] [--json FILE]
 *
 * With `--parts` the bytes are split into files of one size; `--connections` is ours, by default as many as we choose ourselves. `--rtt`
 * puts each of these numbers of milliseconds between client and server. Files are in memory (/dev/shm, if there is one), since the transfer is
 * compared and not the disk; TMPDIR says otherwise. On a disk ours waits until the file is durable; of the others only `sftp -f` does.
 */

const { values } = parseArgs({
  options: {
    megabytes: { type: 'string', default: '500' },
    runs: { type: 'string', default: '5' },
    parts: { type: 'string', default: '1' },
    connections: { type: 'string' },
    rtt: { type: 'string', default: '0' },
    verify: { type: 'string', default: 'tail' },
    only: { type: 'string' },
    json: { type: 'string' },
  },
});
const [runs, parts] = [Number(values.runs), Number(values.parts)];
const roundTrips = values.rtt.split(',').map(Number);
const BLOCK = 1_000_000;
const blocks = Math.round(Number(values.megabytes) / parts);

interface Source {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

async function makeSource(folder: string, name: string): Promise<Source> {
  const path = join(folder, name);
  const hash = createHash('sha256');
  async function* random() {
    for (let n = 0; n < blocks; n++) {
      const block = randomFillSync(Buffer.allocUnsafe(BLOCK));
      hash.update(block);
      yield block;
    }
  }
  await pipeline(random, createWriteStream(path));
  return { name, path, bytes: blocks * BLOCK, sha256: hash.digest('hex') };
}

async function run(program: string, args: readonly string[], input = ''): Promise<void> {
  const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'pipe'] });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${program} failed: ${log}`);
}

interface Bench {
  readonly sshd: SshServer;
  readonly port: number;
  readonly folder: string;
  readonly sources: readonly Source[];
}

async function aquarius({ sshd, port, folder, sources }: Bench): Promise<void> {
  const settings = liverampSftp.settings.parse({
    type: 'liveramp-sftp',
    host: sshd.host,
    port,
    username: sshd.username,
    privateKey: 'file:/key',
    hostKeys: [sshd.hostKeys.ed25519],
    folder,
    verify: values.verify,
    ...(values.connections === undefined ? {} : { connections: Number(values.connections) }),
  });
  const files = sources.map(({ name, path, bytes, sha256 }) => ({
    ...stagedFile(name, Buffer.alloc(0)),
    bytes,
    sha256,
    open: async () => createReadStream(path, { highWaterMark: 1024 * 1024 }),
  }));
  await liverampSftp.deliver(
    stagedSet(files),
    settings,
    testCtx({ secrets: { 'file:/key': readFileSync(sshd.privateKey, 'utf8') } }),
  );
}

const rclone =
  (chunk: string) =>
  async ({ sshd, port, folder, sources }: Bench) => {
    const remote = [
      '--sftp-host',
      sshd.host,
      '--sftp-port',
      String(port),
      '--sftp-user',
      sshd.username,
      '--sftp-key-file',
      sshd.privateKey,
    ];
    const files = sources.flatMap(({ name }) => ['--include', name]);
    const from = join(sources[0]?.path ?? '', '..');
    await run('rclone', [
      'copy',
      from,
      `:sftp:${folder}`,
      ...files,
      ...remote,
      '--sftp-shell-type',
      'none',
      '--sftp-chunk-size',
      chunk,
      '--config',
      '/dev/null',
    ]);
  };

const sftp =
  (...more: string[]) =>
  async ({ sshd, port, folder, sources }: Bench) => {
    const options = [
      '-q',
      '-P',
      String(port),
      '-i',
      sshd.privateKey,
      '-o',
      'StrictHostKeyChecking=no',
      '-o',
      'UserKnownHostsFile=/dev/null',
    ];
    const batch = sources.map(({ path }) => `put ${path} ${folder}/\n`).join('');
    await run('sftp', [...options, ...more, '-b', '-', `${sshd.username}@${sshd.host}`], batch);
  };

const lftp =
  (...set: string[]) =>
  async ({ sshd, port, folder, sources }: Bench) => {
    const program = `ssh -a -x -i ${sshd.privateKey} -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null`;
    const commands = [
      'set cmd:fail-exit yes',
      `set sftp:connect-program "${program}"`,
      ...set,
      `open -u ${sshd.username}, -p ${port} sftp://${sshd.host}`,
      ...sources.map(({ path }) => `put -O ${folder} ${path}`),
    ];
    await run('lftp', ['--norc', '-c', commands.join('; ')]);
  };

/** The only other one that waits for the disk. */
const DURABLE = 'sftp -f -B 261120';

const all: readonly { readonly name: string; readonly upload: (bench: Bench) => Promise<void> }[] = [
  { name: 'aquarius', upload: aquarius },
  { name: 'rclone', upload: rclone('32k') },
  { name: 'rclone 255 KiB', upload: rclone('255k') },
  { name: 'sftp', upload: sftp() },
  { name: 'sftp -B 261120', upload: sftp('-B', '261120') },
  { name: DURABLE, upload: sftp('-f', '-B', '261120') },
  { name: 'lftp', upload: lftp() },
  { name: 'lftp 64 packets', upload: lftp('set sftp:max-packets-in-flight 64') },
];
const only = values.only?.split(',');
const isInstalled = (program: string) => !spawnSync(program, ['--help'], { stdio: 'ignore' }).error;
const clients = all.filter(
  ({ name }) => name === 'aquarius' || ((only === undefined || only.includes(name)) && isInstalled(name.split(' ', 1)[0] ?? '')),
);

async function verified(folder: string, sources: readonly Source[]): Promise<void> {
  const names = readdirSync(folder).sort();
  if (
    names.join() !==
    sources
      .map(({ name }) => name)
      .sort()
      .join()
  )
    throw new Error(`arrived: ${names.join()}`);
  for (const { name, sha256 } of sources) {
    const hash = createHash('sha256');
    for await (const data of createReadStream(join(folder, name))) hash.update(data);
    if (hash.digest('hex') !== sha256) throw new Error(`${name} arrived with other bytes`);
  }
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]];
  return (low + high) / 2;
}

const say = (line: string) => process.stdout.write(`${line}\n`);

interface Result {
  readonly name: string;
  readonly seconds: readonly number[];
  readonly median: number;
}

/** How many times as fast as another ours is: the median, and the least and most of the rounds. */
function compare(ours: Result, other: Result): { readonly name: string; readonly ratio: number; readonly spread: string } {
  const rounds = other.seconds.map((seconds, round) => seconds / (ours.seconds[round] ?? Number.NaN)).sort((a, b) => a - b);
  const spread = `${rounds[0]?.toFixed(2)} to ${rounds.at(-1)?.toFixed(2)}`;
  return { name: other.name, ratio: other.median / ours.median, spread };
}

if (existsSync('/dev/shm')) process.env.TMPDIR ??= '/dev/shm';
const directory = mkdtempSync(join(tmpdir(), 'aquarius-bench-sftp-'));
const sshd = await startSshd();

async function atDistance(rtt: number, sources: readonly Source[]) {
  const proxy = rtt > 0 ? await forkDelayProxy(sshd.port, rtt) : null;
  const seconds = new Map<string, number[]>(clients.map(({ name }) => [name, []]));
  try {
    for (let round = 0; round < runs; round++) {
      for (const { name, upload } of clients) {
        const folder = mkdtempSync(join(sshd.root, 'in-'));
        sshd.grant(folder);
        const started = performance.now();
        await upload({ sshd, port: proxy?.port ?? sshd.port, folder, sources });
        seconds.get(name)?.push((performance.now() - started) / 1000);
        await verified(folder, sources);
        rmSync(folder, { recursive: true });
      }
    }
  } finally {
    await proxy?.[Symbol.asyncDispose]();
  }
  const results = clients.map(({ name }): Result => {
    const own = seconds.get(name) ?? [];
    return { name, seconds: own, median: median(own) };
  });
  const bytes = sources.reduce((sum, source) => sum + source.bytes, 0);
  say(`${bytes / 1e6} MB in ${parts} file(s), ${rtt} ms round trip, ${runs} runs of each in turns, every byte verified`);
  for (const { name, median: middle, seconds: each } of results) {
    const rate = bytes / 1e6 / middle;
    say(
      `${name.padEnd(18)} ${middle.toFixed(2).padStart(7)} s ${rate.toFixed(0).padStart(5)} MB/s   (${each.map((s) => s.toFixed(2)).join(' ')})`,
    );
  }
  const [ours, ...others] = results as [Result, ...Result[]];
  const ratios = others.map((other) => compare(ours, other)).sort((a, b) => a.ratio - b.ratio);
  for (const { name, ratio, spread } of ratios) say(`aquarius is ${ratio.toFixed(2)} x (${spread}) as fast as ${name}`);
  return { rtt, bytes, parts, results, ratios };
}

try {
  const sources = await Promise.all(Array.from({ length: parts }, (_, n) => makeSource(directory, `part-${n}.psv`)));
  const distances: Awaited<ReturnType<typeof atDistance>>[] = [];
  for (const rtt of roundTrips) distances.push(await atDistance(rtt, sources));
  if (values.json !== undefined) {
    const version = (program: string, flag: string) =>
      spawnSync(program, [flag], { encoding: 'utf8' })
        .stdout?.split('\n')
        .find((line) => line !== '') ?? null;
    const versions = { node: process.version, rclone: version('rclone', 'version'), lftp: version('lftp', '--version') };
    writeFileSync(values.json, `${JSON.stringify({ runs, versions, distances }, null, 2)}\n`);
  }
} finally {
  await sshd.stop();
  rmSync(directory, { recursive: true, force: true });
}
