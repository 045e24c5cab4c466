import { transientError } from '../errors.ts';

/** How long an answer from the warehouse may take, in milliseconds: what takes longer is `warehouse_timeout`. */
const ANSWER_MS = 120_000;

/** Does what somebody asked for until they go away or it takes too long. */
export async function inTime<T>(request: Request, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(tooSlow()), ANSWER_MS);
  try {
    return await work(AbortSignal.any([late.signal, request.signal]));
  } finally {
    clearTimeout(timer);
  }
}

function tooSlow(): Error {
  return transientError('warehouse_timeout', `The warehouse took longer than ${ANSWER_MS / 1000} seconds.`, {
    hint: 'Ask for less at once: fewer days, or one agency.',
  });
}
