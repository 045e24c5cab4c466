import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { platformsQuery } from '../queries.ts';

interface PlatformSelectProps {
  readonly value: string | null;
  readonly onChange: (platform: string | null) => void;
}

/** An ad platform to choose, by name or number. */
export function PlatformSelect({ value, onChange }: PlatformSelectProps) {
  const { data, isPending, isError } = useQuery(platformsQuery);
  const options = (data?.rows ?? []).map(({ PLATFORM_TYPE_ID: id, PLATFORM_NAME: name }) => ({
    value: id,
    label: name === id ? `Platform ${id}` : `${name} (${id})`,
  }));
  if (value !== null && !options.some((option) => option.value === value)) options.push({ value, label: `Platform ${value}` });
  return (
    <Select
      label="Platform"
      description="Which ad platform showed the ads."
      data={options}
      value={value}
      onChange={onChange}
      searchable
      required
      placeholder={isPending ? 'Loading…' : 'Choose one'}
      nothingFoundMessage={isError ? 'The platforms could not be loaded.' : 'No such platform'}
    />
  );
}
