import { TextInput, type TextInputProps } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';

const DEBOUNCE_MS = 300;

interface SearchFieldProps {
  readonly label: string;
  readonly placeholder?: string;
  /** What the address says. */
  readonly value: string | undefined;
  /** Told once somebody has stopped typing. */
  readonly onChange: (value: string | undefined) => void;
  readonly w?: TextInputProps['w'];
}

/** A field whose words go into the address a moment after they were typed, and that follows the address when it goes back. */
export function SearchField({ label, placeholder, value, onChange, w = { base: '100%', xs: 260 } }: SearchFieldProps) {
  const [typed, setTyped] = useState(value ?? '');
  const told = useRef(value);
  const tell = useDebouncedCallback((words: string) => {
    const trimmed = words.trim();
    told.current = trimmed === '' ? undefined : trimmed;
    onChange(told.current);
  }, DEBOUNCE_MS);
  useEffect(() => {
    if (value === told.current) return;
    told.current = value;
    setTyped(value ?? '');
  }, [value]);
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={placeholder ?? label}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        tell(event.currentTarget.value);
      }}
      w={w}
    />
  );
}
