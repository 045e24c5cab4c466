import { AquariusError, transientError } from '../../errors.ts';

/** A body that is read while it is sent, from its beginning for each call. */
export interface StreamedBody {
  readonly bytes: number;
  open(): AsyncIterable<Uint8Array>;
}

/** One call of a partner's API. The bytes of the body are sent as they are given, since signatures are made over them. */
export interface HttpCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | StreamedBody;
  /** The longest that the whole call may take, in milliseconds. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Longest answer that is read: partners list what they refused, not what they took. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

/** Calls a partner and reads the whole answer as text, whatever its status; fails as `exchange` does. */
export function call(request: HttpCall): Promise<HttpAnswer> {
  return exchange(request, async (answer) => ({ status: answer.status, headers: answer.headers, text: await readText(answer) }));
}

/**
 * Calls a partner and has `read` take the answer, within the same deadline. Redirects are not followed: they would carry credentials
 * elsewhere. What keeps an answer from coming is `transient`: `partner_unreachable`, `partner_timeout`. The caller's own abort, and an
 * error of ours that `read` throws, are thrown as they are.
 */
export async function exchange<T>(
  { method, url, headers, body, timeoutMs, signal }: HttpCall,
  read: (answer: Response) => Promise<T>,
): Promise<T> {
  const deadline = AbortSignal.timeout(timeoutMs);
  try {
    const answer = await fetch(url, {
      method,
      redirect: 'manual',
      signal: AbortSignal.any([signal, deadline]),
      ...withBody(headers, body),
    });
    return await read(answer);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (error instanceof AquariusError) throw error;
    const { host } = new URL(url);
    if (deadline.aborted || isSilence(error))
      throw transientError(
        'partner_timeout',
        `${host} did not answer in time (${Math.round(timeoutMs / 1000)} seconds at the most).`,
        {
          hint: 'It is tried again. If it stays so, ask the partner, or raise timeoutSeconds.',
          cause: error,
        },
      );
    throw transientError('partner_unreachable', `${host} could not be reached, or broke the connection.`, {
      hint: 'It is tried again. Check the network, a proxy and the host in aquarius.yaml.',
      cause: error,
    });
  }
}

/** Node gives up by itself when no answer begins within five minutes. */
function isSilence(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && /^UND_ERR_(HEADERS|BODY)_TIMEOUT$/.test(String(cause.code));
}

function withBody(headers: HttpCall['headers'] = {}, body: HttpCall['body']): RequestInit {
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array)
    return { headers, ...(body === undefined ? {} : { body }) };
  // With its length, or it would go out in chunks of unknown number, which not every partner takes.
  return {
    headers: { ...headers, 'content-length': String(body.bytes) },
    body: ReadableStream.from(body.open()),
    duplex: 'half',
  };
}

/** The whole body as text. */
export async function readText(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) throw new Error('The answer is too long.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** A body as JSON, or undefined when it is none: partners' edges answer in plain text and HTML. */
export function jsonOf({ text }: Pick<HttpAnswer, 'text'>): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
