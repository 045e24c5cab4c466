import { z } from 'zod';
import { bucketFields, bucketRules } from '../s3/settings.ts';

/** Settings of a stage in a local or mounted folder. */
export const folderStageSettings = z.strictObject({
  type: z.literal('folder').describe('A folder on this machine, or a mounted file system with hard links.'),
  path: z.string().min(1).default('stage').describe('Where the files go; relative to the data directory.'),
});

/** Settings of a stage in Amazon S3 or a store that speaks its protocol. */
export const s3StageSettings = z
  .strictObject({
    type: z.literal('s3').describe('Amazon S3, or a store that speaks its protocol: R2, MinIO, Ceph.'),
    ...bucketFields,
    prefix: bucketFields.prefix.describe(
      'Folder within the bucket under which everything is kept. Nothing else should write there.',
    ),
  })
  .check(bucketRules);

export type S3StageSettings = z.infer<typeof s3StageSettings>;
