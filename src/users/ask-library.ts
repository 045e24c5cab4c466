import { APIError } from 'better-auth/api';
import { AquariusError } from '../errors.ts';
import type { Store } from '../ledger/store.ts';

/**
 * Calls the sign-in library. What it refuses is thrown as its `APIError`; when the store fails it hides that in an error of its own, out
 * of which it is taken here.
 */
export async function askLibrary<T>({ engine }: Store, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AquariusError || isRefusal(error)) throw error;
    throw engine.classify(error instanceof APIError && error.cause !== undefined ? error.cause : error);
  }
}

/** Whether the library refuses what was asked, as against failing. */
export function isRefusal(error: unknown): error is APIError {
  return error instanceof APIError && error.statusCode < 500;
}
