import { QueryClient } from '@tanstack/react-query';
import { isApiError } from './api-error.ts';

const RETRIES = 3;
const LONGEST_WAIT_MS = 15_000;

/** Answers are kept a while; only failures that may pass are tried again. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        gcTime: 10 * 60_000,
        retry: (failures, error) => failures < RETRIES && isApiError(error) && error.isTransient,
        retryDelay: (failures, error) =>
          Math.min(LONGEST_WAIT_MS, (isApiError(error) ? error.retryAfterMs : null) ?? 500 * 2 ** failures),
        // A query that waits for the network would look as if it loaded for ever: the server may be on this machine.
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}
