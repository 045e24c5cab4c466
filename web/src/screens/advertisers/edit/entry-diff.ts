import { wordsOf } from '../../../lib/format.ts';

/** How lists of destinations differ, entry by entry. */

type Entry = Readonly<Record<string, unknown>>;

export interface EntryChange {
  readonly kind: 'added' | 'removed' | 'changed';
  /** The destination and the segment. */
  readonly name: string;
  readonly fields: readonly { readonly field: string; readonly before: string | null; readonly after: string | null }[];
}

/** What an entry says where it says nothing. */
const DEFAULTS: Entry = {
  enabled: true,
  audience: 'EXPOSED',
  acceptUnknownDeviceType: false,
  refresh: 'full',
  mode: 'merged',
};

/** The words for the fields of an entry. */
const LABELS: Readonly<Record<string, string>> = {
  destination: 'Destination',
  enabled: 'Delivered',
  audience: 'Audience',
  identifiers: 'Identifiers',
  acceptUnknownDeviceType: 'Devices of unknown type',
  refresh: 'Refresh',
  mode: 'Segments',
  segmentId: 'Segment id',
  segmentName: 'Segment name',
  sources: 'Sources',
  insertionOrderIds: 'Insertion orders',
  lookbackDays: 'Look-back',
  minIds: 'Fewest identifiers',
  ttlDays: 'Kept for',
  priceCpm: 'Price (CPM)',
  partnerReference: "Partner's reference",
};

export function entryLabel(field: string): string {
  return LABELS[field] ?? wordsOf(field.replaceAll(/([A-Z])/g, ' $1'));
}

/** The entry without what it need not say. */
export function withoutDefaults(entry: Entry): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(entry).filter(
      ([field, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(DEFAULTS[field]),
    ),
  );
}

export function entryChanges(before: readonly Entry[], after: readonly Entry[]): readonly EntryChange[] {
  const was = named(before);
  const is = named(after);
  const keys = [...new Set([...was.keys(), ...is.keys()])];
  return keys.flatMap((key): readonly EntryChange[] => {
    const [old, now] = [was.get(key), is.get(key)];
    const fields = fieldsOf(old ?? {}, now ?? {}, old !== undefined && now !== undefined);
    if (old === undefined) return [{ kind: 'added', name: key, fields }];
    if (now === undefined) return [{ kind: 'removed', name: key, fields: [] }];
    return fields.length === 0 ? [] : [{ kind: 'changed', name: key, fields }];
  });
}

/** By destination and segment, which tell entries apart. */
function named(entries: readonly Entry[]): ReadonlyMap<string, Entry> {
  return new Map(entries.map((entry) => [entryName(entry), entry]));
}

export function entryName({ destination, segmentId }: Entry): string {
  return `${String(destination)}${segmentId === undefined || segmentId === '' ? '' : `, segment ${String(segmentId)}`}`;
}

function fieldsOf(before: Entry, after: Entry, hasBoth: boolean): EntryChange['fields'] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (field) => field !== 'destination' && field !== 'segmentId',
  );
  const told = (entry: Entry, field: string): string | null => {
    const value = field in entry && entry[field] !== undefined ? entry[field] : DEFAULTS[field];
    return value === undefined ? null : field === 'lookbackDays' && value === null ? 'never expires' : entryText(value);
  };
  return fields
    .map((field) => ({ field: entryLabel(field), before: hasBoth ? told(before, field) : null, after: told(after, field) }))
    .filter(({ before: old, after: now }) => old !== now);
}

function entryText(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return Array.isArray(value) ? value.join(', ') : String(value);
}
