import { Box, Input, MultiSelect, Radio, SegmentedControl, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { UserShape } from '../../../../../src/shapes/user-shapes.ts';
import { agenciesQuery } from '../../../api/config-queries.ts';
import type { Role } from '../../../auth/use-me.ts';
import { ErrorNote } from '../../../components/error-note.tsx';
import { ROLE_WORDS } from './access-words.tsx';

type Agencies = UserShape['agencies'];

/** What somebody, or a program, may do and which agencies they see. */
export interface Access {
  readonly role: Role;
  readonly agencies: Agencies;
}

interface AccessFieldsProps {
  readonly value: Access;
  readonly onChange: (value: Access) => void;
}

export function AccessFields({ value, onChange }: AccessFieldsProps) {
  return (
    <>
      <Radio.Group label="Role" value={value.role} onChange={(role) => onChange({ ...value, role: role as Role })}>
        <Stack gap="xs" mt={6}>
          {Object.entries(ROLE_WORDS).map(([role, { label, description }]) => (
            <Radio key={role} value={role} label={label} description={description} />
          ))}
        </Stack>
      </Radio.Group>
      <AgenciesField value={value.agencies} onChange={(agencies) => onChange({ ...value, agencies })} />
    </>
  );
}

function AgenciesField({ value, onChange }: { readonly value: Agencies; readonly onChange: (value: Agencies) => void }) {
  const { data, error } = useQuery(agenciesQuery);
  const chosen = value === 'all' ? [] : value;
  const known = (data?.rows ?? []).map(({ AGENCY_ID: id, AGENCY_NAME: name }) => ({
    value: id,
    label: name === null ? `Agency ${id}` : `${name} (${id})`,
  }));
  // One that the warehouse does not have any more can still be taken away.
  const unknown = chosen
    .filter((id) => !known.some((agency) => agency.value === id))
    .map((id) => ({ value: id, label: `Agency ${id}` }));
  return (
    <div>
      <Input.Label labelElement="div" id="agencies-seen" mb={6}>
        Agencies
      </Input.Label>
      <Box>
        <SegmentedControl
          aria-labelledby="agencies-seen"
          data={[
            { value: 'all', label: 'All' },
            { value: 'some', label: 'Only some' },
          ]}
          value={value === 'all' ? 'all' : 'some'}
          onChange={(which) => onChange(which === 'all' ? 'all' : [])}
        />
      </Box>
      {value !== 'all' && (
        <MultiSelect
          mt="xs"
          aria-label="Agencies that are seen"
          description={chosen.length === 0 ? 'Without an agency they see nothing.' : undefined}
          placeholder={chosen.length === 0 ? 'Choose agencies' : undefined}
          data={[...known, ...unknown]}
          value={[...chosen]}
          onChange={onChange}
          searchable
          limit={100}
          nothingFoundMessage="No such agency"
          clearable
          clearButtonProps={{ 'aria-label': 'Take all agencies away' }}
        />
      )}
      {value !== 'all' && <ErrorNote error={error} />}
    </div>
  );
}

/** Whether two say the same. */
export function sameAgencies(left: Agencies, right: Agencies): boolean {
  if (left === 'all' || right === 'all') return left === right;
  return left.length === right.length && left.every((id) => right.includes(id));
}
