import { fork } from 'node:child_process';
import { once } from 'node:events';
import { startFauxqs } from 'fauxqs';

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
  const server = await startFauxqs({ port: 0, host: '127.0.0.1', logger: false });
  await fetch(`http://127.0.0.1:${server.port}/${BUCKET}`, { method: 'PUT' });
  process.on('disconnect', () => process.exit());
  process.send?.(server.port);
}
