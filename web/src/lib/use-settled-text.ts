import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';

const SETTLED_MS = 300;

/**
 * The text of a field that goes into the address a moment after it was typed, and follows the address when it goes back. What was told
 * from here and comes back while more is typed changes nothing.
 */
export function useSettledText(
  value: string | undefined,
  onChange: (value: string | undefined) => void,
): readonly [typed: string, type: (text: string) => void] {
  const [typed, setTyped] = useState(value ?? '');
  const told = useRef(value);
  const tell = useDebouncedCallback((text: string) => {
    const trimmed = text.trim();
    told.current = trimmed === '' ? undefined : trimmed;
    onChange(told.current);
  }, SETTLED_MS);
  useEffect(() => {
    if (value === told.current) return;
    told.current = value;
    setTyped(value ?? '');
  }, [value]);
  return [
    typed,
    (text) => {
      setTyped(text);
      tell(text);
    },
  ];
}
