import { posix } from 'node:path';
import { AquariusError } from '../../errors.ts';
import { DAY_MS } from '../../lib/clock.ts';
import type { SftpSettings } from './settings.ts';
import type { SftpConnection } from './sftp-connection.ts';
import { stem, stemOf, tempFolder } from './temp-path.ts';

/** What was seen when a connection last swept a folder. */
interface Look {
  readonly at: number;
  /** Files that were left, as somebody may be writing them. */
  readonly left: ReadonlySet<string>;
}

/** By folder and names. Lives as long as its connection, which does not outlive a delivery that failed. */
export type Looks = Map<string, Look>;

/** A folder is not listed again so soon. */
const SEEN_MS = 10_000;

/**
 * Removes unfinished files that broken connections left at the partner: any of the files named here, which now are there under their
 * own names, and whatever is older than a day. A partner who lets nothing be listed or removed keeps them; gives how many went.
 */
export async function sweepUnfinished(
  sftp: SftpConnection,
  settings: SftpSettings,
  names: readonly string[],
  now: Date,
  looks: Looks,
): Promise<number> {
  if (settings.temp === 'none') return 0;
  const folder = tempFolder(settings);
  const key = JSON.stringify([folder, settings.temp, settings.tempSuffix]);
  const finished = new Set(names.map((name) => stem(name, settings.temp)));
  if (isSeen(looks.get(key), finished, now)) return 0;
  const old: string[] = [];
  const left = new Set<string>();
  let swept = 0;
  try {
    for await (const { name, modified } of sftp.list(folder)) {
      const found = stemOf(name, settings);
      if (found === null || (settings.temp === 'dot-suffix' && !found.startsWith('.'))) continue;
      if (finished.has(found) || now.getTime() - modified.getTime() > DAY_MS) old.push(name);
      else left.add(found);
    }
    for (const name of old) {
      await sftp.remove(posix.join(folder, name));
      swept += 1;
    }
    looks.set(key, { at: now.getTime(), left });
  } catch (error) {
    // Everything has been delivered by now; the next delivery sweeps again.
    if (!(error instanceof AquariusError)) throw error;
  }
  return swept;
}

function isSeen(look: Look | undefined, finished: ReadonlySet<string>, now: Date): boolean {
  if (look === undefined || [...finished].some((name) => look.left.has(name))) return false;
  const age = now.getTime() - look.at;
  return age >= 0 && age < SEEN_MS;
}
