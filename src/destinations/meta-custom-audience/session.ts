import { createHash } from 'node:crypto';
import type { Ctx, ReadableFile } from '../destination.ts';
import { patiently } from '../http/patiently.ts';
import { type Batch, type BodyFormat, batchesOf } from './batches.ts';
import type { JsonObject, Verdict } from './classify.ts';
import { metaFailure } from './codes.ts';
import type { Graph } from './graph.ts';

/** One of Meta's upload sessions: members that are added to an audience, taken away, or put in the place of all others. */
export interface Session {
  readonly audienceId: string;
  readonly action: 'add' | 'remove' | 'replace';
  readonly files: readonly ReadableFile[];
  /** Tells one staged set from another. */
  readonly runId: string;
  /** Tells an upload of the set that was begun anew from the first one, 0. */
  readonly attempt: number;
}

/** What a session has come to. */
export interface Upload {
  readonly sessionId: string;
  readonly batches: number;
  /** Members that Meta could not read. */
  readonly invalid: number;
}

const CALLS = {
  add: { method: 'POST', edge: 'users' },
  remove: { method: 'DELETE', edge: 'users' },
  replace: { method: 'POST', edge: 'usersreplace' },
} as const;

export const rowsOf = (files: readonly ReadableFile[]): number => files.reduce((sum, { rows }) => sum + rows, 0);

/**
 * The id of a session, a positive 64-bit integer in digits. The same set has the same one however often it is delivered, so that Meta
 * knows the batches that it has; a set with other bytes, or said in another way, has another one.
 */
export function sessionIdOf({ audienceId, action, files, runId, attempt }: Session, head: string, batchSize: number): string {
  const said = JSON.stringify([audienceId, action, runId, files.map(({ sha256 }) => sha256), head, batchSize, attempt]);
  const number = createHash('sha256').update(said).digest().readBigUInt64BE() >> 1n;
  return String(number === 0n ? 1n : number);
}

/**
 * Sends a session's batches, one after the other as Meta numbers them. Null when Meta has broken the session off: all of it must then be
 * sent under a new id. A body that is too large is sent in halves, under the number that it would have had: Meta has not seen it. The
 * batches after it stay that small.
 */
export async function sendSession(
  graph: Graph,
  session: Session,
  { format, batchSize }: { readonly format: BodyFormat; readonly batchSize: number },
  ctx: Ctx,
  onTaken: (rows: number) => void,
): Promise<Upload | null> {
  const sessionId = sessionIdOf(session, format.head, batchSize);
  const total = rowsOf(session.files);
  let [limit, batches, sent, invalid] = [batchSize, 0, 0, 0];
  for await (const whole of batchesOf(session.files, batchSize, format, ctx.signal)) {
    for (let at = 0; at < whole.values.length; ) {
      const batch = whole.values.length <= limit ? whole : format.batch(whole.values.slice(at, at + limit));
      const rows = batch.values.length;
      const place = { sessionId, sequence: batches + 1, isLast: sent + rows === total, total };
      const verdict = await sendBatch(graph, session, format.body(batch, place), batch, ctx);
      if (verdict.kind === 'session_broken') return null;
      if (verdict.kind === 'too_large' && rows > 1) {
        limit = Math.ceil(rows / 2);
        continue;
      }
      if (verdict.kind !== 'ok') throw verdict.error;
      batches += 1;
      at += rows;
      sent += rows;
      invalid += invalidIn(verdict.body, rows);
      onTaken(rows);
    }
  }
  return { sessionId, batches, invalid };
}

/** The same bytes each time: Meta knows a batch by its session and its number. */
function sendBatch(graph: Graph, { audienceId, action }: Session, body: string, { values }: Batch, ctx: Ctx): Promise<Verdict> {
  const { method, edge } = CALLS[action];
  return patiently(ctx.sleep, async () => {
    await ctx.fence();
    const verdict = await graph.write(method, `${audienceId}/${edge}`, body, `the audience ${audienceId}`);
    if (verdict.kind === 'failed') throw verdict.error;
    if (verdict.kind === 'ok') proveTaken(verdict.body, values.length, audienceId);
    return verdict;
  });
}

/**
 * Whether what Meta has received includes what it could not read, and whether it counts the batch or the session, is told nowhere; it
 * is never less than this.
 */
function proveTaken(body: JsonObject, rows: number, audienceId: string): void {
  const received = countOf(body.num_received);
  const code = received === null || countOf(body.num_invalid_entries) === null ? 'meta_failure' : 'meta_short';
  if (received !== null && code === 'meta_short' && received >= rows - invalidIn(body, rows)) return;
  throw metaFailure(code, `the audience ${audienceId}`);
}

const invalidIn = (body: JsonObject, rows: number): number => Math.min(countOf(body.num_invalid_entries) ?? 0, rows);

/** A count as Meta writes it: a number, or digits. */
export function countOf(value: unknown): number | null {
  const count = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : null;
}
