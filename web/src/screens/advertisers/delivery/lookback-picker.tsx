import { NumberInput, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { counted } from '../../../lib/format.ts';

const USUAL = [30, 60, 90] as const;
const LONGEST = 365;

interface LookbackPickerProps {
  /** In days; null never expires. */
  readonly value: number | null;
  readonly onChange: (days: number | null) => void;
}

/** How far back exposures count. */
export function LookbackPicker({ value, onChange }: LookbackPickerProps) {
  const isUsual = USUAL.some((days) => days === value);
  const [isCustom, setCustom] = useState(!isUsual && value !== null);
  const choice = isCustom || (!isUsual && value !== null) ? 'custom' : value === null ? 'never' : String(value);
  const choose = (chosen: string): void => {
    setCustom(chosen === 'custom');
    if (chosen === 'never') onChange(null);
    else if (chosen === 'custom') onChange(value ?? 30);
    else onChange(Number(chosen));
  };
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label="Look-back"
        data={[
          ...USUAL.map((days) => ({ value: String(days), label: `${days} days` })),
          { value: 'never', label: 'Never expires' },
          { value: 'custom', label: 'Other' },
        ]}
        value={choice}
        onChange={choose}
      />
      {choice === 'custom' && (
        <NumberInput
          label="Days"
          description={`1 to ${LONGEST}.`}
          min={1}
          max={LONGEST}
          allowDecimal={false}
          value={value ?? ''}
          onChange={(days) => typeof days === 'number' && days >= 1 && days <= LONGEST && onChange(days)}
        />
      )}
      <Text size="sm" c="dimmed">
        {value === null
          ? 'Whoever was ever exposed stays in the audience: it only grows, but for those who opt out.'
          : `Whoever was not exposed in the last ${counted(value, 'day')} is no longer in the audience.`}
      </Text>
    </Stack>
  );
}
