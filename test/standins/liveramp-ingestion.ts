import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { S3Server } from '../support/s3-server.ts';
import { type Examined, examine, type FileRules, isSegment, Refusal } from './liveramp-file-rules.ts';

/**
 * LiveRamp's side of a folder or bucket for tests: sweeps it for files that are new by name and time, examines each as LiveRamp
 * would, and keeps a queue for each audience, which a changed header stops. It reads what is really there and takes nothing away.
 */

export interface Found {
  readonly name: string;
  readonly modified: string;
  readonly content: Buffer;
}

export type Ingested = { readonly name: string } & (
  | ({ readonly status: 'ingested' } & Examined)
  | { readonly status: 'rejected' | 'paused'; readonly reason: string; readonly line: number | null }
  /** In order as far as anybody knows, behind a file that stopped the queue. */
  | { readonly status: 'queued' }
);

export interface LiverampIngestion {
  /** Takes in what is new since the last time. */
  sweep(): Promise<readonly Ingested[]>;
}

export interface IngestionOptions extends Partial<FileRules> {
  /** The audience that a file is for, by its name: by default all before its date. */
  readonly audienceOf?: (name: string) => string;
}

/** What is in a folder of a real server. */
export const inFolder = (path: string) => async (): Promise<readonly Found[]> =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => ({
      name,
      modified: String(statSync(join(path, name), { bigint: true }).mtimeNs),
      content: readFileSync(join(path, name)),
    }));

/** What is behind a prefix of a bucket. */
export const inBucket = (server: S3Server, bucket: string, prefix: string) => async (): Promise<readonly Found[]> => {
  const found: Found[] = [];
  for (const [key, modified] of Object.entries(await server.objects(bucket)))
    if (key.startsWith(prefix))
      found.push({ name: key.slice(prefix.length), modified, content: (await server.read(bucket, key)) ?? Buffer.alloc(0) });
  return found;
};

const DATE = /_\d{4}-\d{2}-\d{2}_.*$/;

export function liverampIngestion(list: () => Promise<readonly Found[]>, options: IngestionOptions = {}): LiverampIngestion {
  const { audienceOf = (name) => name.replace(DATE, ''), maxRows = 500_000_000, maxRowCharacters = 10_000, decrypt } = options;
  const rules: FileRules = { maxRows, maxRowCharacters, ...(decrypt === undefined ? {} : { decrypt }) };
  const taken = new Map<string, string>();
  const registered = new Map<string, readonly string[]>();
  const paused = new Set<string>();

  async function takeIn({ name, content }: Found): Promise<Ingested> {
    const audience = audienceOf(name);
    if (paused.has(audience)) return { name, status: 'queued' };
    try {
      const examined = await examine(name, content, rules);
      const known = registered.get(audience);
      if (!isUnique(examined.header) || (known !== undefined && !isKept(known, examined.header))) {
        paused.add(audience);
        return { name, status: 'paused', reason: isUnique(examined.header) ? 'header' : 'duplicate_header', line: null };
      }
      registered.set(audience, known === undefined ? examined.header : withNew(known, examined.header));
      return { name, status: 'ingested', ...examined };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { name, status: 'rejected', reason: error.reason, line: error.line };
    }
  }

  return {
    async sweep() {
      const results: Ingested[] = [];
      const found = (await list()).toSorted((a, b) => (a.modified < b.modified ? -1 : 1));
      for (const file of found) {
        if (taken.get(file.name) === file.modified) continue;
        taken.set(file.name, file.modified);
        results.push(await takeIn(file));
      }
      return results;
    },
  };
}

const isUnique = (header: readonly string[]): boolean => new Set(header).size === header.length;

/** Keys and identifiers as they were, spelled and placed the same; segments that are there in the order in which they were. */
function isKept(known: readonly string[], now: readonly string[]): boolean {
  const fixed = (header: readonly string[]) => header.flatMap((title, at) => (isSegment(title) ? [] : [`${at} ${title}`]));
  const folded = new Set(known.map((title) => title.toUpperCase()));
  if (fixed(known).join() !== fixed(now).join()) return false;
  const old = now.filter((title) => folded.has(title.toUpperCase()));
  return known.filter((title) => old.includes(title)).join() === old.join();
}

const withNew = (known: readonly string[], now: readonly string[]): readonly string[] => [
  ...known,
  ...now.filter((title) => !known.includes(title)),
];
