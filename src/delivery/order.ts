import type { Settings } from '../config/settings.ts';
import type { DeliveryKey } from '../ledger/delivery-key.ts';
import type { DeliveryState } from '../ledger/delivery-state.ts';
import type { RunFacts } from '../ledger/run.ts';
import type { Candidate } from './candidate.ts';

/** What a run delivers: one segment of one candidate. */
export interface Order {
  readonly candidate: Candidate;
  /** The insertion order of a split audience, '' of a merged one. */
  readonly segment: string;
  readonly segmentId: string;
  readonly segmentName: string;
}

export function deliveryKeyOf({ config, entry }: Candidate, segmentId: string): DeliveryKey {
  return { agencyId: config.agencyId, advertiserId: config.advertiserId, destination: entry.destination, segmentId };
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** How a run comes to be planned. */
export interface Planning {
  readonly at: Date;
  /** When the delivery's last run was planned, ISO 8601; null for a new delivery, which cannot have missed anything. */
  readonly lastPlannedAt: string | null;
  /** Where the look-back ends; null for the time of the cut. */
  readonly asOf: Date | null;
}

/** When each delivery's last run was planned, by its id. */
export function lastPlanned(states: readonly DeliveryState[]): ReadonlyMap<string, string> {
  return new Map(states.flatMap(({ id, lastRun }) => (lastRun === null ? [] : [[id, lastRun.plannedAt] as const])));
}

/** What is known of a run when it is planned. */
export function runFactsOf(
  candidate: Candidate,
  segmentName: string,
  { at, lastPlannedAt, asOf }: Planning,
  defaults: Settings['defaults'],
): RunFacts {
  const { config, entry, destination, spec, lookbackDays, slot } = candidate;
  const { window } = spec.exposures;
  const existed = lastPlannedAt !== null && lastPlannedAt < slot.dueAt.toISOString();
  const late = candidate.past || (existed && at.getTime() - slot.dueAt.getTime() > defaults.lateMinutes * MINUTE_MS);
  // Whoever is late still gets the whole time to be tried in.
  const from = Math.max(slot.dueAt.getTime(), at.getTime());
  return {
    windowFrom: window.from?.toISOString() ?? null,
    windowTo: window.to.toISOString(),
    configVersion: config.configVersion,
    segmentName,
    destinationType: destination.type,
    mode: entry.mode,
    refresh: entry.refresh,
    joinStrategy: config.joinStrategy,
    exposureSource: config.exposureSource,
    lookbackDays,
    identifierTypes: spec.identifiers,
    late,
    dueAt: slot.dueAt.toISOString(),
    deadlineAt: new Date(from + defaults.slotDeadlineHours * HOUR_MS).toISOString(),
    asOf: asOf?.toISOString() ?? null,
  };
}
