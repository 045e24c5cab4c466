import { Loader, Select, type SelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { advertiserSearchQuery, SHORTEST_SEARCH } from '../api/config-queries.ts';

type AdvertiserSelectProps = Omit<SelectProps, 'data' | 'value' | 'onChange'> & {
  readonly agencyId: string;
  readonly value: string | null;
  /** The id, and the name as it was shown. */
  readonly onChange: (advertiserId: string | null, name: string | null) => void;
  /** An advertiser that may not be chosen. */
  readonly except?: string;
};

const DEBOUNCE_MS = 300;

/** An advertiser of an agency to choose, found by name or id while one types. */
export function AdvertiserSelect({ agencyId, value, onChange, except, ...rest }: AdvertiserSelectProps) {
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState<{ readonly value: string; readonly label: string } | null>(null);
  const [settled] = useDebouncedValue(words.trim(), DEBOUNCE_MS);
  const { data, isFetching, isError } = useQuery(advertiserSearchQuery(settled === chosen?.label ? '' : settled, agencyId));
  const found = (data?.rows ?? [])
    .filter(({ ADVERTISER_ID: id }) => id !== except && id !== chosen?.value)
    .map(({ ADVERTISER_ID: id, ADVERTISER_NAME: name }) => ({
      value: id,
      label: name === null ? `Advertiser ${id}` : `${name} (${id})`,
    }));
  const options = chosen === null ? found : [chosen, ...found];
  return (
    <Select
      {...rest}
      data={options}
      value={value}
      searchable
      searchValue={words}
      onSearchChange={setWords}
      // The server has searched already, and forgives typing errors.
      filter={({ options: all }) => all}
      placeholder="Name or id"
      rightSection={isFetching ? <Loader size={14} /> : undefined}
      nothingFoundMessage={
        isError
          ? 'The search failed.'
          : words.trim().length < SHORTEST_SEARCH
            ? 'Type two letters or more.'
            : isFetching
              ? 'Looking…'
              : 'Nobody is called so.'
      }
      onChange={(id, option) => {
        setChosen(id === null ? null : { value: id, label: option?.label ?? id });
        onChange(id, option?.label ?? null);
      }}
    />
  );
}
