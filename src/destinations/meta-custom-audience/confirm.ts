import { AquariusError } from '../../errors.ts';
import type { CheckCtx, Confirmation, Receipt } from '../destination.ts';
import { patiently } from '../http/patiently.ts';
import { isObject, type JsonObject } from './classify.ts';
import { MEANINGS, OTHER_ADVICE } from './codes.ts';
import { objectsIn } from './find-audience.ts';
import { type Graph, openGraph } from './graph.ts';
import { countOf } from './session.ts';
import type { MetaSettings } from './settings.ts';

const FIELDS = 'id,approximate_count_lower_bound,approximate_count_upper_bound,delivery_status,operation_status';

/** Meta's words for an audience's states. */
const READY = 200;
const TOO_SMALL = 300;
const FLAGGED = 471;

const HOUR_MS = 3_600_000;

/** Codes of failures that are the audience's own, and hence an answer. */
const LOST: readonly string[] = ['meta_object_missing', 'meta_audience_gone', 'meta_audience_blocked'];

/** Asks Meta what became of a delivery: the audience's state, and that of the sessions. */
export async function confirmAtMeta(receipt: Receipt, settings: MetaSettings, ctx: CheckCtx): Promise<Confirmation> {
  const graph = await openGraph(settings, ctx);
  const audienceId = receipt.reference;
  let audience: JsonObject;
  try {
    audience = await patiently(ctx.sleep, () => graph.get(audienceId, { fields: FIELDS }, `the audience ${audienceId}`));
  } catch (error) {
    if (!(error instanceof AquariusError) || !LOST.includes(error.code)) throw error;
    return { state: 'doubtful', code: error.code, message: error.message, hint: error.hint ?? '', counts: {} };
  }
  const sessions = await sessionsOf(graph, receipt, ctx);
  const counts = { ...countsOf(audience, BOUNDS), ...summed(sessions) };
  const [operation, delivery] = [statusOf(audience.operation_status), statusOf(audience.delivery_status)];
  const doubtful = (code: string, message: string, hint: string): Confirmation => ({
    state: 'doubtful',
    code,
    message: `${message}: the audience ${audienceId}.`,
    hint,
    counts,
  });
  if (operation === FLAGGED) {
    const { says, hint } = MEANINGS.meta_audience_blocked;
    return doubtful('meta_audience_blocked', `Meta ${says}`, hint);
  }
  const isTaken = sessions.every(isFinished);
  if (isTaken && delivery === READY) return { state: 'confirmed', counts };
  if (ageMs(receipt, ctx) < settings.stuckHours * HOUR_MS) return { state: 'pending' };
  if (!isTaken) return doubtful('meta_session_stuck', 'Meta has not finished the upload', OTHER_ADVICE.meta_session_stuck);
  if (delivery === TOO_SMALL) return doubtful('meta_too_small', 'Meta calls it too small', OTHER_ADVICE.meta_too_small);
  const states = `operation_status ${operation ?? 'unknown'}, delivery_status ${delivery ?? 'unknown'}`;
  return doubtful('meta_not_ready', `Meta does not call it ready (${states})`, OTHER_ADVICE.meta_not_ready);
}

/** The sessions of a delivery that Meta still knows. */
async function sessionsOf(graph: Graph, { reference, details }: Receipt, ctx: CheckCtx): Promise<readonly JsonObject[]> {
  const found: JsonObject[] = [];
  for (const action of ['remove', 'add', 'replace']) {
    const id = details[`${action}Session`];
    if (typeof id !== 'string') continue;
    const { data } = await patiently(ctx.sleep, () =>
      graph.get(`${reference}/sessions`, { session_id: id }, `the sessions of the audience ${reference}`),
    );
    // Asked for one, Meta gives one; its id is not compared, since as a number it would have lost its last digits.
    found.push(...objectsIn(data).slice(0, 1));
  }
  return found;
}

/** Meta has no list of its stages; a session that is at work has an end of 0 and less than 100 percent. */
function isFinished({ end_time: end, progress }: JsonObject): boolean {
  return (countOf(end) ?? 0) > 0 || Number(progress) >= 100;
}

const BOUNDS = ['approximate_count_lower_bound', 'approximate_count_upper_bound'] as const;
const SESSION_COUNTS = ['num_received', 'num_matched', 'num_invalid_entries'] as const;

/** Counts that Meta gives; -1 is its word for unknown. */
function countsOf(told: JsonObject, names: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const count = countOf(told[name]);
      return count === null ? [] : [[name, count]];
    }),
  );
}

function summed(sessions: readonly JsonObject[]): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const session of sessions)
    for (const [name, count] of Object.entries(countsOf(session, SESSION_COUNTS))) sums[name] = (sums[name] ?? 0) + count;
  return sums;
}

const statusOf = (status: unknown): number | null => (isObject(status) ? countOf(status.code) : null);

function ageMs({ details }: Receipt, { clock }: CheckCtx): number {
  const finished = Date.parse(String(details.finishedAt));
  return Number.isNaN(finished) ? Number.POSITIVE_INFINITY : clock.now().getTime() - finished;
}
