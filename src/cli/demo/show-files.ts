import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { formatBytes } from '../table.ts';

const LINES = 4;

/** The first lines of each file that a partner received, identifiers shortened: they are personal data, also in a demo. */
export async function showFiles(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.')).sort();
  const shown: string[] = [];
  for (const name of names) {
    const { size } = await stat(join(folder, name));
    shown.push(`  ${name} (${formatBytes(size)})`, ...(await firstLines(join(folder, name))).map((line) => `    ${line}`));
  }
  return shown.join('\n');
}

async function firstLines(path: string): Promise<readonly string[]> {
  const lines: string[] = [];
  const stream = createReadStream(path, { encoding: 'utf8' });
  for await (const line of createInterface({ input: stream })) {
    if (lines.length === LINES) break;
    lines.push(lines.length === 0 ? line : shortened(line));
  }
  stream.destroy();
  return [...lines, '…'];
}

/** `AEBE52E7-03EE-455A-B3C4-E57283966239|IDFA|…` as `AEBE52E7…|IDFA|…`. */
function shortened(line: string): string {
  const [identifier = '', ...rest] = line.split('|');
  return [`${identifier.slice(0, 8)}…`, ...rest].join('|');
}
