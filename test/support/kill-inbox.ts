import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as nap } from 'node:timers/promises';

/** The partner's folder, looked at all the time: what was under each final name when it first showed up. */
export interface WatchedInbox {
  /** SHA-256 of each file at the moment at which its name was first seen. */
  readonly firstSeen: ReadonlyMap<string, string>;
  /** Looks that were taken. */
  looks(): number;
  /** SHA-256 of each file as it is now. */
  now(): ReadonlyMap<string, string>;
  /** Names that are not final. */
  unfinished(): readonly string[];
  end(): Promise<void>;
}

const LOOK_MS = 5;

const isFinal = (name: string): boolean => !name.startsWith('.');

export function watchInbox(folder: string): WatchedInbox {
  const firstSeen = new Map<string, string>();
  const hash = (name: string): string =>
    createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex');
  let ended = false;
  let looks = 0;
  const look = (): void => {
    for (const name of readdirSync(folder)) {
      if (isFinal(name) && !firstSeen.has(name)) firstSeen.set(name, hash(name));
    }
    looks += 1;
  };
  const looking = (async () => {
    while (!ended) {
      look();
      await nap(LOOK_MS);
    }
    look();
  })();
  return {
    firstSeen,
    looks: () => looks,
    now: () =>
      new Map(
        readdirSync(folder)
          .filter(isFinal)
          .map((name) => [name, hash(name)]),
      ),
    unfinished: () => readdirSync(folder).filter((name) => !isFinal(name)),
    async end() {
      ended = true;
      await looking;
    },
  };
}
