import { type CadenceDefaults, currentSlot, parseCadence } from '../../config/cadence.ts';
import { AquariusError } from '../../errors.ts';
import type { AgencyHealth } from '../../shapes/config/health.ts';
import type { DeliveryOverview } from '../../shapes/delivery-shape.ts';

type Deliveries = NonNullable<AgencyHealth['DELIVERIES']>;

/** How the deliveries of one agency are doing. What was delivered once and is configured no more does not count. */
export function deliveryHealth(deliveries: readonly DeliveryOverview[], now: Date, defaults: CadenceDefaults): Deliveries {
  const kept = deliveries.filter(({ reason }) => reason !== 'not_configured');
  const on = kept.filter(({ state }) => state === 'on');
  return {
    ON: on.length,
    LATE: on.filter((delivery) => isLate(delivery, now, defaults)).length,
    FAILED: on.filter(({ lastRun }) => lastRun?.state === 'failed').length,
    BLOCKED: kept.filter(({ state }) => state === 'blocked').length,
  };
}

/** Whether more than one slot has come and gone since something became of it. One that never ran is not late: it may be new. */
export function isLate(
  { cadence: text, lastDeliveredAt, lastRun }: Pick<DeliveryOverview, 'cadence' | 'lastDeliveredAt' | 'lastRun'>,
  now: Date,
  defaults: CadenceDefaults,
): boolean {
  const ended = lastRun !== null && ENDED.has(lastRun.state) ? lastRun.plannedAt : null;
  const newest =
    [lastDeliveredAt, ended]
      .flatMap((time) => time ?? [])
      .toSorted()
      .at(-1) ?? lastRun?.plannedAt;
  const previous = text === null ? null : previousSlot(text, now, defaults);
  return newest !== undefined && previous !== null && newest < previous.toISOString();
}

/** Runs that were looked after, whatever became of them; a failure is told by itself. */
const ENDED: ReadonlySet<string> = new Set(['delivered', 'partial', 'skipped', 'failed']);

function previousSlot(text: string, now: Date, defaults: CadenceDefaults): Date | null {
  try {
    const cadence = parseCadence(text);
    const current = currentSlot(cadence, now, defaults);
    return currentSlot(cadence, new Date(current.dueAt.getTime() - 1), defaults).dueAt;
  } catch (error) {
    if (error instanceof AquariusError) return null;
    throw error;
  }
}
