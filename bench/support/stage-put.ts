import { stat } from 'node:fs/promises';
import { withResource } from '../../src/lib/with-resource.ts';
import { openS3Stage } from '../../src/stage/s3/s3-stage.ts';
import { s3StageSettings } from '../../src/stage/settings.ts';

/**
 * Our stage's put of one file, in a process of its own as the peers have it: `node stage-put.ts PATH SHA256 KEY ENDPOINT BUCKET`. The file's
 * hash is given, since a delivery has it from writing the file.
 */

const [path = '', sha256 = '', key = '', endpoint, bucket] = process.argv.slice(2);
const settings = s3StageSettings.parse({
  type: 's3',
  bucket,
  region: 'us-east-1',
  endpoint,
  forcePathStyle: true,
  accessKeyId: 'env:AWS_ACCESS_KEY_ID',
  secretAccessKey: 'env:AWS_SECRET_ACCESS_KEY',
});
const file = { path, key, bytes: (await stat(path)).size, sha256 };
const secrets = async (reference: string): Promise<string> => process.env[reference.slice('env:'.length)] ?? '';
await withResource(Promise.resolve(openS3Stage(settings, { secrets })), (stage) => stage.put(file));
