import { useSyncExternalStore } from 'react';

/** A choice of this browser that outlives the page, such as the time zone in which times are shown. */
export interface Stored<T extends string> {
  get(): T;
  set(value: T): void;
  use(): T;
}

/** What is kept and is none of the choices counts as the first one. Where nothing may be kept it holds for this page. */
export function stored<T extends string>(key: string, first: T, isChoice: (value: string) => value is T): Stored<T> {
  const listeners = new Set<() => void>();
  let current = read(key, first, isChoice);
  const get = (): T => current;
  return {
    get,
    set(value) {
      current = value;
      try {
        window.localStorage.setItem(key, value);
      } catch {
        // A browser that keeps nothing still shows what was chosen.
      }
      for (const tell of listeners) tell();
    },
    use: () =>
      useSyncExternalStore((tell) => {
        listeners.add(tell);
        return () => listeners.delete(tell);
      }, get),
  };
}

function read<T extends string>(key: string, first: T, isChoice: (value: string) => value is T): T {
  try {
    const kept = window.localStorage.getItem(key);
    return kept !== null && isChoice(kept) ? kept : first;
  } catch {
    return first;
  }
}
