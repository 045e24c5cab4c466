import type { AdvertiserConfig } from '../../config/advertiser-config.ts';
import { nextSlot, parseCadence, type Slot } from '../../config/cadence.ts';
import type { Settings } from '../../config/settings.ts';
import type { Candidate } from '../../delivery/candidate.ts';
import { estimateBytes } from '../../delivery/estimate-bytes.ts';
import type { Secrets } from '../../destinations/destination.ts';
import type { DeliveryPreview, PreviewRequest } from '../../shapes/config/delivery.ts';
import type { AdminContext } from '../context.ts';
import { type ExaminedEntry, type ExaminedSegment, examine } from './examine.ts';
import { knownAdvertiser } from './known-advertiser.ts';
import { adviceFor } from './rule-advice.ts';
import { unsavedConfig } from './unsaved-config.ts';

type Segment = DeliveryPreview['segments'][number];

/** How many of the coming slots are told. */
const SLOTS = 5;

/** What would be delivered with values that are not saved. Writes nothing. */
export async function previewDelivery(
  admin: AdminContext,
  secrets: Secrets,
  { agencyId, advertiserId, config: values }: PreviewRequest,
): Promise<DeliveryPreview> {
  const at = admin.clock.now();
  const known = await knownAdvertiser(admin, { agencyId, advertiserId });
  const { config, changed } = unsavedConfig(admin, known, values);
  const agency = known.agency.map((other) => (other.advertiserId === advertiserId ? config : other));
  const examined = await examine({ ...admin, secrets, at }, { config, agency, isCounted: true });
  return {
    at: at.toISOString(),
    agencyId,
    advertiserId,
    cadence: config.cadence,
    nextSlots: comingSlots(config, at, admin.settings).map(({ id, dueAt }) => ({ slot: id, dueAt: dueAt.toISOString() })),
    changedFields: [...changed],
    segments: examined.flatMap(({ candidate, segments }) =>
      candidate === null ? [] : (segments ?? []).map((segment) => segmentOf(candidate, segment)),
    ),
    notCounted: examined.filter(({ segments }) => segments === null || segments.length === 0).map(notCounted),
  };
}

function comingSlots({ cadence: text, problems }: AdvertiserConfig, at: Date, { defaults }: Settings): readonly Slot[] {
  if (problems.some(({ path }) => path === 'DELIVERY_CADENCE')) return [];
  const cadence = parseCadence(text);
  const slots: Slot[] = [];
  while (slots.length < SLOTS) slots.push(nextSlot(cadence, slots.at(-1)?.dueAt ?? at, defaults.cadence));
  return slots;
}

function segmentOf(candidate: Candidate, segment: ExaminedSegment): Segment {
  const { segmentId, segmentName, counts, blocker, isBelowMinimum, state, held } = segment;
  const { from, to } = candidate.spec.exposures.window;
  return {
    destination: candidate.destination.name,
    segmentId,
    segmentName,
    wouldGo: blocker === null,
    reason: blocker?.reason ?? null,
    detail: blocker?.detail ?? null,
    window: { from: from?.toISOString() ?? null, to: to.toISOString() },
    selected: counts.selected,
    dropped: counts.dropped,
    suppressed: counts.suppressed,
    identifiers: counts.identifiers,
    rows: counts.written,
    estimatedBytes: estimateBytes({ counts, segmentId }),
    needed: candidate.floor,
    belowMinimum: isBelowMinimum,
    held: held === null ? null : { ...held },
    last: lastOf(counts.written, state),
  };
}

function lastOf(now: number, state: ExaminedSegment['state']): Segment['last'] {
  if (state === null || state.lastDeliveredAt === null || state.lastWritten === null) return null;
  const change = now - state.lastWritten;
  return {
    deliveredAt: state.lastDeliveredAt,
    rows: state.lastWritten,
    change,
    changePercent: state.lastWritten === 0 ? null : Math.round((change / state.lastWritten) * 1000) / 10,
  };
}

function notCounted({ entry, audienceId, rules, blocker, obstacle }: ExaminedEntry): DeliveryPreview['notCounted'][number] {
  const { reason, detail } = obstacle ?? blocker ?? { reason: 'not_checked', detail: '' };
  const found = rules.find(({ rule }) => rule === obstacle?.rule);
  return {
    destination: entry?.destination ?? null,
    audienceId,
    reason,
    detail,
    advice: found === undefined ? null : adviceFor(found),
  };
}
