import { NumberInput, Select, Stack } from '@mantine/core';

interface LookbackOverrideProps {
  readonly label: string;
  readonly meaning: string;
  readonly most: number;
  /** In days; null never expires; undefined is as the advertiser has it. */
  readonly value: number | null | undefined;
  readonly onChange: (days: number | null | undefined) => void;
}

/** A look-back of its own for one destination. */
export function LookbackOverride({ label, meaning, most, value, onChange }: LookbackOverrideProps) {
  const choice = value === undefined ? 'advertiser' : value === null ? 'never' : 'days';
  return (
    <Stack gap={6}>
      <Select
        label={label}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        description={meaning}
        data={[
          { value: 'advertiser', label: "The advertiser's" },
          { value: 'days', label: 'Days of its own' },
          { value: 'never', label: 'Never expires' },
        ]}
        value={choice}
        allowDeselect={false}
        onChange={(chosen) => onChange(chosen === 'advertiser' ? undefined : chosen === 'never' ? null : 30)}
      />
      {choice === 'days' && (
        <NumberInput
          aria-label={`${label} in days`}
          min={1}
          max={most}
          allowDecimal={false}
          suffix=" days"
          value={value ?? ''}
          onChange={(days) => typeof days === 'number' && days >= 1 && days <= most && onChange(days)}
        />
      )}
    </Stack>
  );
}
