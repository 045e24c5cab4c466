import type { AdvertiserConfig } from '../advertiser-config.ts';
import { checkAgainstSettings } from '../check-against-settings.ts';
import { type ConfigField, type ConfigKey, fieldOf } from '../config-fields.ts';
import { DEFAULTS } from '../defaults.ts';
import { type DestinationEntry, readDestinations } from '../destination-entry.ts';
import type { Settings } from '../settings.ts';
import type { ChosenDestinations } from './choose-destinations.ts';
import { deliveryTypeOf } from './delivery-type.ts';
import { type OptionGroup, type OptionSettings, type ReadableGroup, windowText } from './option-group.ts';

/**
 * What an advertiser's options of the earlier system become in its configuration. Entries are added and never changed, so that what
 * people have set stays, and importing again changes nothing.
 */

export type Outcome =
  /** An entry is made of them. */
  | 'added'
  /** An entry that is there already says the same. */
  | 'present'
  /** Something else is said of the same thing: a person has to decide. */
  | 'conflict'
  /** Nothing here stands for them. */
  | 'no_place';

/** What has become of one group. */
export interface ReportLine extends ConfigKey {
  /** The partner, or what stands in TYPE_ID when that is unknown. */
  readonly type: string;
  readonly destination: string | null;
  /** At the partner. */
  readonly segmentId: string | null;
  /** `30 days`, `never expires`; null where it cannot be read. */
  readonly window: string | null;
  readonly mode: string | null;
  readonly options: number;
  readonly segments: number;
  readonly outcome: Outcome;
  /** A stable code; null for what is added as it was. */
  readonly reason: string | null;
  readonly detail: string | null;
}

export interface Proposal {
  readonly lines: readonly ReportLine[];
  /** New values of the advertiser's row; none when everything is there. */
  readonly changes: ReadonlyMap<ConfigField, unknown>;
}

export interface ProposalRequest {
  readonly key: ConfigKey;
  /** Null for an advertiser without a row. */
  readonly before: AdvertiserConfig | null;
  /** Whether any table names the advertiser. */
  readonly isKnown: boolean;
  readonly groups: readonly OptionGroup[];
  readonly destinations: ChosenDestinations;
  readonly settings: Settings;
  /** Whether delivery is switched on for advertisers of whom something was imported. */
  readonly enable: boolean;
}

type Entry = Readonly<Record<string, unknown>>;

export function propose(request: ProposalRequest): Proposal {
  const { key, before, groups } = request;
  const own = before?.destinations ?? [];
  const places = groups.map((group) => placeOf(request, group));
  const placed = places.flatMap((place) => ('group' in place ? [place.group] : []));
  // Whoever has entries keeps the look-back that they follow.
  const lookbackDays = own.length === 0 && placed.length > 0 ? commonWindow(placed) : lookbackOf(before);
  const entries: DestinationEntry[] = [...own];
  const added: Entry[] = [];
  const lines = places.map((place): ReportLine => {
    if (!('group' in place)) return place;
    const { line, entry } = settle(request, place, { entries, lookbackDays });
    if (entry !== null) {
      added.push(entry.written);
      entries.push(entry.read);
    }
    return line;
  });
  const changes = new Map<ConfigField, unknown>();
  if (added.length > 0) {
    const { canonical } = readDestinations(before?.row.DELIVERY_DESTINATIONS, `${key.agencyId}_${key.advertiserId}`);
    changes.set(fieldOf('DELIVERY_DESTINATIONS'), [...(canonical ?? []), ...added]);
    if (own.length === 0) changes.set(fieldOf('DELIVERY_LOOKBACK_DAYS'), lookbackDays);
  }
  const isImported = lines.some(({ outcome }) => outcome === 'added' || outcome === 'present');
  if (request.enable && isImported) changes.set(fieldOf('DELIVERY_ENABLED'), true);
  return { lines, changes };
}

const lookbackOf = (before: AdvertiserConfig | null): number | null =>
  before === null ? DEFAULTS.lookbackDays : before.lookbackDays;

/** The look-back of most options, the shortest of those that are equal. */
function commonWindow(groups: readonly ReadableGroup[]): number | null {
  const counts = new Map<number | null, number>();
  for (const { settings, options } of groups) counts.set(settings.windowDays, (counts.get(settings.windowDays) ?? 0) + options);
  const length = (days: number | null): number => days ?? Number.POSITIVE_INFINITY;
  const [first] = [...counts].sort(([one, ones], [other, others]) => others - ones || length(one) - length(other));
  if (first === undefined) throw new Error('no group has a window');
  return first[0];
}

/** A group with the destination that it goes to. */
interface Placed {
  readonly group: ReadableGroup;
  readonly destination: string;
}

/** Where a group goes, or the line that says why it goes nowhere. */
function placeOf({ key, before, isKnown, destinations }: ProposalRequest, group: OptionGroup): Placed | ReportLine {
  const { options, segments } = group;
  const nowhere = {
    ...{ agencyId: key.agencyId, advertiserId: key.advertiserId, destination: null, segmentId: null, window: null, mode: null },
    ...{ options, segments, outcome: 'no_place' as const },
  };
  if (group.kind === 'unreadable') return { ...nowhere, type: group.typeText ?? '', reason: group.reason, detail: group.detail };
  const type = deliveryTypeOf(group.type).name;
  if (group.kind === 'contradictory')
    return { ...nowhere, type, outcome: 'conflict', reason: 'settings_differ', detail: group.detail };
  const settings = { window: windowText(group.settings.windowDays), mode: group.settings.mode };
  if (!isKnown) return { ...nowhere, type, ...settings, reason: 'advertiser_unknown', detail: null };
  const chosen = destinations.get(group.type);
  if (chosen === undefined) throw new Error(`no destination was chosen for ${type}`);
  if ('reason' in chosen) return { ...nowhere, type, ...settings, reason: chosen.reason, detail: chosen.detail };
  if (before !== null && before.problems.length > 0) {
    const detail = before.problems.map(({ path, message }) => `${path} ${message}`).join('; ');
    return { ...nowhere, type, ...settings, destination: chosen.name, reason: 'config_invalid', detail };
  }
  return { group, destination: chosen.name };
}

interface Settled {
  readonly line: ReportLine;
  /** To be added: as it is written, and as it is read. */
  readonly entry: { readonly written: Entry; readonly read: DestinationEntry } | null;
}

function settle(
  { key, settings }: ProposalRequest,
  { group, destination }: Placed,
  own: { readonly entries: readonly DestinationEntry[]; readonly lookbackDays: number | null },
): Settled {
  const { agencyId, advertiserId } = key;
  const base = `${agencyId}_${advertiserId}`;
  const { windowDays, mode } = group.settings;
  const segmentId = group.segmentId ?? segmentName(base, group.settings);
  const told = (outcome: Outcome, reason: string | null, detail: string | null, id = segmentId): ReportLine => ({
    ...{ agencyId, advertiserId, type: deliveryTypeOf(group.type).name, destination, segmentId: id },
    ...{ window: windowText(windowDays), mode, options: group.options, segments: group.segments, outcome, reason, detail },
  });
  const idOf = (entry: DestinationEntry): string => entry.segmentId ?? base;
  const there = own.entries.filter((entry) => entry.destination === destination);
  const sameId = there.find((entry) => idOf(entry) === segmentId);
  const isAlike = (entry: DestinationEntry): boolean => isSame(entry, group.settings, own.lookbackDays);
  if (sameId !== undefined) {
    if (isAlike(sameId)) return { line: told('present', null, null), entry: null };
    return { line: told('conflict', 'configured_otherwise', `segment ${segmentId} is there with other settings`), entry: null };
  }
  const alike = there.find(isAlike);
  if (alike !== undefined) {
    const detail = `the same audience goes there as segment ${idOf(alike)}`;
    return { line: told('present', 'other_segment', detail, idOf(alike)), entry: null };
  }
  const written: Entry = {
    ...{ destination, mode, segmentId },
    ...(group.aliasName === null ? {} : { segmentName: group.aliasName }),
    ...(windowDays === own.lookbackDays ? {} : { lookbackDays: windowDays }),
    // Of a split audience each segment has its own at the partner, and an entry has one place for it.
    ...(group.partnerReference === null || mode === 'split' ? {} : { partnerReference: group.partnerReference }),
  };
  const { entries, problems: mistakes } = readDestinations([written], base);
  const problems = [...mistakes, ...checkAgainstSettings({ destinations: entries }, settings)];
  const [read] = entries;
  if (problems.length > 0 || read === undefined)
    return {
      line: told('no_place', 'entry_refused', problems.map(({ path, message }) => `${path} ${message}`).join('; ')),
      entry: null,
    };
  const isOneSegment = group.segmentId !== null || group.segments === 0;
  const detail = isOneSegment
    ? null
    : `${group.segments === 1 ? 'its id is shared' : `${group.segments} segments`}; now ${segmentId}`;
  return { line: told('added', isOneSegment ? null : 'segments_joined', detail), entry: { written, read } };
}

/** Whether an entry sends what the options ask for. */
function isSame(entry: DestinationEntry, { windowDays, mode }: OptionSettings, lookbackDays: number | null): boolean {
  const days = entry.lookbackDays === undefined ? lookbackDays : entry.lookbackDays;
  return days === windowDays && entry.mode === mode && entry.audience === 'EXPOSED' && entry.insertionOrderIds === undefined;
}

/** The segment of several, by what tells it from the advertiser's others at the same destination: `1480_4711_30D`. */
function segmentName(base: string, { windowDays, mode }: OptionSettings): string {
  return `${base}_${windowDays === null ? 'NEVER' : `${windowDays}D`}${mode === 'split' ? '_SPLIT' : ''}`;
}
