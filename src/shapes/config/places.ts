import { z } from 'zod';
import { advertiserKey } from './advertiser-config.ts';
import { expectedVersion, idParam, limitParam, offsetParam, reasonParam } from './envelope.ts';

/** Places and their assignment to advertisers. */

/** Places that one call may assign, remove or repair. */
export const MOST_PLACES = 5_000;

const nullableText = (meaning: string) => z.string().nullable().describe(meaning);
const count = (meaning: string) => z.int().min(0).describe(meaning);

/** Apostrophes are passed over in searches, and of nothing else nothing can be found. */
const searchText = z
  .string()
  .trim()
  .max(200)
  .refine((text) => text.replace(/['’‘`´\s]/g, '').length >= 2, 'must have at least 2 characters');
const brandName = z.string().trim().min(1).max(300);
const dmaName = z.string().trim().min(1).max(300);

/** Why a place cannot be assigned. */
export const PLACE_REFUSALS = [
  'NOT_AN_MD5',
  'UNKNOWN',
  'NO_REAL_ID',
  'NO_MD5',
  'SENSITIVE_CATEGORY',
  'NOT_A_GEOFENCE',
  'INACTIVE',
  'ALREADY_ASSIGNED',
] as const;

export type PlaceRefusal = (typeof PLACE_REFUSALS)[number];

export const poiBrandsQuery = z
  .strictObject({
    search: searchText
      .optional()
      .describe('words of the brand, in any order, whatever their case and accents; % and _ are plain characters'),
    dma: searchText.optional().describe('words of the market area; places elsewhere do not count'),
    limit: limitParam(50, 200),
    offset: offsetParam,
  })
  .refine(({ search, dma }) => search !== undefined || dma !== undefined, {
    message: 'search, dma or both must be given',
    path: ['search'],
  });

export const poiBrandRow = z
  .strictObject({
    BRAND: z.string().describe('the brand, as it is written most often'),
    CATEGORY: nullableText('its category; one of them where it has several'),
    DMA_NAME: nullableText('its market area where there is one alone'),
    DMA_NAMES: z.array(z.string()).describe('its market areas'),
    UNIQUE_LOCATIONS: count('places'),
    ZIP_CODES: count('different postal codes'),
    ASSIGNABLE: z.boolean().describe('false when its category is one that is never delivered'),
    REASON: nullableText('why not'),
  })
  .meta({ id: 'PoiBrand', description: 'A brand that has places.' });

export type PoiBrandRow = z.infer<typeof poiBrandRow>;

export const poiSegmentsQuery = z
  .strictObject({
    brand: brandName.describe('the brand, whatever its case and accents'),
    dma: dmaName.optional().describe('only in this market area'),
    agency_id: idParam.optional().describe('the agency for which places are sought; its own come with those of the library'),
    advertiser_id: idParam.optional().describe('the advertiser, whose places are marked as assigned; goes with agency_id'),
    limit: limitParam(100, 500),
    offset: offsetParam,
  })
  .refine(({ agency_id, advertiser_id }) => advertiser_id === undefined || agency_id !== undefined, {
    message: 'goes with agency_id',
    path: ['advertiser_id'],
  });

export const poiSegmentRow = z
  .strictObject({
    SEGMENT_UNIQUE_ID: z.string().describe('the place in SEGMENT_METADATA'),
    SEGMENT_MD5: nullableText('by what it is assigned; null when none is known'),
    SEGMENT_NAME: nullableText('its name'),
    BRAND: nullableText('brand'),
    CATEGORY: nullableText('category'),
    DMA_NAME: nullableText('market area'),
    ZIP_CODE: nullableText('postal code'),
    IS_LIBRARY: z.boolean().describe('it is of the brand library; these come first'),
    ASSIGNABLE: z.boolean().describe('whether it can be assigned'),
    REASON_CODE: z.enum(PLACE_REFUSALS).nullable().describe('why not, for programs'),
    REASON: nullableText('why not, in words'),
  })
  .meta({ id: 'PoiSegment', description: 'A place of a brand.' });

export type PoiSegmentRow = z.infer<typeof poiSegmentRow>;

export const assignedPoisQuery = z.strictObject({
  ...advertiserKey,
  search: searchText.optional().describe('words of the brand, the market area or the postal code, or a whole MD5'),
  limit: limitParam(100, 500),
  offset: offsetParam,
});

export const assignedPoiRow = z
  .strictObject({
    SEGMENT_MD5: z.string().describe('the place'),
    SEGMENT_UNIQUE_ID: nullableText('its id in SEGMENT_METADATA, as the assignment has it'),
    BRAND: nullableText('brand; null when the id is not in SEGMENT_METADATA'),
    CATEGORY: nullableText('category'),
    DMA_NAME: nullableText('market area'),
    ZIP_CODE: nullableText('postal code'),
    IS_KNOWN: z.boolean().describe('false: the id is not in SEGMENT_METADATA, see /api/config/repairable-pois'),
    IS_DENIED: z
      .boolean()
      .describe('its category is one that is never delivered: with it, the advertiser has no audience of store visitors'),
  })
  .meta({ id: 'AssignedPoi', description: 'A place that is assigned to an advertiser.' });

export type AssignedPoiRow = z.infer<typeof assignedPoiRow>;

export const poiSummary = z
  .strictObject({
    total_segments: count('places, each once'),
    unique_brands: count('different brands'),
    unique_dmas: count('different market areas'),
    unique_zips: count('different postal codes'),
    unknown_segments: count('places whose id is not in SEGMENT_METADATA'),
    denied_segments: count('places of a category that is never delivered'),
    brands: z
      .array(z.strictObject({ brand: z.string(), segments: count('places') }))
      .describe('the brands with most places, 50 at most'),
  })
  .meta({ id: 'PoiSummary', description: 'All places of an advertiser in figures, whatever page is shown.' });

export type PoiSummary = z.infer<typeof poiSummary>;

export const assignedPois = z
  .strictObject({
    pois: z.array(assignedPoiRow).describe('the places of this page'),
    total: count('places that the search finds'),
    truncated: z.boolean().describe('there are more than those of this page and the ones before it'),
    poi_summary: poiSummary,
  })
  .meta({ id: 'AssignedPois', description: 'The places of an advertiser.' });

export type AssignedPois = z.infer<typeof assignedPois>;

export const repairablePoisQuery = z
  .strictObject({
    agency_id: idParam.optional().describe('only of this agency'),
    advertiser_id: idParam.optional().describe('only of this advertiser; goes with agency_id'),
    limit: limitParam(100, 500),
    offset: offsetParam,
  })
  .refine(({ agency_id, advertiser_id }) => advertiser_id === undefined || agency_id !== undefined, {
    message: 'goes with agency_id',
    path: ['advertiser_id'],
  });

export const repairablePoiRow = z
  .strictObject({
    AGENCY_ID: nullableText('the agency'),
    ADVERTISER_ID: z.string().describe('the advertiser'),
    SEGMENT_MD5: z.string().describe('the place'),
    SEGMENT_UNIQUE_ID: nullableText('the id that is not in SEGMENT_METADATA'),
    REAL_UNIQUE_ID: nullableText('the one that it would get; null when none is known for the place'),
    BRAND: nullableText('the brand that it would have'),
    REPAIRABLE: z.boolean().describe('whether /api/config/repair-poi can put it right; else it can only be removed'),
  })
  .meta({ id: 'RepairablePoi', description: 'An assignment whose id of the place was made up.' });

export type RepairablePoiRow = z.infer<typeof repairablePoiRow>;

const write = { expected_version: expectedVersion, reason: reasonParam } as const;

const brandChoice = {
  brand: brandName.optional().describe('all places of this brand, found by the server; instead of segment_md5s'),
  dma: dmaName.optional().describe('only those in this market area; goes with brand'),
} as const;

interface Choice {
  readonly segment_md5s?: readonly string[] | undefined;
  readonly brand?: string | undefined;
  readonly dma?: string | undefined;
}

/** Either places or a brand. */
function oneChoice({ value, issues }: z.core.ParsePayload<Choice>): void {
  const refuse = (path: string, message: string) => issues.push({ code: 'custom', input: value, path: [path], message });
  if (value.segment_md5s === undefined && value.brand === undefined)
    refuse('segment_md5s', 'segment_md5s or brand must be given');
  if (value.segment_md5s !== undefined && value.brand !== undefined) refuse('brand', 'excludes segment_md5s');
  if (value.dma !== undefined && value.brand === undefined) refuse('dma', 'goes with brand');
}

export const assignPoiBody = z
  .strictObject({
    ...advertiserKey,
    segment_md5s: z
      .array(z.string().trim().min(1, 'must not be empty').max(200))
      .min(1)
      .max(MOST_PLACES)
      .optional()
      .describe('the places, 32 hexadecimal digits each'),
    ...brandChoice,
    ...write,
  })
  .check(oneChoice)
  .meta({ id: 'AssignPoi', description: 'Which places to assign: by themselves, or all of a brand.' });

const refused = z.strictObject({
  md5: z.string().describe('the place as it was named; its SEGMENT_UNIQUE_ID where it has no MD5'),
  reason: z.enum(PLACE_REFUSALS).describe('why, for programs'),
  message: z.string().describe('why, in words'),
});

export type RefusedPlace = z.infer<typeof refused>;

const outcome = {
  total_segments: count('places that the advertiser has now'),
  config_version: count("version of the advertiser's row since"),
  audit_id: nullableText('the entry of the audit log; null when nothing was changed'),
} as const;

export const assignedPoi = z
  .strictObject({
    inserted: count('places that are assigned since'),
    skipped: count('places that were assigned before'),
    rejected: z.array(refused).describe('places that cannot be assigned'),
    brands: z
      .array(z.strictObject({ brand: z.string(), segments: count('places') }))
      .describe('brands of what was assigned, as read back from the warehouse'),
    ...outcome,
  })
  .meta({ id: 'PoiAssigned', description: 'What was assigned.' });

export type AssignedPoi = z.infer<typeof assignedPoi>;

export const removePoiBody = z
  .strictObject({
    ...advertiserKey,
    // What an assignment was given as its MD5 can be taken away, whatever it is.
    segment_md5s: z.array(z.string().trim().max(200)).min(1).max(MOST_PLACES).optional().describe('the places'),
    ...brandChoice,
    ...write,
  })
  .check(oneChoice)
  .meta({ id: 'RemovePoi', description: 'Which places to take away.' });

export const removedPoi = z
  .strictObject({
    deleted: count('places that were taken away'),
    not_assigned: count('places that were named and not assigned'),
    ...outcome,
  })
  .meta({ id: 'PoiRemoved', description: 'What was taken away.' });

export type RemovedPoi = z.infer<typeof removedPoi>;

export const repairPoiBody = z
  .strictObject({
    ...advertiserKey,
    segment_md5s: z
      .array(z.string().trim().max(200))
      .min(1)
      .max(MOST_PLACES)
      .optional()
      .describe(`the places; by default all of the advertiser that can be repaired, ${MOST_PLACES} at a time`),
    ...write,
  })
  .meta({ id: 'RepairPoi', description: 'Whose made-up ids to replace.' });

export const repairedPoi = z
  .strictObject({
    repaired: count('places that have their real id since'),
    skipped: count('places that had it before'),
    remaining: count('places of the advertiser that still have a made-up id'),
    rejected: z.array(refused).describe('places that cannot be repaired'),
    ...outcome,
  })
  .meta({ id: 'PoiRepaired', description: 'What was repaired.' });

export type RepairedPoi = z.infer<typeof repairedPoi>;
