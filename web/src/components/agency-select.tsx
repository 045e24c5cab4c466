import { Select, type SelectProps } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { agenciesQuery } from '../api/config-queries.ts';

type AgencySelectProps = Omit<SelectProps, 'data' | 'value' | 'onChange'> & {
  readonly value: string | null;
  readonly onChange: (agencyId: string | null) => void;
};

const SHOWN = 100;

/** An agency to choose, by name or id. */
export function AgencySelect({ value, onChange, ...rest }: AgencySelectProps) {
  const { data, isPending, isError } = useQuery(agenciesQuery);
  const options = (data?.rows ?? []).map(({ AGENCY_ID: id, AGENCY_NAME: name }) => ({
    value: id,
    label: name === null ? `Agency ${id}` : `${name} (${id})`,
  }));
  return (
    <Select
      {...rest}
      data={options}
      value={value}
      onChange={onChange}
      searchable
      limit={SHOWN}
      placeholder={isPending ? 'Loading…' : 'Choose an agency'}
      nothingFoundMessage={isError ? 'The agencies could not be loaded.' : 'No such agency'}
    />
  );
}
