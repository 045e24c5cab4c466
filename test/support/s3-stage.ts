import { openS3Stage, type S3Stage } from '../../src/stage/s3/s3-stage.ts';
import { s3StageSettings } from '../../src/stage/settings.ts';
import type { S3Server } from './s3-server.ts';

/** A stage in a bucket of the test server, with settings as a person would write them. */
export function stageIn(server: S3Server, bucket: string, settings: Readonly<Record<string, unknown>> = {}): S3Stage {
  const parsed = s3StageSettings.parse({
    type: 's3',
    bucket,
    region: 'us-east-1',
    endpoint: server.endpoint,
    forcePathStyle: true,
    accessKeyId: 'env:STAGE_KEY',
    secretAccessKey: 'env:STAGE_SECRET',
    ...settings,
  });
  return openS3Stage(parsed, { secrets: async (reference) => (reference === 'env:STAGE_KEY' ? server.accessKeyId : SECRET) });
}

/** What must never show up in an error. */
export const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
