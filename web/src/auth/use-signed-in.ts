import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { setSignedOut } from '../api/signed-out.ts';

/** What is to be done once somebody has signed in: all that was asked for before is asked for again, as them. */
export function useSignedIn(): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(async () => {
    setSignedOut(false);
    // The page of a one-time link that has just been used has nothing to ask again.
    await client.resetQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'link' });
  }, [client]);
}
