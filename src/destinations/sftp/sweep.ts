import { posix } from 'node:path';
import { AquariusError } from '../../errors.ts';
import { DAY_MS } from '../../lib/clock.ts';
import type { SftpSettings } from './settings.ts';
import type { SftpConnection } from './sftp-connection.ts';
import { stem, stemOf, tempFolder } from './temp-path.ts';

/**
 * Removes unfinished files that broken connections left at the partner: any of the files named here, which now are there under their
 * own names, and whatever is older than a day. A partner who lets nothing be listed or removed keeps them; gives how many went.
 */
export async function sweepUnfinished(
  sftp: SftpConnection,
  settings: SftpSettings,
  names: readonly string[],
  now: Date,
): Promise<number> {
  if (settings.temp === 'none') return 0;
  const folder = tempFolder(settings);
  const finished = new Set(names.map((name) => stem(name, settings.temp)));
  const left: string[] = [];
  let swept = 0;
  try {
    for await (const { name, modified } of sftp.list(folder)) {
      const found = stemOf(name, settings);
      if (found === null || (settings.temp === 'dot-suffix' && !found.startsWith('.'))) continue;
      if (finished.has(found) || now.getTime() - modified.getTime() > DAY_MS) left.push(name);
    }
    for (const name of left) {
      await sftp.remove(posix.join(folder, name));
      swept += 1;
    }
  } catch (error) {
    // Everything has been delivered by now; the next delivery sweeps again.
    if (!(error instanceof AquariusError)) throw error;
  }
  return swept;
}
