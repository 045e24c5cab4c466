import { z } from 'zod';
import type { Problem } from '../errors.ts';
import { IDENTIFIER_TYPES } from '../identity/identifier-type.ts';
import { checkSchema, pathText } from './schema-problems.ts';
import { parseJson, textOf } from './values.ts';

/** One object of DELIVERY_DESTINATIONS: what is sent to one destination, and how. */

const CONTROL_FREE = /^[^\p{Cc}]+$/u;
const label = (longest: number) => z.string().min(1).max(longest).regex(CONTROL_FREE, 'must not hold control characters');
const days = (most: number) => z.int().min(1).max(most);

export const destinationEntry = z.strictObject({
  destination: z.string().min(1).describe('Name of a destination in aquarius.yaml.'),
  enabled: z.boolean().default(true).describe('Whether it is delivered.'),
  audience: z
    .enum(['EXPOSED', 'SITE_VISITORS', 'CONVERTERS', 'STORE_VISITORS', 'EXPOSED_NOT_VISITED'])
    .default('EXPOSED')
    .describe('Who is in the audience; EXPOSED follows the exposure source of the advertiser.'),
  identifiers: z
    .array(z.enum(IDENTIFIER_TYPES))
    .min(1)
    .optional()
    .describe('Identifier types to send; all that the destination takes by default.'),
  acceptUnknownDeviceType: z.boolean().default(false).describe('Whether devices of unknown platform (MAID) may be sent.'),
  refresh: z
    .enum(['full', 'incremental'])
    .default('full')
    .describe('The whole audience each time, or what was added and removed.'),
  mode: z.enum(['merged', 'split']).default('merged').describe('One segment, or one for each insertion order.'),
  segmentId: label(200).optional().describe('Id of the segment at the partner; {agencyId}_{advertiserId} by default.'),
  segmentName: label(200).optional().describe('Name of the segment at the partner.'),
  sources: z.array(label(200)).min(1).optional().describe('Row-level logs to read; AD_IMPRESSION_LOG_V2 by default.'),
  insertionOrderIds: z.array(label(200)).min(1).optional().describe('Only these insertion orders.'),
  lookbackDays: days(365).nullable().optional().describe("Overrides the advertiser's look-back; null never expires."),
  minIds: z.int().min(1).optional().describe('Fewest identifiers to send; never below what the destination and the policy ask.'),
  ttlDays: days(3650).optional().describe('How long the partner keeps a member.'),
  priceCpm: z
    .string()
    .regex(/^\d{1,9}(\.\d{1,6})?$/, 'must be a decimal such as 1.15')
    .optional()
    .describe('Price per thousand impressions, as decimal text.'),
  partnerReference: label(200).optional().describe("The partner's own id of the segment."),
});

export type DestinationEntry = Readonly<z.infer<typeof destinationEntry>>;

/** Fields whose values are ids or money: digits written as a number become text. */
const AS_TEXT = ['destination', 'segmentId', 'segmentName', 'priceCpm', 'partnerReference'] as const;
const LISTS_AS_TEXT = ['identifiers', 'sources', 'insertionOrderIds'] as const;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const digitsAsText = (value: unknown): unknown =>
  typeof value === 'number' || typeof value === 'string' ? textOf(value) : value;
const cased = (value: unknown, upper: boolean): unknown =>
  typeof value === 'string' ? (upper ? value.trim().toUpperCase() : value.trim().toLowerCase()) : value;

/** The object with nulls that mean nothing left out, ids as text, and words in their own letter case; unknown fields stay as they are. */
function normalised(entry: Record<string, unknown>): Record<string, unknown> {
  const fields = Object.entries(entry).filter(([key, value]) => value !== null || key === 'lookbackDays');
  const result: Record<string, unknown> = Object.fromEntries(fields);
  for (const key of AS_TEXT) if (key in result) result[key] = digitsAsText(result[key]);
  for (const key of LISTS_AS_TEXT) {
    const list = result[key];
    if (!Array.isArray(list)) continue;
    const texts = list.map((item) => (key === 'insertionOrderIds' ? digitsAsText(item) : cased(item, true)));
    result[key] = [...new Set(texts)];
  }
  if ('audience' in result) result.audience = cased(result.audience, true);
  for (const key of ['refresh', 'mode']) if (key in result) result[key] = cased(result[key], false);
  return result;
}

/** All entries of DELIVERY_DESTINATIONS that can be read, and every mistake in it. */
export interface DestinationEntries {
  readonly entries: readonly DestinationEntry[];
  readonly problems: readonly Problem[];
  /** The array in canonical form, with only the fields that were given; null when there are problems. */
  readonly canonical: readonly Readonly<Record<string, unknown>>[] | null;
}

const COLUMN = 'DELIVERY_DESTINATIONS';
const FIELD_ORDER = Object.keys(destinationEntry.shape);

/** Reads the column's value: JSON text, or data that was JSON. Blank is an empty array. `defaultSegmentId` stands for an absent `segmentId`. */
export function readDestinations(value: unknown, defaultSegmentId: string): DestinationEntries {
  const data = typeof value === 'string' ? fromText(value) : { data: value ?? [] };
  if ('problem' in data) return { entries: [], problems: [data.problem], canonical: null };
  if (!Array.isArray(data.data)) {
    const hint = isObject(data.data) ? 'Put the object into brackets: [{ … }].' : 'Write [] or [{ "destination": "…" }].';
    return { entries: [], problems: [{ path: COLUMN, message: 'must be a JSON array of objects', hint }], canonical: null };
  }
  const entries: DestinationEntry[] = [];
  const canonical: Record<string, unknown>[] = [];
  const problems: Problem[] = [];
  const taken = new Map<string, number>();
  data.data.forEach((item: unknown, index) => {
    const normal = isObject(item) ? normalised(item) : item;
    const checked = checkSchema(destinationEntry, normal);
    if ('problems' in checked) {
      for (const { keys, path: _path, ...problem } of checked.problems)
        problems.push({ path: COLUMN + pathText([index, ...keys]), ...problem });
      return;
    }
    const { value: entry } = checked;
    const key = JSON.stringify([entry.destination, entry.segmentId ?? defaultSegmentId]);
    const other = taken.get(key);
    if (other !== undefined) {
      problems.push({
        path: `${COLUMN}[${index}]`,
        message: `has the destination and segment of ${COLUMN}[${other}]`,
        hint: 'Give one of them another segmentId.',
      });
    }
    taken.set(key, index);
    entries.push(entry);
    if (isObject(normal))
      canonical.push(Object.fromEntries(FIELD_ORDER.filter((field) => field in normal).map((field) => [field, normal[field]])));
  });
  return { entries, problems, canonical: problems.length === 0 ? canonical : null };
}

function fromText(value: string): { data: unknown } | { problem: Problem } {
  const text = value.trim();
  if (text === '' || /^null$/i.test(text)) return { data: [] };
  try {
    return { data: parseJson(text) ?? [] };
  } catch (error) {
    const position = error instanceof SyntaxError ? /position (\d+)/.exec(error.message)?.[1] : undefined;
    const where = position === undefined ? '' : ` (at character ${Number(position) + 1})`;
    return { problem: { path: COLUMN, message: `is not valid JSON${where}`, hint: 'Write [] or [{ "destination": "…" }].' } };
  }
}
