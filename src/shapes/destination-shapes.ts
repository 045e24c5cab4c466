import { z } from 'zod';
import { IDENTIFIER_TYPES } from '../identity/identifier-type.ts';
import { destinationState } from './api-shapes.ts';

/** What the commands under `destinations` answer. Fields are added, never renamed or taken away. */

const days = z.int().min(1).nullable();

export const destinationsOutput = z.strictObject({
  destinations: z.array(
    z.strictObject({
      ...destinationState.shape,
      identifiers: z.array(z.enum(IDENTIFIER_TYPES)).describe('identifier types that it takes'),
      refresh: z.array(z.enum(['full', 'incremental'])).describe('whole audiences, or what was added and removed'),
      minRows: z.int().min(0).describe('rows that a delivery needs at least'),
      ttlDays: days.describe('days that it keeps a member that is not sent again; null for good'),
      maxTtlDays: days.describe('the longest that a delivery may ask for; null when it cannot ask'),
      taxonomy: z.boolean().describe('segments and prices are kept there apart from members: it can be planned and applied'),
    }),
  ),
});

export const destinationCheckOutput = z.strictObject({
  destination: z.string(),
  type: z.string().describe('the adapter'),
  ok: z.literal(true).describe('a delivery could be made; what keeps it from that is a failure'),
});

const difference = z.strictObject({
  segmentId: z.string().describe("the segment; for one that nobody wants, the partner's own id"),
  kind: z
    .enum(['create', 'rename', 'price', 'not_wanted'])
    .describe('`create`, `rename` or `price` it; `not_wanted`: no delivery has it, and it is left alone'),
  from: z.string().nullable().describe('what the partner has'),
  to: z.string().nullable().describe('what it should have'),
});
const differences = z.array(difference);
const notes = z.array(z.string()).describe('what the plan could not know');

export const taxonomyPlanOutput = z.strictObject({
  destination: z.string(),
  segments: z.int().min(0).describe('segments that the configuration wants there'),
  counts: z.record(difference.shape.kind, z.int().min(0)).describe('differences by kind'),
  differences: differences.describe('by segment'),
  notes,
});

export const taxonomyApplyOutput = z.strictObject({
  destination: z.string(),
  applied: differences.describe('changes that were made'),
  left: differences.describe('prices without --prices, and what nobody wants'),
  notes,
});

export type DestinationsOutput = z.infer<typeof destinationsOutput>;
export type TaxonomyPlanOutput = z.infer<typeof taxonomyPlanOutput>;
export type TaxonomyApplyOutput = z.infer<typeof taxonomyApplyOutput>;
