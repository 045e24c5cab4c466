import { TextInput } from '@mantine/core';
import { useSettledText } from '../lib/use-settled-text.ts';

interface FilterTextProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
  readonly placeholder?: string;
  readonly width?: number;
}

/** A field whose text narrows a list once nobody types any more. */
export function FilterText({ label, value, onChange, placeholder, width = 140 }: FilterTextProps) {
  const [typed, type] = useSettledText(value, onChange);
  return (
    <TextInput
      label={label}
      placeholder={placeholder}
      w={width}
      value={typed}
      onChange={(event) => type(event.currentTarget.value)}
    />
  );
}
