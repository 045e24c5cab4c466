import { fork } from 'node:child_process';
import { once } from 'node:events';
import { buildApp } from 'fauxqs';

/** An S3 emulator in a process of its own, so that none of those who are compared shares its processor time. */
export interface S3Place extends AsyncDisposable {
  readonly endpoint: string;
  readonly bucket: string;
  /** What every client finds its credentials in. */
  readonly env: Readonly<Record<string, string>>;
}

const BUCKET = 'bench';

export async function forkS3Server(): Promise<S3Place> {
  const child = fork(import.meta.filename, [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [port] = await once(child, 'message');
  return {
    endpoint: `http://127.0.0.1:${port}`,
    bucket: BUCKET,
    env: {
      AWS_ACCESS_KEY_ID: 'bench',
      AWS_SECRET_ACCESS_KEY: 'bench',
      AWS_DEFAULT_REGION: 'us-east-1',
      // rclone cannot start with one.
      AWS_CA_BUNDLE: '',
    },
    async [Symbol.asyncDispose]() {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

if (process.argv[1] === import.meta.filename) {
  const app = buildApp({ logger: false });
  // The emulator reads quotes that are written as a number, as Go writes them, for something else: rclone's parts would not be found.
  app.addHook('preHandler', async (request) => {
    if (request.method === 'POST' && request.url.includes('uploadId=') && Buffer.isBuffer(request.body))
      request.body = request.body.toString().replaceAll('&#34;', '&quot;');
  });
  const endpoint = await app.listen({ port: 0, host: '127.0.0.1' });
  await fetch(`${endpoint}/${BUCKET}`, { method: 'PUT' });
  process.on('disconnect', () => process.exit());
  process.send?.(Number(new URL(endpoint).port));
}
