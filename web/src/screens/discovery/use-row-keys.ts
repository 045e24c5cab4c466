import { type KeyboardEvent, type RefObject, useCallback, useEffect, useRef } from 'react';

/** Rows that are worked through by the keyboard: each has one button with `data-row` that names it. */

export interface RowKeys {
  readonly ref: RefObject<HTMLDivElement | null>;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  /** The row that the focus goes to once this one has left the list: the one after it, or else the one before. */
  readonly leave: (key: string) => void;
}

/** `acts` are what letters do with the row that has the focus; `rows` changes when the list does. */
export function useRowKeys(acts: Readonly<Record<string, (key: string | null) => void>>, rows: unknown): RowKeys {
  const ref = useRef<HTMLDivElement>(null);
  const next = useRef<{ readonly gone: string; readonly wanted: string | null } | null>(null);
  const buttons = useCallback((): HTMLElement[] => [...(ref.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])], []);
  const move = useCallback(
    (by: number): void => {
      const all = buttons();
      const at = all.findIndex((button) => rowOf(button)?.contains(document.activeElement) === true);
      all[at === -1 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))]?.focus();
    },
    [buttons],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: it looks whenever the list has changed
  useEffect(() => {
    const left = next.current;
    if (left === null) return;
    const all = buttons();
    if (all.some(({ dataset }) => dataset.row === left.gone)) return;
    next.current = null;
    (all.find(({ dataset }) => dataset.row === left.wanted) ?? all[0])?.focus();
  }, [rows, buttons]);
  return {
    ref,
    onKeyDown(event) {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target as Element)) return;
      const focused = rowOf(event.target as Element)?.querySelector<HTMLElement>('[data-row]')?.dataset.row ?? null;
      if (event.key === 'j') move(1);
      else if (event.key === 'k') move(-1);
      else if (acts[event.key] !== undefined) acts[event.key]?.(focused);
      else return;
      event.preventDefault();
    },
    leave(key) {
      const all = buttons().map(({ dataset }) => dataset.row ?? '');
      const at = all.indexOf(key);
      next.current = { gone: key, wanted: all[at + 1] ?? all[at - 1] ?? null };
    },
  };
}

function rowOf(element: Element): Element | null {
  return element.closest('tr, li');
}

function isTyping(element: Element): boolean {
  return element.closest('textarea, select, [role="dialog"], [role="menu"], input:not([type="checkbox"])') !== null;
}
