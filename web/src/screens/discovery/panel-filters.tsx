import { Group, NumberInput, Select } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { SearchField } from '../../components/search-field.tsx';
import { counted } from '../../lib/format.ts';

interface PanelFiltersProps {
  readonly label: string;
  readonly q: string | undefined;
  readonly days: number;
  readonly choices: readonly number[];
  readonly min: number;
  readonly minLabel: string;
  readonly onChange: (change: {
    readonly q?: string | undefined;
    readonly days?: number | undefined;
    readonly min?: number | undefined;
  }) => void;
  readonly children: ReactNode;
}

const DEBOUNCE_MS = 400;

/** What one of the two lists is narrowed by. */
export function PanelFilters({ label, q, days, choices, min, minLabel, onChange, children }: PanelFiltersProps) {
  const setMin = useDebouncedCallback((value: number) => onChange({ min: value }), DEBOUNCE_MS);
  const known = choices.includes(days) ? choices : [...choices, days].toSorted((left, right) => left - right);
  return (
    <Group gap="xs" mb="sm" align="flex-end">
      <SearchField label={label} value={q} onChange={(words) => onChange({ q: words })} w={{ base: '100%', xs: 200 }} />
      <Select
        aria-label="Days"
        allowDeselect={false}
        data={known.map((one) => ({ value: String(one), label: counted(one, 'day') }))}
        value={String(days)}
        onChange={(value) => onChange({ days: Number(value) })}
        w={105}
      />
      <NumberInput
        aria-label={minLabel}
        leftSection="≥"
        defaultValue={min}
        key={min}
        min={0}
        max={1_000_000_000}
        allowDecimal={false}
        thousandSeparator=","
        onChange={(value) => typeof value === 'number' && value !== min && setMin(value)}
        w={105}
        hideControls
      />
      {children}
    </Group>
  );
}
