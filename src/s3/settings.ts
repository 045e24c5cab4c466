import { z } from 'zod';

const secretReference = z
  .string()
  .regex(/^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$/, "must be a reference: 'env:NAME' or 'file:/path'");

// Names between slashes, none starting with a dot, with or without a slash at the end.
const PREFIX = /^([A-Za-z0-9!_*'()=+@,-][A-Za-z0-9!_.*'()=+@,-]*(\/[A-Za-z0-9!_*'()=+@,-][A-Za-z0-9!_.*'()=+@,-]*)*\/?)?$/;

/** The settings of every use of a bucket of Amazon S3 or of a store that speaks its protocol. */
export const bucketFields = {
  bucket: z
    .string()
    .min(3)
    .max(63)
    .regex(
      /^(?!.*\.\.)(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]*[a-z0-9]$/,
      'must be 3 to 63 lower-case letters, digits, dots and hyphens',
    )
    .describe('Name of the bucket. It must exist.'),
  prefix: z
    .string()
    .max(512)
    .regex(PREFIX, 'must be a folder such as aquarius/prod, without a leading slash')
    .default('')
    .describe('Folder within the bucket.'),
  region: z.string().min(1).describe("Region of the bucket, such as us-east-1. R2 takes 'auto'."),
  endpoint: z
    .string()
    .regex(/^https?:\/\/[^\s/@?#]+(\/[^\s?#]*)?$/, 'must be an http or https URL without a user name')
    .optional()
    .describe('URL of the store. Leave it out for Amazon S3.'),
  forcePathStyle: z
    .boolean()
    .default(false)
    .describe('Put the bucket into the path instead of the host name, as MinIO and bucket names with dots need.'),
  sse: z
    .enum(['none', 'AES256', 'aws:kms'])
    .default('none')
    .describe("Encryption that is asked for and verified. 'none' leaves it to the bucket's default."),
  kmsKeyId: z.string().min(1).optional().describe("KMS key id or ARN for 'aws:kms'; without it the account's default key."),
  checksums: z
    .enum(['when-supported', 'when-required'])
    .default('when-supported')
    .describe("CRC32 on every upload, or 'when-required' for stores that refuse it; those get Content-MD5 instead."),
  expectedBucketOwner: z
    .string()
    .regex(/^\d{12}$/, 'must be the 12 digits of an AWS account')
    .optional()
    .describe('Account that must own the bucket; requests to a bucket of another account fail.'),
  accessKeyId: secretReference.optional().describe("Secret reference. Without it the SDK's own chain finds credentials."),
  secretAccessKey: secretReference.optional().describe('Secret reference; goes with accessKeyId.'),
  sessionToken: secretReference.optional().describe('Secret reference; goes with temporary access keys.'),
  partSizeMiB: z
    .int()
    .min(5)
    .max(512)
    .optional()
    .describe('Smallest part of a multipart upload. Default 8; larger where a file needs it to stay below 10,000 parts.'),
  concurrency: z.int().min(1).max(16).default(4).describe('Requests at the same time for one file or list.'),
  timeoutSeconds: z
    .int()
    .min(1)
    .max(3600)
    .default(120)
    .describe('Longest wait for the answer to one request (one part), or for the next bytes of a download.'),
} as const;

export type S3Settings = z.infer<z.ZodObject<typeof bucketFields>>;

/** Rules between those settings; used as `.check(bucketRules)` on the schema that has them. */
export function bucketRules({ value, issues }: z.core.ParsePayload<S3Settings>): void {
  const wrong = (path: keyof S3Settings, message: string) => {
    issues.push({ code: 'custom', input: value[path], path: [path], message, continue: true });
  };
  if ((value.accessKeyId === undefined) !== (value.secretAccessKey === undefined))
    wrong('secretAccessKey', 'accessKeyId and secretAccessKey go together');
  if (value.sessionToken !== undefined && value.accessKeyId === undefined)
    wrong('sessionToken', 'sessionToken needs accessKeyId and secretAccessKey');
  if (value.kmsKeyId !== undefined && value.sse !== 'aws:kms') wrong('kmsKeyId', "kmsKeyId needs sse: 'aws:kms'");
}
