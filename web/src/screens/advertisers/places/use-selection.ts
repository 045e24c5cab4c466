import { useState } from 'react';

export interface Selection {
  readonly size: number;
  readonly has: (key: string) => boolean;
  readonly set: (keys: readonly string[], isOn: boolean) => void;
  readonly clear: () => void;
  readonly keys: readonly string[];
}

/** Rows that are ticked, over all pages of a list. */
export function useSelection(): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  return {
    size: chosen.size,
    has: (key) => chosen.has(key),
    set: (keys, isOn) =>
      setChosen((before) => (isOn ? new Set([...before, ...keys]) : new Set([...before].filter((key) => !keys.includes(key))))),
    clear: () => setChosen(new Set()),
    keys: [...chosen],
  };
}
