import { z } from 'zod';
import type { ImportReport, ReportGroup } from '../../config/legacy/import-report.ts';
import type { ReportLine } from '../../config/legacy/propose.ts';
import { idParam, reasonParam } from './envelope.ts';

/** Importing the earlier system's options. */

export const legacyImportBody = z
  .strictObject({
    agency_id: idParam.optional().describe('only this agency'),
    destinations: z
      .record(z.string().max(20), z.string().max(200))
      .default({})
      .describe('the destination of a type: {"52": "liveramp-us"}; needed only where several go to its partner'),
    enable: z.boolean().default(false).describe('also switches delivery on for the advertisers of whom something is imported'),
    dry_run: z.boolean().describe('whether it only tells what would change, and changes nothing'),
    reason: reasonParam,
  })
  .meta({ id: 'ImportLegacy', description: 'What to import of DELIVERY_OPTION.' });

const count = (meaning: string) => z.int().min(0).describe(meaning);
const textOrNull = (meaning: string) => z.string().nullable().describe(meaning);

const example = z.strictObject({
  agency_id: z.string().describe('the agency; empty where there is none'),
  advertiser_id: z.string().describe('the advertiser; empty where there is none'),
  type: z.string().describe('the partner, or what stands in TYPE_ID'),
  destination: textOrNull('the destination'),
  segment_id: textOrNull('the segment there'),
  window: textOrNull('such as `30 days`; `never expires`'),
  mode: textOrNull('`merged` or `split`'),
  options: count('rows of DELIVERY_OPTION'),
  segments: count('segments of the earlier system'),
  outcome: z.enum(['added', 'present', 'conflict', 'no_place']).describe('what became of them'),
  reason: textOrNull('why, as a stable code'),
  detail: textOrNull('why, in words'),
});

const groups = (meaning: string) =>
  z
    .array(
      z.strictObject({
        reason: z.string().describe('a stable code'),
        options: count('rows of DELIVERY_OPTION'),
        advertisers: count('advertisers that they are of'),
        examples: z.array(example).describe('the first few'),
      }),
    )
    .describe(meaning);

export const legacyImport = z
  .strictObject({
    options: count('rows of DELIVERY_OPTION; the sum of what is imported, of conflicts and of what has no place'),
    imported: count('rows that an entry of DELIVERY_DESTINATIONS stands for, new or there before'),
    advertisers: count('advertisers that these are of'),
    entries_added: count('entries that are new'),
    entries_present: count('entries that were there'),
    created: count('advertisers that got a configuration'),
    updated: count('advertisers whose configuration has changed'),
    types: z
      .array(
        z.strictObject({
          type: z.string().describe('the partner, or what stands in TYPE_ID'),
          destination: textOrNull('where it goes'),
          options: count('rows of DELIVERY_OPTION'),
          imported: count('those that are imported'),
        }),
      )
      .describe('by partner'),
    decided: groups('imported, but not as it was'),
    conflicts: groups('not imported: a person has to decide'),
    no_place: groups('not imported: nothing here stands for it'),
    is_dry_run: z.boolean().describe('nothing was written'),
    audit_ids: z.array(z.string()).describe('entries of the audit log; POST /api/config/undo takes each back'),
  })
  .meta({ id: 'LegacyImported', description: 'What came, or would come, of the import.' });

export type LegacyImport = z.infer<typeof legacyImport>;

/** An import as it is told. */
export interface LegacyImportTold {
  readonly report: ImportReport;
  readonly created: number;
  readonly updated: number;
  readonly auditIds: readonly string[];
}

export function legacyImportShape({ report, created, updated, auditIds }: LegacyImportTold, isDryRun: boolean): LegacyImport {
  const { options, imported, advertisers, entriesAdded, entriesPresent, types, decided, conflicts, noPlace } = report;
  return {
    ...{ options, imported, advertisers, entries_added: entriesAdded, entries_present: entriesPresent, created, updated },
    ...{ types: [...types], decided: decided.map(groupShape), conflicts: conflicts.map(groupShape) },
    ...{ no_place: noPlace.map(groupShape), is_dry_run: isDryRun, audit_ids: [...auditIds] },
  };
}

function groupShape({ reason, options, advertisers, examples }: ReportGroup): LegacyImport['no_place'][number] {
  return { reason, options, advertisers, examples: examples.map(lineShape) };
}

function lineShape({ agencyId, advertiserId, segmentId, ...line }: ReportLine): z.infer<typeof example> {
  return { ...line, agency_id: agencyId, advertiser_id: advertiserId, segment_id: segmentId };
}
