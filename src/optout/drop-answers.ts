import { patiently } from '../destinations/http/patiently.ts';
import { type Sql, sql } from '../lib/sql.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { type DropApi, upload } from './drop-api.ts';
import type { DropList } from './drop-lists.ts';

/** Answers to the requests of a list: `Id,Status`, under the list's own file name. */

/** What can be said of a device that is in the warehouse, and of one that is not. */
const STATUS = { exempt: 2, deleted: 3, optedOut: 4, notFound: 5 } as const;
export type MatchedStatus = Exclude<keyof typeof STATUS, 'notFound'>;

export interface Answering {
  readonly session: Session;
  readonly api: DropApi;
  /** Work tables of requests `(list, id, hash)` and of those hashes `(list, hash)` that are in the warehouse. */
  readonly requests: Sql;
  readonly held: Sql;
  readonly reportMatchedAs: MatchedStatus;
  readonly dryRun: boolean;
  readonly sleep: (ms: number) => Promise<void>;
  /** Answers in one file; by default 200,000, some megabytes. */
  readonly answersPerFile?: number;
}

export interface Answered {
  readonly requests: number;
  readonly matched: number;
  readonly answers: 'sent' | 'already' | 'none' | 'dryRun';
}

const ANSWERS_PER_FILE = 200_000;

/** Answers every request of a list. Repeated, it sends the same files under the same names, which DROP knows it has. */
export async function answerList(answering: Answering, { type, file }: DropList): Promise<Answered> {
  const { session, api, requests, held, reportMatchedAs, dryRun, answersPerFile = ANSWERS_PER_FILE } = answering;
  const options = { signal: api.signal };
  const rows = sql`SELECT r.id, CASE WHEN h.hash IS NULL THEN ${STATUS.notFound} ELSE ${STATUS[reportMatchedAs]} END AS status
    FROM ${requests} r LEFT JOIN ${held} h ON h.list = r.list AND h.hash = r.hash WHERE r.list = ${type}`;
  const [counts] = await session.all(
    sql`SELECT COUNT(*) AS request_count, SUM(CASE WHEN status <> ${STATUS.notFound} THEN 1 ELSE 0 END) AS matched_count FROM (${rows})`,
    options,
  );
  const [total, matched] = [Number(counts?.request_count ?? 0), Number(counts?.matched_count ?? 0)];
  if (total === 0 || dryRun) return { requests: total, matched, answers: total === 0 ? 'none' : 'dryRun' };
  const outcomes = new Set<'accepted' | 'already'>();
  let lines: string[] = [];
  let part = 0;
  const send = async (): Promise<void> => {
    part += 1;
    const name = total <= answersPerFile ? file : file.replace(/\.csv$/, `_part${part}.csv`);
    const csv = `Id,Status\n${lines.join('\n')}\n`;
    outcomes.add(await patiently(answering.sleep, () => upload(api, name, csv)));
    lines = [];
  };
  for await (const batch of session.query(sql`${rows} ORDER BY r.id`, options)) {
    for (const { id, status } of batch) {
      lines.push(`${id},${status}`);
      if (lines.length === answersPerFile) await send();
    }
  }
  if (lines.length > 0) await send();
  return { requests: total, matched, answers: outcomes.has('accepted') ? 'sent' : 'already' };
}
