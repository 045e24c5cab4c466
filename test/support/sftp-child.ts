import { createReadStream, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { liverampSftp } from '../../src/destinations/liveramp-sftp/liveramp-sftp.ts';
import { stagedFile, stagedSet, testCtx } from './staged-set.ts';

/** Delivers half a file, says `half` once that much is acknowledged, and then waits to be killed. */

const [keyPath = '', source = '', sha256 = '', settings = '{}'] = process.argv.slice(2);
const whole = readFileSync(source);
const half = Math.floor(whole.length / 2);

const file = {
  ...stagedFile('audience.psv', whole),
  sha256,
  open: async () =>
    Readable.from(
      (async function* () {
        yield* createReadStream(source, { end: half - 1 });
        await new Promise(() => setInterval(() => {}, 1000));
      })(),
      { objectMode: false },
    ),
};

let told = false;
await liverampSftp.deliver(
  stagedSet([file]),
  JSON.parse(settings),
  testCtx({
    secrets: { 'file:/key': readFileSync(keyPath, 'utf8') },
    onProgress: (bytes) => {
      if (told || bytes < half / 2) return;
      told = true;
      process.stdout.write('half\n');
    },
  }),
);
