import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { CheckCtx, Ctx } from '../destination.ts';
import { call } from '../http/http.ts';
import { patiently } from '../http/patiently.ts';
import { answerOf, requestIdOf } from './answer.ts';
import { authentication } from './authenticate.ts';
import type { Request } from './send-batch.ts';
import type { TtdSettings } from './settings.ts';

const compress = promisify(gzip);

/** Calls made so far, for the receipt. */
export interface CallFacts {
  calls: number;
  /** The Trade Desk's number of the last call; empty where it gave none. */
  requestId: string;
}

/** A lease is proved again after so long: a proof is a write to the ledger, and calls come by the hundred in a second. */
const PROVED_MS = 1_000;

/**
 * Makes the function that makes one call, patiently. Secrets are read once, here. `signal` ends calls and waits; `fence` is asked before
 * the first call, before every second try, and each second.
 */
export async function requester(
  settings: TtdSettings,
  { clock, secrets, sleep, log }: Pick<CheckCtx, 'clock' | 'secrets' | 'sleep' | 'log'>,
  signal: AbortSignal,
  fence: Ctx['fence'],
  facts: CallFacts,
): Promise<Request> {
  const authenticate = await authentication(settings, secrets);
  let provedAt = Number.NEGATIVE_INFINITY;
  const prove = async () => {
    const now = clock.now().getTime();
    if (Math.abs(now - provedAt) < PROVED_MS) return;
    await fence();
    provedAt = now;
  };
  const pause = async (ms: number) => {
    await untilAborted(sleep(ms), signal);
    provedAt = Number.NEGATIVE_INFINITY;
  };
  return async ({ url, body }, texts) => {
    const plain = Buffer.from(body(texts), 'latin1');
    // Signed as they are sent: compressed, if they are.
    const bytes = settings.gzipBodies ? await compress(plain, { level: 1 }) : plain;
    const headers = {
      'Content-Type': 'application/json',
      ...(settings.gzipBodies ? { 'Content-Encoding': 'gzip' } : {}),
      ...authenticate(bytes),
    };
    return patiently(pause, async () => {
      signal.throwIfAborted();
      await prove();
      facts.calls += 1;
      const answer = await call({ method: 'POST', url, headers, body: bytes, timeoutMs: settings.timeoutSeconds * 1000, signal });
      facts.requestId = requestIdOf(answer) ?? '';
      if (answer.status !== 200)
        log.debug({ status: answer.status, requestId: facts.requestId }, 'The Trade Desk refused a call');
      return answerOf(answer, new URL(url).host, clock.now());
    });
  };
}

/** `work`, or the signal's reason once it aborts, whichever comes first. */
async function untilAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
