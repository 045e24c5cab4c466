import { Autocomplete, Group, Loader, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ImpressionSearchRow } from '../../../../../src/shapes/config/campaigns.ts';
import { listOf } from '../../../api/config.ts';
import { shortCountText } from '../../../lib/format.ts';
import { mappingStateWords } from './mapping-state.tsx';

const DEBOUNCE_MS = 300;
const SHOWN = 30;

interface PickerProps {
  readonly agencyId: string;
  readonly onPick: (row: ImpressionSearchRow) => void;
}

/** Finds a DSP advertiser in what the agency's log has seen in the last 30 days, unmapped ones first. */
export function DspAdvertiserPicker({ agencyId, onPick }: PickerProps) {
  const [words, setWords] = useState('');
  const [settled] = useDebouncedValue(words.trim(), DEBOUNCE_MS);
  const query = { agency_id: agencyId, search: settled, min_impressions: 1, limit: SHOWN };
  const { data, isFetching, isError } = useQuery({
    queryKey: ['config', 'impression-search', query],
    queryFn: ({ signal }) => listOf<ImpressionSearchRow>('impression-search', { query, signal }),
    placeholderData: keepPreviousData,
  });
  const rows = new Map((data?.rows ?? []).map((row) => [`${row.PLATFORM_TYPE_ID} ${row.DSP_ADVERTISER_ID}`, row]));
  return (
    <Autocomplete
      label="Seen in the log"
      description={
        isError
          ? 'The log could not be searched; fill in the keys below.'
          : 'Choose one to fill in its keys, unmapped ones first; or fill them in yourself.'
      }
      placeholder="Name or id of a DSP advertiser"
      data={[...rows].map(([value]) => value)}
      filter={({ options }) => options}
      value={words}
      onChange={setWords}
      onOptionSubmit={(value) => {
        const row = rows.get(value);
        if (row !== undefined) onPick(row);
      }}
      renderOption={({ option }) => <Option row={rows.get(option.value)} />}
      rightSection={isFetching ? <Loader size={14} /> : undefined}
      maxDropdownHeight={260}
      comboboxProps={{ withinPortal: false }}
      data-autofocus
    />
  );
}

function Option({ row }: { readonly row: ImpressionSearchRow | undefined }) {
  if (row === undefined) return null;
  return (
    <div>
      <Text size="sm">{row.DSP_ADVERTISER_NAME ?? row.DSP_ADVERTISER_ID}</Text>
      <Group gap={4}>
        <Text size="xs" c="dimmed">
          {row.PLATFORM_NAME ?? row.PLATFORM_TYPE_ID} · {row.DSP_ADVERTISER_ID} · {shortCountText(row.IMPRESSIONS)} impressions ·{' '}
          {mappingStateWords(row.STATE).toLowerCase()}
          {row.ADVERTISERS.length > 0 &&
            ` (${row.ADVERTISERS.map(({ ADVERTISER_NAME: name, ADVERTISER_ID: id }) => name ?? id).join(', ')})`}
        </Text>
      </Group>
    </div>
  );
}
