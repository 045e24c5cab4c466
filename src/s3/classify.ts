import { AquariusError, type ErrorKind } from '../errors.ts';
import { describeFailure, type Failure } from './failure.ts';
import type { Voice } from './voice.ts';

/** What a request was for, to say so when it fails. */
export interface Doing {
  /** Completes "Cannot …": `write "runs/1/a.psv.gz"`. */
  readonly what: string;
  readonly voice: Voice;
  readonly bucket: string;
  /** The checksum mode in force, since the same answer means another thing under each. */
  readonly checksums: 'when-supported' | 'when-required';
  readonly now: Date;
}

interface Row {
  readonly when: (failure: Failure, doing: Doing) => boolean;
  readonly kind: ErrorKind;
  readonly code: string;
  readonly says: (failure: Failure, doing: Doing) => string;
  readonly hint: string;
}

const named =
  (...names: readonly string[]) =>
  ({ name }: Failure) =>
    names.includes(name);
const status =
  (...statuses: readonly number[]) =>
  (failure: Failure) =>
    failure.status !== null && statuses.includes(failure.status);
const coded =
  (...codes: readonly string[]) =>
  ({ systemCode }: Failure) =>
    systemCode !== null && codes.includes(systemCode);
const either =
  (...conditions: readonly Row['when'][]): Row['when'] =>
  (failure, doing) =>
    conditions.some((condition) => condition(failure, doing));
const isDenied = either(named('AccessDenied', 'AccessDeniedException', 'AllAccessDisabled', 'AccountProblem'), status(401, 403));
const isUnimplemented = either(named('NotImplemented', 'MissingContentLength'), status(411, 501));
const names = (text: RegExp) => (failure: Failure) => text.test(failure.name) || text.test(failure.message);

const SKEW_MINUTES = 5;

function skewMinutes(failure: Failure, doing: Doing): number {
  return failure.serverTime === null ? 0 : Math.round((doing.now.getTime() - failure.serverTime.getTime()) / 60_000);
}

/**
 * What an answer of the store, or its absence, means. The first row that fits holds. The SDK has already retried what is
 * marked (r) five times with growing pauses. Answers to HEAD have no body and hence no name, only a status.
 */
const tableOf = ({ noun, code }: Voice): readonly Row[] => [
  {
    // 403; a HEAD says only 403, but its Date header tells.
    when: either(
      named('RequestTimeTooSkewed', 'RequestExpired', 'RequestInTheFuture'),
      (failure, doing) => failure.status === 403 && failure.isNameless && Math.abs(skewMinutes(failure, doing)) > SKEW_MINUTES,
    ),
    kind: 'config',
    code: 'clock_skew',
    says: (failure, doing) => {
      const minutes = skewMinutes(failure, doing);
      const off =
        minutes === 0 ? '' : `, which is ${Math.abs(minutes)} minutes ${minutes > 0 ? 'ahead of' : 'behind'} the store's`;
      return `the store refuses the time of this machine's clock${off}`;
    },
    hint: 'Set the clock of this machine (NTP: `timedatectl status`, `chronyc tracking`), then run again.',
  },
  {
    // 400; thrown only after the credentials were fetched anew once.
    when: named('ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired'),
    kind: 'config',
    code: `${code}_credentials_expired`,
    says: () => 'the credentials have expired, and fetching them again gave expired ones',
    hint: 'Log in again (`aws sso login`), or renew the temporary keys that accessKeyId, secretAccessKey and sessionToken refer to.',
  },
  {
    // 403; or nothing in the SDK's chain gave credentials.
    when: named('InvalidAccessKeyId', 'SignatureDoesNotMatch', 'InvalidToken', 'CredentialsProviderError', 'TokenProviderError'),
    kind: 'config',
    code: `${code}_credentials`,
    says: ({ name }) =>
      name.endsWith('ProviderError') ? 'no credentials were found' : `the store does not accept the credentials (${name})`,
    hint: `Check ${noun}'s accessKeyId and secretAccessKey, or, without them, the environment, profile or role of this machine.`,
  },
  {
    // 404 on everything but HEAD.
    when: named('NoSuchBucket'),
    kind: 'config',
    code: `${code}_bucket_missing`,
    says: (_failure, { bucket }) => `the bucket "${bucket}" does not exist`,
    hint: `Create the bucket, or correct bucket, region and endpoint of ${noun}.`,
  },
  {
    // 301, 307, 400: the bucket lives elsewhere.
    when: either(
      named('PermanentRedirect', 'TemporaryRedirect', 'AuthorizationHeaderMalformed', 'IllegalLocationConstraintException'),
      status(301, 307),
    ),
    kind: 'config',
    code: `${code}_region`,
    says: ({ region }, { bucket }) => `the bucket "${bucket}" is in another region${region === null ? '' : `, ${region}`}`,
    hint: `Correct ${noun}'s region or endpoint.`,
  },
  {
    // 404, and 400 InvalidPart: the upload was aborted by a lifecycle rule or a sweep while it ran. A new upload helps.
    when: named('NoSuchUpload', 'InvalidPart'),
    kind: 'transient',
    code: `${code}_upload_gone`,
    says: () => 'the multipart upload was removed while it was running',
    hint: 'Let the lifecycle rule that aborts incomplete uploads wait a day or longer.',
  },
  {
    when: either(named('NoSuchKey', 'NotFound'), status(404)),
    kind: 'config',
    code: `${code}_missing`,
    says: () => 'nothing is there',
    hint: 'It was removed or has expired. Compare the lifecycle rule of the bucket with the retry window.',
  },
  {
    // 412: the answer to If-None-Match when the key is taken. `put` compares what is there.
    when: either(named('PreconditionFailed'), status(412)),
    kind: 'rejected',
    code: `${code}_exists`,
    says: () => 'something is already there',
    hint: 'What is there is never replaced.',
  },
  {
    // 409: two writers raced for a key; documented to need a new upload.
    when: either(named('ConditionalRequestConflict', 'OperationAborted'), status(409)),
    kind: 'transient',
    code: `${code}_busy`,
    says: () => 'another request worked on the same key at the same time',
    hint: `Try again; if it persists, find out who else writes under the prefix of ${noun}.`,
  },
  {
    // 400 KMS.DisabledException, KMS.NotFoundException, … and 403 whose message names a kms: action.
    when: (failure, doing) => /^KMS\./.test(failure.name) || (isDenied(failure, doing) && names(/\bkms:|\bKMS\b/)(failure)),
    kind: 'config',
    code: `${code}_access_denied`,
    says: ({ name, message }) => `the KMS key cannot be used (${name}: ${message})`,
    hint: `Enable the key and allow this identity kms:GenerateDataKey and kms:Decrypt on it, or correct ${noun}'s kmsKeyId.`,
  },
  {
    when: isDenied,
    kind: 'config',
    code: `${code}_access_denied`,
    says: ({ message, isNameless }) => (isNameless ? 'access denied' : `access denied (${message})`),
    hint: 'Allow s3:PutObject, s3:GetObject, s3:DeleteObject, s3:AbortMultipartUpload on the prefix and s3:ListBucket, s3:ListBucketMultipartUploads on the bucket; check expectedBucketOwner.',
  },
  {
    // 400: the bytes that arrived are not those that were sent. `put` sends them again, read from the file anew.
    // Without a status: the SDK compared the CRC of a download.
    when: either(
      named('BadDigest', 'IncompleteBody', 'XAmzContentSHA256Mismatch', 'XAmzContentChecksumMismatch'),
      ({ message }) => message.startsWith('Checksum mismatch'),
    ),
    kind: 'transient',
    code: `${code}_corrupted`,
    says: ({ name }) => `the bytes were damaged on the way${name === 'Error' ? '' : ` (${name})`}`,
    hint: 'Something between this machine and the store, or its memory, changes bytes. Try again; if it persists, check proxies and hardware.',
  },
  {
    // 501 from R2 and others to the checksum header, 411 from gateways to streaming trailers.
    when: (failure, doing) => doing.checksums === 'when-supported' && isUnimplemented(failure, doing),
    kind: 'config',
    code: `${code}_checksums_unsupported`,
    says: () => 'the store does not implement a header of the request, most likely the checksum',
    hint: `Set \`checksums: when-required\` in ${noun}'s settings.`,
  },
  {
    when: isUnimplemented,
    kind: 'config',
    code: `${code}_conditional_writes`,
    says: () => 'the store does not implement a header of the request, most likely If-None-Match',
    hint: 'A store with conditional writes is needed (Amazon S3, R2, recent MinIO and Ceph). Update it or use another one.',
  },
  {
    // (r) 503 SlowDown, 429.
    when: either(named('SlowDown', 'SlowDownRead', 'SlowDownWrite', 'ServiceUnavailable', 'TooManyRequests'), status(429)),
    kind: 'transient',
    code: `${code}_throttled`,
    says: ({ status: number }) => `the store asks to slow down (HTTP ${number})`,
    hint: `It is tried again later. If it persists, lower ${noun}'s concurrency.`,
  },
  {
    // (r) 500 InternalError and friends, and an Error element in the answer 200 to Complete. 507: MinIO without space.
    when: ({ status: number }) => number !== null && number >= 500,
    kind: 'transient',
    code: `${code}_unavailable`,
    says: ({ status: number, name }) => `the store failed (HTTP ${number} ${name})`,
    hint: 'It is tried again later. If it persists, look at the status page or the logs of the store.',
  },
  {
    when: (failure) =>
      failure.systemCode !== null && /^(ERR_TLS_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/.test(failure.systemCode),
    kind: 'config',
    code: `${code}_tls`,
    says: ({ systemCode }) => `the certificate of the store cannot be trusted (${systemCode})`,
    hint: 'Correct the endpoint, or give Node the authority that signed the certificate (NODE_EXTRA_CA_CERTS).',
  },
  {
    // (r) Before the next row, since the SDK calls a reset connection a TimeoutError as well.
    when: coded(
      'ECONNREFUSED',
      'ECONNRESET',
      'ECONNABORTED',
      'EPIPE',
      'EHOSTUNREACH',
      'EHOSTDOWN',
      'ENETUNREACH',
      'ENETDOWN',
      'ENOTFOUND',
      'EAI_AGAIN',
      'EPROTO',
      'ERR_STREAM_PREMATURE_CLOSE',
    ),
    kind: 'transient',
    code: `${code}_unreachable`,
    says: ({ systemCode }) => `the store cannot be reached (${systemCode})`,
    hint: `Check ${noun}'s endpoint and region, name resolution, firewall and proxy.`,
  },
  {
    // (r)
    when: either(named('TimeoutError', 'RequestTimeout'), coded('ETIMEDOUT')),
    kind: 'transient',
    code: `${code}_timeout`,
    says: () => 'the store did not answer in time',
    hint: `Check the network. On a slow line raise ${noun}'s timeoutSeconds or lower concurrency.`,
  },
  {
    // Every other refusal, such as a quota or an encryption that the bucket's policy demands.
    when: ({ status: number }) => number !== null && number >= 400,
    kind: 'config',
    code: `${code}_refused`,
    says: ({ status: number, name, message }) => `the store refuses (HTTP ${number} ${name}: ${message})`,
    hint: `Compare the answer with ${noun}'s settings and the policy of the bucket.`,
  },
];

/**
 * Makes of what the SDK threw the error that a person can act on. The SDK's own error goes no further: it may hold the
 * access key or the signed text. What no row covers is a bug and is returned as it came.
 */
export function classify(error: unknown, doing: Doing): unknown {
  if (error instanceof AquariusError) return error;
  const failure = describeFailure(error);
  const row = tableOf(doing.voice).find(({ when }) => when(failure, doing));
  if (row === undefined) return error;
  const cause = new Error(
    `${failure.name}${failure.status === null ? '' : ` (HTTP ${failure.status}, request ${failure.requestId ?? 'unknown'})`}`,
  );
  return new AquariusError(row.kind, row.code, `Cannot ${doing.what}: ${row.says(failure, doing)}.`, {
    hint: row.hint,
    cause,
    ...(failure.retryAfterMs === null ? {} : { retryAfterMs: failure.retryAfterMs }),
  });
}
