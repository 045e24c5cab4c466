import { z } from 'zod';
import type { CheckCtx, Ctx, ReadableSet, Receipt } from '../destination.ts';
import { checkFolder } from '../local-folder/check.ts';
import { deliverToFolder } from '../local-folder/deliver.ts';
import { s3Fields, s3Rules } from '../s3/settings.ts';
import { type SftpSettings, sftpFields, sftpRules } from '../sftp/settings.ts';
import type { Preset } from './form.ts';
import type { FormProblem } from './form-problems.ts';

/** The ways in which files can get to a partner, behind one face. */

const sftp = z.strictObject({
  type: z.literal('sftp').describe("The partner's SFTP server."),
  ...sftpFields,
  temp: sftpFields.temp.unwrap().optional().describe("As sftp's temp; by default what the preset says, else 'dot-suffix'."),
});

export const viaSchema = z
  .discriminatedUnion('type', [
    sftp,
    z
      .strictObject({ type: z.literal('s3').describe("A bucket, the partner's or one that the partner reads."), ...s3Fields })
      .check(s3Rules),
    z.strictObject({
      type: z.literal('folder').describe('A folder on this machine, or a mounted file system with hard links.'),
      path: z.string().min(1).describe('Folder into which files go; relative to the data directory. It must exist.'),
    }),
  ])
  .describe('How files get there: over SFTP, into an S3 bucket or into a folder.');

export type Via = z.infer<typeof viaSchema>;

/** The settings of an SFTP upload, with what the preset knows of the partner's server. */
function sftpOf(via: Extract<Via, { type: 'sftp' }>, preset: Preset): SftpSettings {
  const { type: _, ...own } = via;
  if (own.temp !== undefined) return { ...own, temp: own.temp };
  const { temp = 'dot-suffix', tempSuffix } = preset.sftp ?? {};
  return { ...own, temp, tempSuffix: own.tempSuffix ?? tempSuffix };
}

/** Rules between the settings of a transport, once the preset is known. */
export function viaProblems(via: Via, preset: Preset): FormProblem[] {
  if (via.type !== 'sftp') return [];
  const issues: z.core.$ZodRawIssue[] = [];
  sftpRules({ value: sftpOf(via, preset), issues });
  return issues.map(({ path = [], message = '' }) => ({ path: ['via', ...path.map(String)], message }));
}

/** Proves that a delivery could be made, leaving nothing behind. */
export async function checkVia(via: Via, preset: Preset, ctx: CheckCtx): Promise<void> {
  // Clients are loaded where they are used: most commands read settings and never connect.
  if (via.type === 'sftp') return (await import('../sftp/check.ts')).checkSftp(sftpOf(via, preset), ctx);
  if (via.type === 's3') return (await import('../s3/check.ts')).checkS3(via, ctx);
  return checkFolder(via.path);
}

/** Delivers the files of a set, several at the same time where the transport can and is let. */
export async function deliverVia(set: ReadableSet, via: Via, preset: Preset, ctx: Ctx): Promise<Receipt> {
  if (via.type === 'sftp') return (await import('../sftp/deliver.ts')).deliverOverSftp(set, sftpOf(via, preset), ctx);
  if (via.type === 's3') return (await import('../s3/deliver.ts')).deliverToS3(set, via, ctx);
  return deliverToFolder(set, via.path, ctx);
}

/** Delivers the files of a set one after the other: each is in place before the next begins. */
export function deliverInOrder(set: ReadableSet, via: Via, preset: Preset, ctx: Ctx): Promise<Receipt> {
  return deliverVia(set, via.type === 'sftp' ? { ...via, connections: 1 } : via, preset, ctx);
}
