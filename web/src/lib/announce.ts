import { useSyncExternalStore } from 'react';

/** What is said to people who hear the page rather than see it. */

let message = '';
const listeners = new Set<() => void>();

export function announce(words: string): void {
  // The same words twice would not be heard the second time.
  message = words === message ? `${words}\u00a0` : words;
  for (const tell of listeners) tell();
}

export function useAnnouncement(): string {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => message,
  );
}
