import { Select, TextInput } from '@mantine/core';
import { FilterBar } from '../../components/filter-bar.tsx';
import { FilterText } from '../../components/filter-text.tsx';
import { runStateWords } from '../../components/state-badge.tsx';
import { choiceParam } from '../../lib/search-params.ts';
import { AdvertiserFilter } from './advertiser-filter.tsx';
import { RUN_CHOICES, RUN_STATES } from './choices.ts';
import { DestinationFilter } from './destination-filter.tsx';
import type { RunsSearch } from './routes.ts';

const STATES = [
  { value: 'unfinished', label: 'Not over yet' },
  { value: 'held', label: 'Needs approval' },
  ...RUN_STATES.map((value) => ({ value: value as string, label: runStateWords(value) })),
];

const NOTHING: RunsSearch = {
  state: undefined,
  advertiser: undefined,
  destination: undefined,
  delivery: undefined,
  slot: undefined,
  from: undefined,
  to: undefined,
};

interface RunFiltersProps {
  readonly search: RunsSearch;
  readonly isActive: boolean;
  readonly onChange: (change: RunsSearch) => void;
}

export function RunFilters({ search, isActive, onChange }: RunFiltersProps) {
  const { state, advertiser, destination, delivery, slot, from, to } = search;
  return (
    <FilterBar isActive={isActive} onClear={() => onChange(NOTHING)}>
      <Select
        label="State"
        placeholder="Any"
        data={STATES}
        value={state ?? null}
        clearable
        w={160}
        onChange={(value) => onChange({ state: choiceParam(value, RUN_CHOICES) })}
      />
      <DestinationFilter value={destination} onChange={(value) => onChange({ destination: value })} />
      <AdvertiserFilter value={advertiser} onChange={(value) => onChange({ advertiser: value })} />
      <FilterText label="Slot" placeholder="2026-W47" width={120} value={slot} onChange={(value) => onChange({ slot: value })} />
      {delivery !== undefined && (
        <FilterText label="Delivery" width={220} value={delivery} onChange={(value) => onChange({ delivery: value })} />
      )}
      <TextInput
        label="From (UTC)"
        type="date"
        w={150}
        max={to}
        value={from ?? ''}
        onChange={(event) => onChange({ from: event.currentTarget.value || undefined })}
      />
      <TextInput
        label="To (UTC)"
        type="date"
        w={150}
        min={from}
        value={to ?? ''}
        onChange={(event) => onChange({ to: event.currentTarget.value || undefined })}
      />
    </FilterBar>
  );
}
