import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { destinationsQuery } from '../../api/delivery-queries.ts';

interface DestinationFilterProps {
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

/** One of the destinations, and whatever the address names. */
export function DestinationFilter({ value, onChange }: DestinationFilterProps) {
  const { data } = useQuery(destinationsQuery);
  const names = new Set([...(data ?? []).map(({ name }) => name), ...(value === undefined ? [] : [value])]);
  return (
    <Select
      label="Destination"
      placeholder="Any"
      data={[...names]}
      value={value ?? null}
      clearable
      searchable
      w={170}
      onChange={(name) => onChange(name ?? undefined)}
    />
  );
}
