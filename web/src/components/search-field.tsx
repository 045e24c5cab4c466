import { TextInput, type TextInputProps } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useSettledText } from '../lib/use-settled-text.ts';

interface SearchFieldProps {
  readonly label: string;
  readonly placeholder?: string;
  /** What the address says. */
  readonly value: string | undefined;
  /** Told once somebody has stopped typing. */
  readonly onChange: (value: string | undefined) => void;
  readonly w?: TextInputProps['w'];
}

/** A field whose words go into the address. */
export function SearchField({ label, placeholder, value, onChange, w = { base: '100%', xs: 260 } }: SearchFieldProps) {
  const [typed, type] = useSettledText(value, onChange);
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={placeholder ?? label}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={typed}
      onChange={(event) => type(event.currentTarget.value)}
      w={w}
    />
  );
}
