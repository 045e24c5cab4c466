import { useSyncExternalStore } from 'react';

/**
 * Whether the server has said that nobody is signed in. While it is so no call but those for signing in is made, and a sign-in
 * stands over the page.
 */

let isSignedOut = false;
const listeners = new Set<() => void>();

export function setSignedOut(value: boolean): void {
  if (isSignedOut === value) return;
  isSignedOut = value;
  for (const tell of listeners) tell();
}

export function signedOut(): boolean {
  return isSignedOut;
}

export function useSignedOut(): boolean {
  return useSyncExternalStore((tell) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }, signedOut);
}
