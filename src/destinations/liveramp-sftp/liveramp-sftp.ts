import { z } from 'zod';
import { audienceFileRules } from '../audience-file.ts';
import type { Destination } from '../destination.ts';
import { limitFields } from '../limits.ts';
import { checkLiveramp } from '../liveramp/check.ts';
import { deliverToLiveramp } from '../liveramp/deliver.ts';
import { liverampCapabilities, liverampFileLayout } from '../liveramp/files.ts';
import { PRIVACY_ADVICE } from '../liveramp/privacy/deliver-opt-outs.ts';
import { liverampFields, liverampRules } from '../liveramp/settings.ts';
import { sftpFields, sftpRules } from '../sftp/settings.ts';

const settings = z
  .strictObject({
    type: z.literal('liveramp-sftp').describe("LiveRamp's file upload over SFTP."),
    ...sftpFields,
    ...liverampFields,
    ...limitFields,
    host: sftpFields.host.default('files.liveramp.com'),
    folder: sftpFields.folder.describe('Folder at LiveRamp, such as /uploads/acme. LiveRamp makes it; it must exist.'),
    rampIdFolder: sftpFields.folder
      .optional()
      .describe('Folder at LiveRamp for files of RampIDs, where they go to one of their own; needs profile: activation.'),
  })
  .check(sftpRules)
  .check(audienceFileRules)
  .check(liverampRules);

type Settings = z.infer<typeof settings>;

const at = (own: Settings, place: 'usual' | 'rampIds'): Settings =>
  place === 'rampIds' && own.rampIdFolder !== undefined ? { ...own, folder: own.rampIdFolder } : own;

/** LiveRamp, by files over SFTP. */
export const liverampSftp: Destination<Settings> = {
  type: 'liveramp-sftp',
  settings,
  limits: ({ limits }) => limits,
  capabilities: liverampCapabilities,
  layout: liverampFileLayout,
  // The SSH client is loaded where it is used: most commands read settings and never connect.
  check: (own, ctx) =>
    checkLiveramp(own, ctx, async (place) => (await import('../sftp/check.ts')).checkSftp(at(own, place), ctx)),
  deliver: (set, own, ctx) =>
    deliverToLiveramp(set, own, ctx, async (part, place, partCtx) =>
      (await import('../sftp/deliver.ts')).deliverOverSftp(part, at(own, place), partCtx),
    ),
  advice: PRIVACY_ADVICE,
};
