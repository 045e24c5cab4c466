import { z } from 'zod';
import { bucketFields, bucketRules } from '../../s3/settings.ts';

/** The settings that every adapter has which puts files into a bucket. */
export const s3Fields = {
  ...bucketFields,
  bucket: bucketFields.bucket.describe("Name of the bucket, the partner's or one that the partner reads. It must exist."),
  prefix: bucketFields.prefix.describe('Folder within the bucket into which files go.'),
  acl: z
    .enum(['bucket-owner-full-control'])
    .optional()
    .describe("Gives the bucket's owner full control of each object, where a bucket of another account demands it."),
  acceptVanished: z
    .boolean()
    .default(false)
    .describe('Accept that an object is gone right after it was written, as in drop boxes that are emptied at once.'),
  checkByWriting: z
    .boolean()
    .default(true)
    .describe(
      'Have `aquarius doctor` write and remove a small object. Without it doctor only lists, for places where nothing may be removed.',
    ),
} as const;

/** Settings of a bucket and of uploads into it. */
export type S3DestinationSettings = z.infer<z.ZodObject<typeof s3Fields>>;

/** Rules between those settings; used as `.check(s3Rules)` on the adapter's schema. */
export const s3Rules: (context: z.core.ParsePayload<S3DestinationSettings>) => void = bucketRules;
