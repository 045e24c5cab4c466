import type { AquariusError } from '../../errors.ts';
import { requestFailure, stalled } from './classify.ts';

/** Called once with the answer to a request, or with why there will be none. */
export type Answer<T> = (error: unknown, value?: T) => void;

/** The requests under way on one session. */
export interface Requests {
  /** Starts a request; `answer` comes exactly once, whatever becomes of the connection. */
  send<T>(start: (answer: Answer<T>) => void, answer: Answer<T>): void;
  /** Starts a request and waits for it, at most until `signal` aborts. `doing` completes "Cannot ...". */
  request<T>(doing: string, start: (answer: Answer<T>) => void, signal?: AbortSignal): Promise<T>;
  /** From now on it is this signal that ends a wait. */
  within(signal: AbortSignal): void;
  /** Fails everything under way, and everything to come. */
  lose(error: AquariusError): void;
}

/**
 * Keeps what waits for an answer. ssh2 forgets callbacks in some of the ways in which a connection can end, and a server may stop
 * answering without ending it: here nothing waits longer than `stallSeconds` for the next answer of any kind.
 */
export function openRequests(server: string, stallSeconds: number, first: AbortSignal): Requests {
  let deadline = first;
  const waiting = new Set<(error: AquariusError) => void>();
  let lost: AquariusError | undefined;
  let stall: NodeJS.Timeout | undefined;

  function lose(error: AquariusError): void {
    lost ??= error;
    for (const fail of [...waiting]) fail(lost);
  }

  function watch(): void {
    if (waiting.size === 0) {
      clearTimeout(stall);
      stall = undefined;
    } else if (stall === undefined) {
      stall = setTimeout(() => lose(stalled(server, stallSeconds)), stallSeconds * 1000);
    } else {
      stall.refresh();
    }
  }

  function send<T>(start: (answer: Answer<T>) => void, answer: Answer<T>): void {
    if (lost !== undefined) {
      answer(lost);
      return;
    }
    const finish: Answer<T> = (error, value) => {
      if (!waiting.delete(fail)) return;
      watch();
      answer(error, value);
    };
    const fail = (error: AquariusError) => finish(error);
    waiting.add(fail);
    if (waiting.size === 1) watch();
    start(finish);
  }

  function request<T>(doing: string, start: (answer: Answer<T>) => void, signal = deadline): Promise<T> {
    return new Promise((resolve, reject) => {
      const abort = () => reject(signal.reason);
      if (signal.aborted) return abort();
      signal.addEventListener('abort', abort, { once: true });
      send<T>(start, (error, value) => {
        signal.removeEventListener('abort', abort);
        if (error) reject(requestFailure(error, doing, server));
        else resolve(value as T);
      });
    });
  }

  const within = (signal: AbortSignal) => {
    deadline = signal;
  };

  return { send, request, within, lose };
}
