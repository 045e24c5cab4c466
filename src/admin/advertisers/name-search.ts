import MiniSearch, { type SearchResult } from 'minisearch';
import type { KnownAdvertiser } from './advertiser-book.ts';

/** Finds advertisers by parts of their names and ids, forgiving of typing errors, accents, order and letter case. */

/** How well somebody fits, the best first: an id is a `0`, the whole name a `1`. */
export interface NameHit {
  readonly key: string;
  /** 0 exact id, 1 exact name, 2 beginning of the name, 3 every word is there or begins so, 4 with typing errors. */
  readonly rank: number;
  readonly score: number;
}

export interface NameSearch {
  /** Brings the index up to date; what has stayed the same costs next to nothing. */
  update(advertisers: ReadonlyMap<string, KnownAdvertiser>): Promise<void>;
  /** Everybody who fits, in no order. */
  find(query: string): readonly NameHit[];
}

interface Entry {
  readonly key: string;
  readonly name: string;
  readonly ids: string;
  readonly agency: string;
  /** The words of the name, as a search for the whole of it has them. */
  readonly whole: string;
}

/** Entries that are taken in before others get a turn. */
const AT_ONCE = 2000;

export function makeNameSearch(): NameSearch {
  const index = new MiniSearch<Entry>({
    idField: 'key',
    fields: ['name', 'ids', 'agency'],
    tokenize: wordsOf,
    // The words are folded already.
    processTerm: (term) => term,
    autoVacuum: false,
  });
  const entries = new Map<string, Entry>();
  let indexed: ReadonlyMap<string, KnownAdvertiser> | undefined;
  return {
    async update(advertisers) {
      if (advertisers === indexed) return;
      const fresh: Entry[] = [];
      for (const key of [...entries.keys()].filter((known) => !advertisers.has(known))) {
        index.discard(key);
        entries.delete(key);
      }
      for (const [key, advertiser] of advertisers) {
        const entry = entryOf(key, advertiser);
        const known = entries.get(key);
        if (known !== undefined && isSame(known, entry)) continue;
        if (known !== undefined) index.discard(key);
        entries.set(key, entry);
        fresh.push(entry);
      }
      if (fresh.length > AT_ONCE) await index.addAllAsync(fresh, { chunkSize: AT_ONCE });
      else index.addAll(fresh);
      if (index.dirtFactor > 0.2) await index.vacuum();
      indexed = advertisers;
    },
    find(query) {
      const words = wordsOf(query);
      if (words.length === 0) return [];
      const found = index.search(words.join(' '), {
        combineWith: 'AND',
        prefix: true,
        fuzzy: typingErrors,
        boost: { ids: 3, name: 2 },
      });
      const wanted = words.join(' ');
      const id = query.trim();
      return found.map((result) => {
        const entry = entries.get(String(result.id));
        return {
          key: String(result.id),
          rank: entry === undefined ? 4 : rankOf(entry, { id, wanted, words }, result),
          score: result.score,
        };
      });
    },
  };
}

/** Letters that may be wrong, missing or too many in a word. Numbers are right or another one's. */
function typingErrors(word: string): number | false {
  if (/\p{N}/u.test(word) || word.length < 4) return false;
  return word.length < 6 ? 1 : 2;
}

function entryOf(key: string, { agencyId, advertiserId, agencyName, name, rawName }: KnownAdvertiser): Entry {
  // The raw name has the CRM code.
  const names = [name, rawName === name ? null : rawName].filter((text) => text !== null).join(' ');
  return { key, name: names, ids: `${agencyId} ${advertiserId}`, agency: agencyName ?? '', whole: wordsOf(name ?? '').join(' ') };
}

const isSame = (one: Entry, other: Entry): boolean =>
  one.name === other.name && one.ids === other.ids && one.agency === other.agency;

/** Words in lower case without accents: `Café Peña` is `cafe` and `pena`. */
function wordsOf(text: string): string[] {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/['’]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

function rankOf(
  entry: Entry,
  { id, wanted, words }: { readonly id: string; readonly wanted: string; readonly words: readonly string[] },
  { match }: SearchResult,
): number {
  const [agencyId = '', advertiserId = ''] = entry.ids.split(' ');
  if (id === advertiserId || wanted === `${agencyId} ${advertiserId}`) return 0;
  if (entry.whole === wanted) return 1;
  if (entry.whole.startsWith(wanted)) return 2;
  const found = Object.keys(match);
  return words.every((word) => found.some((term) => term.startsWith(word))) ? 3 : 4;
}
