import { S3Client } from '@aws-sdk/client-s3';
import type { Clock } from '../lib/clock.ts';
import { classify } from './classify.ts';
import { describeFailure } from './failure.ts';
import type { S3Settings } from './settings.ts';
import type { Voice } from './voice.ts';

/** Resolves a secret reference to its value. */
export type Secrets = (reference: string) => Promise<string>;

export interface S3Deps {
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly voice: Voice;
}

export interface S3Api extends Disposable {
  readonly voice: Voice;
  /**
   * Sends one request with its deadlines and retries. `what` completes "Cannot …" when it fails. Credentials that have
   * expired are fetched again once.
   */
  call<T>(
    what: string,
    signal: AbortSignal | undefined,
    request: (client: S3Client, options: { abortSignal?: AbortSignal }) => Promise<T>,
  ): Promise<T>;
  /** The error to throw for what went wrong outside of `call`, such as in the middle of a body. */
  explain(what: string, error: unknown): unknown;
}

const MAX_ATTEMPTS = 5;
const CONNECT_TIMEOUT_MS = 10_000;

export function openS3Api(settings: S3Settings, { secrets, clock, voice }: S3Deps): S3Api {
  const mode = settings.checksums === 'when-supported' ? 'WHEN_SUPPORTED' : 'WHEN_REQUIRED';
  const client = new S3Client({
    region: settings.region,
    ...(settings.endpoint === undefined ? {} : { endpoint: settings.endpoint }),
    forcePathStyle: settings.forcePathStyle,
    ...credentialsOf(settings, secrets),
    maxAttempts: MAX_ATTEMPTS,
    retryMode: 'standard',
    requestChecksumCalculation: mode,
    responseChecksumValidation: mode,
    // A wrong clock is somebody's to set; signing with a guessed time would hide it.
    disableClockSkewCorrection: true,
    // With it the SDK opens a new connection for every part.
    expectContinueHeader: false,
    // A body that is read slowly is idle without being stuck, so reading watches for itself and the socket has no timeout.
    requestHandler: {
      connectionTimeout: CONNECT_TIMEOUT_MS,
      requestTimeout: settings.timeoutSeconds * 1000,
      throwOnRequestTimeout: true,
      socketTimeout: 0,
    },
  });

  let generation = 0;
  let renewing: Promise<unknown> | null = null;
  /** Fetches credentials anew unless that has been done since `seen`, together with whoever else asks for it. */
  async function renewCredentials(seen: number): Promise<void> {
    if (seen !== generation) return;
    renewing ??= client.config.credentials({ forceRefresh: true }).finally(() => {
      generation += 1;
      renewing = null;
    });
    await renewing;
  }

  const explain = (what: string, error: unknown): unknown =>
    classify(error, { what, voice, bucket: settings.bucket, checksums: settings.checksums, now: clock.now() });

  return {
    voice,
    async call(what, signal, request) {
      signal?.throwIfAborted();
      const options = signal === undefined ? {} : { abortSignal: signal };
      const seen = generation;
      try {
        try {
          return await request(client, options);
        } catch (error) {
          if (signal?.aborted || !mayBeExpired(error)) throw error;
          await renewCredentials(seen);
          return await request(client, options);
        }
      } catch (error) {
        signal?.throwIfAborted();
        throw explain(what, error);
      }
    },
    explain,
    [Symbol.dispose]: () => client.destroy(),
  };
}

/** Without references the SDK's own chain finds credentials: environment, profile, SSO, web identity, container, instance. */
function credentialsOf(settings: S3Settings, secrets: Secrets) {
  const { accessKeyId, secretAccessKey, sessionToken } = settings;
  if (accessKeyId === undefined || secretAccessKey === undefined) return {};
  return {
    credentials: async () => ({
      accessKeyId: await secrets(accessKeyId),
      secretAccessKey: await secrets(secretAccessKey),
      ...(sessionToken === undefined ? {} : { sessionToken: await secrets(sessionToken) }),
    }),
  };
}

/** Expired credentials by name, or a bare 400, which is all that a HEAD is told of them. */
function mayBeExpired(error: unknown): boolean {
  const { name, status, isNameless } = describeFailure(error);
  return /^(ExpiredToken|ExpiredTokenException|TokenRefreshRequired)$/.test(name) || (status === 400 && isNameless);
}
