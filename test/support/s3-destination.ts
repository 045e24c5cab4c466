import { z } from 'zod';
import {
  audienceFileCapabilities,
  audienceFileFields,
  audienceFileLayout,
  audienceFileRules,
} from '../../src/destinations/audience-file.ts';
import type { Destination } from '../../src/destinations/destination.ts';
import { limitFields } from '../../src/destinations/limits.ts';
import { checkS3 } from '../../src/destinations/s3/check.ts';
import { deliverToS3 } from '../../src/destinations/s3/deliver.ts';
import { s3Fields, s3Rules } from '../../src/destinations/s3/settings.ts';
import type { S3Server } from './s3-server.ts';

/** What must never show up in an error. */
export const S3_SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

/** Settings of a bucket of the test server, as written in aquarius.yaml. */
export const bucketSettings = (server: S3Server, bucket: string) => ({
  bucket,
  region: 'us-east-1',
  endpoint: server.endpoint,
  forcePathStyle: true,
  accessKeyId: 'env:S3_KEY',
  secretAccessKey: 'env:S3_SECRET',
});

export const bucketSecrets = (server: S3Server) => ({ 'env:S3_KEY': server.accessKeyId, 'env:S3_SECRET': S3_SECRET });

const settings = z
  .strictObject({
    type: z.literal('bucket').describe('A bucket and nothing else.'),
    ...s3Fields,
    ...audienceFileFields,
    ...limitFields,
  })
  .check(s3Rules)
  .check(audienceFileRules);

/** The transport alone, as an adapter without rules of its own. */
export const bucketDestination: Destination<z.infer<typeof settings>> = {
  type: 'bucket',
  settings,
  limits: ({ limits }) => limits,
  capabilities: (own) => audienceFileCapabilities(own, ['IDFA', 'GAID']),
  layout: audienceFileLayout,
  check: checkS3,
  deliver: deliverToS3,
};
