import type { ManifestFile } from '../format/manifest.ts';
import { errorKindColumn, refusalKindColumn } from './error-kind-column.ts';
import type { Run } from './run.ts';

/** A row of SEGMENT_DELIVERY_DETAILS, one for each file of a run: text, integers, JSON as text, times as ISO 8601 UTC. */
export type DeliveryDetails = ReturnType<typeof detailsRow>;

/** Skips that are not for readiness, which the warehouse's copy tells apart. */
const SKIP_STATUS = new Map([
  ['empty', 'EMPTY'],
  ['below_minimum', 'SKIPPED'],
  ['already_delivered', 'SKIPPED'],
  ['superseded', 'SKIPPED'],
  ['cancelled', 'SKIPPED'],
  ['rejected', 'SKIPPED'],
]);

/** The run's state in the words of the warehouse's copy. */
function status(run: Run): string {
  switch (run.state) {
    case 'planned':
      return 'PLANNED';
    case 'extracting':
      return 'RUNNING';
    case 'staged':
      return 'STAGED';
    case 'delivering':
      return 'SENDING';
    case 'delivered':
      return run.confirmedAt === null ? 'DELIVERED' : 'CONFIRMED';
    case 'partial':
      return 'PARTIAL';
    case 'failed':
      return 'FAILED';
    case 'skipped':
      return SKIP_STATUS.get(reasonCode(run)) ?? 'REFUSED';
  }
}

function reasonCode(run: Run): string {
  return run.reason?.split(':', 1)[0] ?? '';
}

function rejections(run: Run): Record<string, number> {
  const reasons: Record<string, number> = { ...run.dropped };
  if (run.suppressed !== null && run.suppressed > 0) reasons.SUPPRESSED = run.suppressed;
  return reasons;
}

/** What went wrong, in the words of the warehouse's copy. */
function trouble(run: Run): { kind: string | null; message: string | null } {
  if (run.error) return { kind: errorKindColumn(run.error), message: run.error.message };
  if (run.state === 'partial') {
    const message = run.receipt && `The partner took ${run.receipt.accepted} rows and rejected ${run.receipt.rejected}.`;
    return { kind: 'PARTIAL', message };
  }
  if (run.state === 'skipped')
    return { kind: status(run) === 'REFUSED' ? refusalKindColumn(run.reason ?? '') : null, message: run.reason };
  return { kind: null, message: null };
}

/**
 * One row. Counts of a file are its own; what belongs to the whole run (added, removed, rejected) stands in part 1 alone, so that
 * sums over the table are right.
 */
function detailsRow(run: Run, file: ManifestFile | null, part: { readonly no: number; readonly count: number }) {
  const first = part.no === 1;
  const rejected = rejections(run);
  const { kind, message } = trouble(run);
  return {
    DELIVERY_ID: run.id,
    PART_NO: part.no,
    PART_COUNT: part.count,
    RUN_ID: run.id,
    SLOT: run.slot,
    AGENCY_ID: run.delivery.agencyId,
    ADVERTISER_ID: run.delivery.advertiserId,
    SEGMENT_ID: run.delivery.segmentId,
    SEGMENT_NAME: run.segmentName,
    DESTINATION_NAME: run.delivery.destination,
    DESTINATION_TYPE: run.destinationType,
    DELIVERY_MODE: run.refresh,
    PUSH_MODE: run.mode,
    JOIN_STRATEGY: run.joinStrategy,
    EXPOSURE_SOURCE: run.exposureSource,
    LOOKBACK_DAYS: run.lookbackDays,
    LOOKBACK_EFFECTIVE_DAYS: run.lookbackEffectiveDays,
    IDENTIFIER_TYPES: run.identifierTypes.join(','),
    IDENTIFIER_COUNTS: JSON.stringify(file?.identifiers ?? run.identifiers ?? {}),
    ROWS_TOTAL: file?.rows ?? run.written,
    ROWS_ADDED: first ? run.rowsAdded : null,
    ROWS_REMOVED: first ? run.rowsRemoved : null,
    ROWS_REJECTED: first && run.selected !== null ? Object.values(rejected).reduce((sum, count) => sum + count, 0) : null,
    REJECT_REASONS: JSON.stringify(first ? rejected : {}),
    FILE_NAME: file?.name ?? null,
    STORAGE_KEY: file && run.stagePrefix !== null ? `${run.stagePrefix.replace(/\/$/, '')}/${file.name}` : null,
    FILE_BYTES: file?.bytes ?? null,
    FILE_SHA256: file?.sha256 ?? null,
    STATUS: status(run),
    ERROR_KIND: kind,
    ERROR_MESSAGE: message,
    PARTNER_REFERENCE: run.receipt?.reference ?? null,
    ATTEMPTS: run.attempts,
    PLANNED_AT: run.plannedAt,
    STARTED_AT: run.startedAt,
    STAGED_AT: run.stagedAt,
    SENT_AT: run.sentAt,
    FINISHED_AT: run.finishedAt,
    CONFIG_VERSION: run.configVersion,
    PROGRAM_VERSION: run.programVersion,
  } as const satisfies Record<string, string | number | null>;
}

/** The run's rows: one for each staged file, or one when there is none. */
export function detailsOf(run: Run): readonly DeliveryDetails[] {
  const files = run.manifest?.files ?? [];
  if (files.length === 0) return [detailsRow(run, null, { no: 1, count: 1 })];
  return files.map((file, index) => detailsRow(run, file, { no: index + 1, count: files.length }));
}
