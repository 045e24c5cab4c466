import { Group, Select } from '@mantine/core';
import { SearchField } from '../../../components/search-field.tsx';
import { DELIVERY_STATES, HAS, NEEDS, STATUSES } from '../choices.ts';
import { deliveryWords } from '../config-badges.tsx';
import type { AdvertisersSearch } from '../routes.ts';
import { STATUS_WORDS } from '../words.ts';

interface HubFiltersProps {
  readonly search: AdvertisersSearch;
  /** Changes what the address says; the first page is shown again. */
  readonly onChange: (change: Partial<AdvertisersSearch>) => void;
}

const NOUNS = { campaigns: 'campaigns', domains: 'domains', places: 'places', delivery: 'delivery' } as const;

const SETUP_CHOICES = [
  ...NEEDS.map((needs) => ({ value: `needs ${needs}`, label: needs === 'any' ? 'Needs set-up' : `Needs ${NOUNS[needs]}` })),
  ...HAS.map((has) => ({ value: `has ${has}`, label: `Has ${NOUNS[has]}` })),
];

/** What the list is narrowed by. */
export function HubFilters({ search, onChange }: HubFiltersProps) {
  const { needs, has } = search;
  return (
    <Group gap="xs" mb="md" align="flex-end">
      <SearchField label="Search advertisers" placeholder="Name or id" value={search.q} onChange={(q) => onChange({ q })} />
      <Select
        aria-label="Set-up"
        placeholder="Any set-up"
        clearable
        data={SETUP_CHOICES}
        value={needs !== undefined ? `needs ${needs}` : has !== undefined ? `has ${has}` : null}
        onChange={(value) => {
          const [kind, what] = value?.split(' ') ?? [];
          onChange({
            needs: kind === 'needs' ? (what as AdvertisersSearch['needs']) : undefined,
            has: kind === 'has' ? (what as AdvertisersSearch['has']) : undefined,
          });
        }}
        w={{ base: '100%', xs: 170 }}
      />
      <Select
        aria-label="Status"
        placeholder="Any status"
        clearable
        data={STATUSES.map((status) => ({ value: status, label: STATUS_WORDS[status] }))}
        value={search.status ?? null}
        onChange={(status) => onChange({ status: (status ?? undefined) as AdvertisersSearch['status'] })}
        w={{ base: '100%', xs: 160 }}
      />
      <Select
        aria-label="Delivery"
        placeholder="Any delivery"
        clearable
        data={DELIVERY_STATES.map((state) => ({ value: state, label: deliveryWords(state) }))}
        value={search.delivery ?? null}
        onChange={(delivery) => onChange({ delivery: (delivery ?? undefined) as AdvertisersSearch['delivery'] })}
        w={{ base: '100%', xs: 170 }}
      />
    </Group>
  );
}
