import type { Ctx, ReadableSet, Receipt } from '../destination.ts';
import { bodyFormat } from './batches.ts';
import { metaFailure } from './codes.ts';
import { findAudience } from './find-audience.ts';
import { type Graph, openGraph } from './graph.ts';
import { rowsOf, type Session, sendSession, type Upload } from './session.ts';
import type { MetaSettings } from './settings.ts';

/** Sessions that a delivery may begin for one set, and the wait before the second one; it doubles. */
const MAX_SESSIONS = 8;
const FIRST_WAIT_MS = 1_000;

/** How soon the run comes back when even that was in vain: a session that somebody left open ends after about 90 minutes. */
const COME_BACK_MS = 15 * 60_000;

/**
 * For how long a set that is begun anew has the same ids over several deliveries: at least as long as a session stays open, so that one of
 * ours goes on where it was, and not for good, so that a run whose sessions were all broken off gets through in the end.
 */
const ROUND_MS = 2 * 3_600_000;

/** Sends a staged set to Meta. */
export async function deliverToMeta(set: ReadableSet, settings: MetaSettings, ctx: Ctx): Promise<Receipt> {
  ctx.signal.throwIfAborted();
  try {
    const graph = await openGraph(settings, ctx);
    const audienceId = await findAudience(graph, set.manifest, settings, ctx);
    return await send(graph, audienceId, set, settings, ctx);
  } catch (error) {
    throw ctx.signal.aborted ? ctx.signal.reason : error;
  }
}

async function send(graph: Graph, audienceId: string, set: ReadableSet, settings: MetaSettings, ctx: Ctx): Promise<Receipt> {
  const { manifest, files } = set;
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const way = { format: bodyFormat(settings), batchSize: settings.batchSize };
  const uploads: Partial<Record<Session['action'], Upload>> = {};
  const round = Math.floor(ctx.clock.now().getTime() / ROUND_MS) * MAX_SESSIONS;
  let [begun, done, told] = [0, 0, 0];
  const tell = (part: number) => {
    told = Math.max(told, Math.floor(bytes * part));
    ctx.onProgress?.(told);
  };

  for (const step of stepsOf(set, settings)) {
    const rows = rowsOf(step.files);
    for (;;) {
      let taken = 0;
      // What was begun anew once goes on under new ids: a later step must not pass for done when an earlier one is done again.
      const attempt = begun === 0 ? 0 : round + begun;
      const upload = await sendSession(graph, { audienceId, ...step, runId: manifest.runId, attempt }, way, ctx, (more) => {
        taken += more;
        tell((done + taken) / manifest.rows);
      });
      if (upload !== null) {
        uploads[step.action] = upload;
        break;
      }
      begun += 1;
      if (begun === MAX_SESSIONS) throw metaFailure('meta_session', `the audience ${audienceId}`, { retryAfterMs: COME_BACK_MS });
      await ctx.sleep(FIRST_WAIT_MS * 2 ** (begun - 1));
    }
    done += rows;
  }
  tell(1);

  const rejected = Object.values(uploads).reduce((sum, { invalid }) => sum + invalid, 0);
  return {
    accepted: manifest.rows - rejected,
    rejected,
    reasons: rejected === 0 ? {} : { invalid_entry: rejected },
    reference: audienceId,
    files: files.map((file) => ({ name: file.name, remote: audienceId, bytes: file.bytes, outcome: 'sent' })),
    details: {
      graphVersion: settings.graphVersion,
      finishedAt: ctx.clock.now().toISOString(),
      ...Object.fromEntries(Object.entries(uploads).map(([action, { sessionId }]) => [`${action}Session`, sessionId])),
      ...Object.fromEntries(Object.entries(uploads).map(([action, { batches }]) => [`${action}Batches`, batches])),
    },
  };
}

/**
 * The sessions of a set, one after the other. Removals go first: a device that only changed its type is in both. What replaces the whole
 * audience needs none.
 */
function stepsOf({ manifest, files }: ReadableSet, { update }: MetaSettings): readonly Pick<Session, 'action' | 'files'>[] {
  const added = files.filter(({ action }) => action === undefined);
  const removed = files.filter(({ action }) => action !== undefined);
  const isReplace = update === 'replace' && manifest.refresh !== 'incremental' && rowsOf(added) > 0;
  const steps = isReplace
    ? [{ action: 'replace' as const, files: added }]
    : [
        { action: 'remove' as const, files: removed },
        { action: 'add' as const, files: added },
      ];
  return steps.filter((step) => rowsOf(step.files) > 0);
}
