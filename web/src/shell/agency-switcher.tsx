import { Select } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMe } from '../auth/use-me.ts';
import { rememberAgency } from './agency-of-last-time.ts';
import { useAgencies } from './use-agencies.ts';
import { useAgency } from './use-agency.ts';

const ALL = '';

/** Narrows every screen to one agency. Whoever has but one is not asked. */
export function AgencySwitcher() {
  const { agencies } = useMe();
  const agency = useAgency();
  const known = useAgencies();
  const navigate = useNavigate();
  if (agencies !== 'all' && agencies.length < 2) return null;
  const options = [
    { value: ALL, label: 'All agencies' },
    ...known.map(({ id, name }) => ({ value: id, label: name === null ? `Agency ${id}` : `${name} (${id})` })),
  ];
  if (agency !== undefined && !known.some(({ id }) => id === agency)) options.push({ value: agency, label: `Agency ${agency}` });
  return (
    <Select
      aria-label="Agency"
      data={options}
      value={agency ?? ALL}
      allowDeselect={false}
      searchable
      w={{ base: 130, sm: 200 }}
      size="xs"
      nothingFoundMessage="No such agency"
      onChange={(value) => {
        const chosen = value === null || value === ALL ? undefined : value;
        rememberAgency(chosen);
        void navigate({ to: '.', search: (before) => ({ ...before, agency: chosen }) });
      }}
    />
  );
}
