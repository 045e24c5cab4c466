import { type Cadence, type CadenceDefaults, currentSlot, nextSlot, type Slot } from '../config/cadence.ts';
import { configError } from '../errors.ts';

/** The most slots that one delivery is made up for at once: a year of days. */
const MOST = 366;

/**
 * The slots of a cadence that were due from `from` to `to`, both included, oldest first; none of the future. More than a year of days
 * is a `config` error `backfill_range`.
 */
export function backfillSlots(cadence: Cadence, from: Date, to: Date, now: Date, defaults: CadenceDefaults): readonly Slot[] {
  const end = to < now ? to : now;
  const slots: Slot[] = [];
  const first = currentSlot(cadence, from, defaults);
  let slot = first.dueAt.getTime() === from.getTime() ? first : nextSlot(cadence, from, defaults);
  while (slot.dueAt <= end) {
    slots.push(slot);
    if (slots.length > MOST)
      throw configError(
        'backfill_range',
        `There are more than ${MOST} slots from ${from.toISOString()} to ${to.toISOString()}.`,
        {
          hint: 'Ask for a shorter time, or for fewer deliveries.',
        },
      );
    slot = nextSlot(cadence, slot.dueAt, defaults);
  }
  return slots;
}

/** Days or instants to make up for, both included. */
export interface BackfillRange {
  readonly from: Date;
  readonly to: Date;
}

/** A slot, and where its look-back ends if that is not the time of the cut. */
export interface WantedSlot {
  readonly slot: Slot;
  readonly asOf: Date | null;
}

/** The slots of a range, each with the look-back that it would have had; the current one is cut as it always is. */
export function slotsToMakeUp(
  cadence: Cadence,
  { from, to }: BackfillRange,
  now: Date,
  defaults: CadenceDefaults,
): readonly WantedSlot[] {
  const current = currentSlot(cadence, now, defaults);
  return backfillSlots(cadence, from, to, now, defaults).map((slot) => ({
    slot,
    asOf: slot.id === current.id ? null : slot.dueAt,
  }));
}
