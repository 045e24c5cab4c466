import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { deliveriesQuery } from '../../api/delivery-queries.ts';
import { useAgency } from '../../shell/use-agency.ts';

interface AdvertiserFilterProps {
  /** The id. */
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

/** More would make the list slow; who looks for one types. */
const SHOWN = 100;

/** One of the advertisers that have deliveries, by name or id, and whatever the address names. */
export function AdvertiserFilter({ value, onChange }: AdvertiserFilterProps) {
  const { data } = useQuery(deliveriesQuery({ agencyId: useAgency() }));
  const names = new Map<string, string>(value === undefined ? [] : [[value, `Advertiser ${value}`]]);
  for (const { advertiserId, advertiserName } of data ?? []) {
    names.set(advertiserId, advertiserName === null ? `Advertiser ${advertiserId}` : `${advertiserName} (${advertiserId})`);
  }
  return (
    <Select
      label="Advertiser"
      placeholder="Any"
      data={[...names].map(([id, label]) => ({ value: id, label }))}
      value={value ?? null}
      clearable
      searchable
      limit={SHOWN}
      w={220}
      nothingFoundMessage="None is called so"
      onChange={(id) => onChange(id ?? undefined)}
    />
  );
}
