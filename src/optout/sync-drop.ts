import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { patiently } from '../destinations/http/patiently.ts';
import { configError } from '../errors.ts';
import type { Catalogue } from '../warehouse/catalogue.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { type Answered, answerList, type MatchedStatus } from './drop-answers.ts';
import { type DropApi, download } from './drop-api.ts';
import { addRequests, removeRequests } from './drop-entries.ts';
import { DEVICE_LISTS, type DropList, type DropRow, listsOf, rowsOf } from './drop-lists.ts';
import { heldHashes, keepRows } from './drop-matches.ts';
import { writableList } from './entries.ts';
import { readZip } from './zip.ts';

/**
 * California's DROP: requests to be forgotten, as hashes of device ids. Each becomes an entry of the suppression list, so that the device
 * is never delivered again whether it has been seen or not, and is answered by whether the warehouse has it.
 *
 * DROP gives a list once and then waits for its answers. So the archive is kept until all is answered, and whoever finds one goes on
 * with it: a crash at any moment is made up for by running again.
 */

export interface DropSync {
  readonly session: Session;
  readonly catalogue: Catalogue;
  readonly api: DropApi;
  /** Folder for the archive; it must exist. */
  readonly folder: string;
  /** What is answered of a device that the warehouse has. */
  readonly reportMatchedAs: MatchedStatus;
  /** Fetch, look and tell; put nothing on the list and answer nothing. */
  readonly dryRun: boolean;
  readonly sleep: (ms: number) => Promise<void>;
  readonly answersPerFile?: number;
}

export interface ListReport {
  readonly list: string;
  readonly requests: number;
  /** Entries that came on the suppression list. */
  readonly added: number;
  /** Requests whose device is in the warehouse. */
  readonly matched: number;
  /** `notOurs`: a list that device ids cannot answer, left to the operator. `already`: DROP had the answers. */
  readonly answers: Answered['answers'] | 'notOurs';
}

export interface DropReport {
  readonly outcome: 'nothing' | 'synced' | 'dryRun';
  readonly lists: readonly ListReport[];
  /** Entries taken off the suppression list, since the request was taken back. */
  readonly removed: number;
  /** The archive, where it is still needed. */
  readonly archive: string | null;
}

/** Fetches what DROP has, or goes on with what was fetched. Throws what `download` and `upload` throw, once patience is over. */
export async function syncDrop(sync: DropSync): Promise<DropReport> {
  const { session, catalogue, api, folder, dryRun } = sync;
  const { signal } = api;
  const table = writableList(catalogue);
  if (!table.has('SOURCE')) throw noSource();
  const archive = join(folder, 'pending.zip');
  if (!existsSync(archive) && (await patiently(sync.sleep, () => download(api, archive))) === 'nothing') {
    return { outcome: 'nothing', lists: [], removed: 0, archive: null };
  }
  const { lists, removed: takenBack } = listsOf(await readZip(archive));
  const requests = await keepRows(session, rowsOfAll(lists.filter(isOurs)), signal);
  const gone = await keepRows(session, rowsOfAll(takenBack === null ? [] : [takenBack]), signal);
  const held = await heldHashes(session, catalogue, requests, signal);
  const { removed, added } = await session.transaction(async () => ({
    // First: who is on both has asked again.
    removed: await removeRequests(session, table, gone, dryRun),
    added: await addRequests(session, table, requests, api.clock.now(), dryRun),
  }));
  const reports: ListReport[] = [];
  for (const list of lists) {
    const answered = isOurs(list) ? await answerList({ ...sync, requests, held }, list) : await leave(list);
    reports.push({ list: list.type, added: added.get(list.type) ?? 0, ...answered });
  }
  if (dryRun) return { outcome: 'dryRun', lists: reports, removed, archive };
  const isDone = reports.every(({ answers, requests: count }) => answers !== 'notOurs' || count === 0);
  return { outcome: 'synced', lists: reports, removed, archive: await putAway(archive, isDone ? null : lists) };
}

function isOurs({ type }: DropList): boolean {
  return DEVICE_LISTS.some((list) => list === type);
}

async function* rowsOfAll(lists: readonly DropList[]): AsyncIterable<readonly DropRow[]> {
  for (const list of lists) yield* rowsOf(list);
}

/** A list of e-mail addresses, say: counted, and left alone. */
async function leave(list: DropList): Promise<Pick<ListReport, 'requests' | 'matched' | 'answers'>> {
  let requests = 0;
  for await (const batch of rowsOf(list)) requests += batch.length;
  return { requests, matched: 0, answers: 'notOurs' };
}

/** Removes the archive, or keeps it under the name of its lists for whoever answers the rest: DROP does not give it again. */
async function putAway(archive: string, rest: readonly DropList[] | null): Promise<string | null> {
  const [first] = rest ?? [];
  if (first === undefined) {
    await rm(archive, { force: true });
    return null;
  }
  const kept = join(archive, '..', `${first.file.replace(/_[A-Za-z]+\.csv$/, '')}_DROP.zip`);
  await rename(archive, kept);
  return kept;
}

function noSource(): Error {
  return configError('column_missing', 'The suppression list has no column SOURCE, by which entries of DROP are known again.', {
    hint: 'Add the column, or give its name under tables: in aquarius.yaml.',
  });
}
