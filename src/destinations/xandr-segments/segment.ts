import { z } from 'zod';
import { AquariusError, configError, transientError } from '../../errors.ts';
import type { Manifest } from '../../format/manifest.ts';
import type { Ctx } from '../destination.ts';
import { patiently } from '../http/patiently.ts';
import type { Response } from './answer.ts';
import type { Api } from './api.ts';
import type { XandrSettings } from './settings.ts';

const segmentSchema = z.object({
  id: z.coerce.number().int().positive(),
  code: z.string().nullish(),
  state: z.string().nullish(),
  /** UTC, as `2026-11-23 06:00:00`. */
  last_modified: z.string().nullish(),
});

/** A segment at the partner. */
export type Segment = z.infer<typeof segmentSchema>;

/** Longest code and longest name of a segment. Source: Segment Service. */
const MAX_CODE = 50;
const MAX_NAME = 255;

/**
 * The segment of a delivery: the one of its partnerReference (an id or a code), or the one whose code is its segmentId, made when the
 * settings say so. One that is missing or switched off is a `config` error. One that was made or changed a moment ago is `transient`
 * (`xandr_segment_new`): the partner's servers do not all know it yet, and it says itself how old it is, so that waiting outlives us.
 */
export async function segmentOf(
  manifest: Manifest,
  expireMinutes: number,
  settings: XandrSettings,
  api: Api,
  ctx: Ctx,
): Promise<Segment> {
  const reference = manifest.terms?.partnerReference ?? null;
  const wanted = reference ?? manifest.segmentId;
  const byId = reference !== null && /^\d+$/.test(reference);
  if (!byId && wanted.length > MAX_CODE)
    throw configError('xandr_segment_code', `A segment's code has at most ${MAX_CODE} characters, and ${wanted} has more.`, {
      hint: 'Give the delivery a shorter segmentId, or the id of the segment at Xandr as partnerReference.',
    });
  const found = await patiently(ctx.sleep, async () => {
    const known = await find(wanted, byId, settings, api);
    if (known !== undefined || reference !== null || !settings.createSegment) return known;
    return create(manifest, expireMinutes, settings, api);
  });
  if (found === undefined)
    throw configError('xandr_segment_missing', `Xandr has no segment with the ${byId ? 'id' : 'code'} ${wanted} in this seat.`, {
      hint: 'Make it at Xandr, correct partnerReference, or set createSegment: true for this destination.',
    });
  if (found.state === 'inactive')
    throw configError('xandr_segment_inactive', `The segment ${wanted} is switched off at Xandr.`, {
      hint: 'Make it active at Xandr, or name another one as partnerReference.',
    });
  requireSettled(found, settings, ctx);
  return found;
}

async function find(wanted: string, byId: boolean, { memberId }: XandrSettings, api: Api): Promise<Segment | undefined> {
  const query = new URLSearchParams({ member_id: String(memberId), [byId ? 'id' : 'code']: wanted });
  try {
    const answer = await api.once({ method: 'GET', path: `/segment?${query}`, what: 'look up the segment' });
    // Codes are unique without regard to case.
    return segmentsIn(answer).find(({ id, code }) =>
      byId ? String(id) === wanted : code?.toLowerCase() === wanted.toLowerCase(),
    );
  } catch (error) {
    if (error instanceof AquariusError && error.code === 'xandr_not_found') return undefined;
    throw error;
  }
}

async function create(
  { segmentId, segmentName }: Manifest,
  expireMinutes: number,
  { memberId }: XandrSettings,
  api: Api,
): Promise<Segment> {
  const segment = {
    member_id: memberId,
    code: segmentId,
    short_name: segmentName.slice(0, MAX_NAME),
    // Null is the partner's maximum; 0 would keep members for one ad call.
    expire_minutes: expireMinutes === 0 ? null : expireMinutes,
    state: 'active',
  };
  const what = 'make the segment';
  const answer = await api.once({ method: 'POST', path: `/segment?member_id=${memberId}`, json: { segment }, what });
  const [made] = segmentsIn(answer);
  if (made !== undefined) return made;
  throw transientError('xandr_answer', 'Xandr does not say which segment it has made.', { hint: 'It is looked up again.' });
}

/** One is told as `segment`, several as `segments`. What is none is left out. */
function segmentsIn({ segment, segments }: Response): readonly Segment[] {
  const listed = Array.isArray(segments) ? segments : [segment];
  return listed.flatMap((one) => segmentSchema.safeParse(one).data ?? []);
}

function requireSettled({ last_modified: text }: Segment, { segmentWaitMinutes }: XandrSettings, { clock }: Ctx): void {
  const changed = Date.parse(`${text?.replace(' ', 'T')}Z`);
  const waitMs = segmentWaitMinutes * 60_000;
  // A clock that is ahead of ours must not make us wait longer than a new segment would.
  const left = Math.min(waitMs, changed + waitMs - clock.now().getTime());
  if (Number.isNaN(left) || left <= 0) return;
  throw transientError(
    'xandr_segment_new',
    'The segment was made or changed a moment ago, and is not known to all of Xandr yet.',
    {
      hint: `Nothing is wrong: members are sent ${segmentWaitMinutes} minutes after the change, by itself.`,
      retryAfterMs: left,
    },
  );
}
