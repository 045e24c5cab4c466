import type { AdvertiserConfigRow } from '../../../../../src/shapes/config/advertiser-config.ts';
import type { Changes, Param } from '../edit/changes.ts';
import { withoutDefaults } from '../edit/entry-diff.ts';

/** What the editor of a delivery holds before it is saved. */

export type Entry = Readonly<Record<string, unknown>>;

export interface Draft {
  readonly enabled: boolean;
  readonly entries: readonly KeyedEntry[];
  readonly cadence: string;
  /** In days; null never expires. */
  readonly lookbackDays: number | null;
}

/** An entry keeps its place in the page while it is edited, whatever it says. */
export interface KeyedEntry {
  readonly key: string;
  readonly entry: Entry;
}

export const DELIVERY_PARAMS = [
  'delivery_enabled',
  'delivery_destinations',
  'delivery_cadence',
  'delivery_lookback_days',
] as const satisfies readonly Param[];

let made = 0;

export function keyed(entry: Entry): KeyedEntry {
  made += 1;
  return { key: `entry-${made}`, entry };
}

export function draftOf(config: AdvertiserConfigRow): Draft {
  return {
    enabled: config.DELIVERY_ENABLED,
    entries: config.DELIVERY_DESTINATIONS.map(keyed),
    cadence: config.DELIVERY_CADENCE,
    lookbackDays: config.DELIVERY_LOOKBACK_DAYS,
  };
}

/** What of the configuration the draft changes. */
export function changesOf(before: AdvertiserConfigRow, { enabled, entries, cadence, lookbackDays }: Draft): Changes {
  const destinations = entries.map(({ entry }) => withoutDefaults(entry));
  return {
    ...(enabled === before.DELIVERY_ENABLED ? {} : { delivery_enabled: enabled }),
    ...(canonical(destinations) === canonical(before.DELIVERY_DESTINATIONS.map(withoutDefaults))
      ? {}
      : { delivery_destinations: destinations }),
    ...(cadence === before.DELIVERY_CADENCE ? {} : { delivery_cadence: cadence }),
    ...(lookbackDays === before.DELIVERY_LOOKBACK_DAYS ? {} : { delivery_lookback_days: lookbackDays }),
  };
}

/** The draft with what others have saved, where it changes nothing itself. */
export function rebased(now: AdvertiserConfigRow, changes: Changes): Draft {
  const theirs = draftOf(now);
  return {
    enabled: changes.delivery_enabled ?? theirs.enabled,
    entries: changes.delivery_destinations?.map(keyed) ?? theirs.entries,
    cadence: changes.delivery_cadence ?? theirs.cadence,
    lookbackDays: changes.delivery_lookback_days === undefined ? theirs.lookbackDays : changes.delivery_lookback_days,
  };
}

/** The same text for the same entries, whatever the order of their fields. */
function canonical(entries: readonly Entry[]): string {
  return JSON.stringify(entries.map((entry) => Object.entries(entry).sort(([left], [right]) => (left < right ? -1 : 1))));
}
