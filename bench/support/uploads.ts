import { basename, dirname } from 'node:path';
import { run } from './child.ts';
import type { S3Place } from './s3-server.ts';

/** Uploads by other programs, as their manuals would have it done. */

export async function rcloneToS3(program: string, path: string, key: string, s3: S3Place): Promise<void> {
  const remote = ['--s3-provider', 'Other', '--s3-env-auth', '--s3-region', 'us-east-1', '--s3-endpoint', s3.endpoint];
  const options = ['--s3-force-path-style', '--s3-no-check-bucket', '--config', '/dev/null'];
  await run(program, ['copyto', path, `:s3:${s3.bucket}/${key}`, ...remote, ...options], { env: s3.env });
}

export async function awsToS3(program: string, path: string, key: string, s3: S3Place): Promise<void> {
  const options = ['--endpoint-url', s3.endpoint, '--no-progress'];
  await run(program, ['s3', 'cp', path, `s3://${s3.bucket}/${key}`, ...options], {
    env: { ...s3.env, AWS_CONFIG_FILE: '/dev/null', AWS_EC2_METADATA_DISABLED: 'true' },
  });
}

interface SftpPlace {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly privateKey: string;
}

/** With large packets, the faster of its ways. */
export async function opensshUpload(path: string, folder: string, place: SftpPlace): Promise<void> {
  const trust = ['-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null'];
  await run(
    'sftp',
    [
      '-q',
      '-B',
      '261120',
      '-P',
      String(place.port),
      '-i',
      place.privateKey,
      ...trust,
      '-b',
      '-',
      `${place.username}@${place.host}`,
    ],
    { input: `cd ${folder}\nlcd ${dirname(path)}\nput ${basename(path)}\n` },
  );
}
