import { z } from 'zod';
import { audienceFileRules } from '../audience-file.ts';
import type { Destination } from '../destination.ts';
import { limitFields } from '../limits.ts';
import { checkLiveramp } from '../liveramp/check.ts';
import { deliverToLiveramp } from '../liveramp/deliver.ts';
import { liverampCapabilities, liverampFileLayout } from '../liveramp/files.ts';
import { PRIVACY_ADVICE } from '../liveramp/privacy/deliver-opt-outs.ts';
import { liverampFields, liverampRules } from '../liveramp/settings.ts';
import { s3Fields, s3Rules } from '../s3/settings.ts';

const settings = z
  .strictObject({
    type: z.literal('liveramp-s3').describe('Files in a bucket of S3 from which LiveRamp takes them.'),
    ...s3Fields,
    ...liverampFields,
    ...limitFields,
    bucket: s3Fields.bucket.describe('Name of the bucket that LiveRamp reads. It must exist.'),
    prefix: s3Fields.prefix.describe('Folder within the bucket that LiveRamp takes everything from.'),
    rampIdFolder: s3Fields.prefix
      .unwrap()
      .optional()
      .describe('Folder within the bucket for files of RampIDs, where they go to one of their own; needs profile: activation.'),
  })
  .check(s3Rules)
  .check(audienceFileRules)
  .check(liverampRules);

type Settings = z.infer<typeof settings>;

const at = (own: Settings, place: 'usual' | 'rampIds'): Settings =>
  place === 'rampIds' && own.rampIdFolder !== undefined ? { ...own, prefix: own.rampIdFolder } : own;

/** LiveRamp, by files in a bucket that it reads. */
export const liverampS3: Destination<Settings> = {
  type: 'liveramp-s3',
  settings,
  limits: ({ limits }) => limits,
  capabilities: liverampCapabilities,
  layout: liverampFileLayout,
  // The S3 client is loaded where it is used: most commands read settings and never connect.
  check: (own, ctx) => checkLiveramp(own, ctx, async (place) => (await import('../s3/check.ts')).checkS3(at(own, place), ctx)),
  deliver: (set, own, ctx) =>
    deliverToLiveramp(set, own, ctx, async (part, place, partCtx) =>
      (await import('../s3/deliver.ts')).deliverToS3(part, at(own, place), partCtx),
    ),
  advice: PRIVACY_ADVICE,
};
