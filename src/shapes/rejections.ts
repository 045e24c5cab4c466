import { z } from 'zod';
import type { Run } from '../ledger/run.ts';

const rejection = z.strictObject({
  reason: z.string().describe('the partner’s own code'),
  rows: z.int().min(0),
  advice: z.string().nullable().describe('what a person can do about it'),
});

/** Rows that a partner refused for one reason. No identifier is among what is kept of them. */
export type Rejection = Readonly<z.infer<typeof rejection>>;

/** Why a partner refused rows of a run. */
export const rejectionsOutput = z.strictObject({
  runId: z.string(),
  accepted: z.int().min(0).describe('rows that the partner took'),
  rejected: z.int().min(0).describe('rows that it refused'),
  rejections: z.array(rejection).describe('the most frequent first'),
});

export function rejectionsShape({ id, receipt }: Run, rejections: readonly Rejection[]): z.infer<typeof rejectionsOutput> {
  return {
    runId: id,
    accepted: receipt?.accepted ?? 0,
    rejected: receipt?.rejected ?? 0,
    rejections: rejections.map((rejection) => ({ ...rejection })),
  };
}

/** A file for spreadsheets: CSV as RFC 4180 has it. */
export function rejectionsCsv(rejections: readonly Rejection[]): string {
  const lines = rejections.map(({ reason, rows, advice }) => [reason, String(rows), advice ?? ''].map(quoted).join(','));
  return `${['REASON,ROWS,ADVICE', ...lines].join('\r\n')}\r\n`;
}

/** What begins like a formula would be computed by a spreadsheet. */
function quoted(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
