import { Alert, Button, Drawer, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { AssignedPoi, assignPoiBody, PoiBrandRow } from '../../../../../src/shapes/config/places.ts';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorNote } from '../../../components/error-note.tsx';
import { Warnings } from '../../../components/warnings.tsx';
import { counted, countText } from '../../../lib/format.ts';
import { useChange } from '../../../lib/use-change.ts';
import { type AdvertiserKey, keyOf } from '../queries.ts';
import { BrandPlaces } from './brand-places.tsx';
import { brandsQuery, SHORTEST_SEARCH } from './place-queries.ts';

type Body = z.input<typeof assignPoiBody>;

const DEBOUNCE_MS = 300;

interface AssignPlacesProps {
  readonly advertiser: AdvertiserKey;
  readonly onClose: () => void;
}

/** Finds brands by name and market area, and assigns all of their places or those that are chosen. */
export function AssignPlaces({ advertiser, onClose }: AssignPlacesProps) {
  const [search, setSearch] = useState('');
  const [dma, setDma] = useState('');
  const [chosen, setChosen] = useState<PoiBrandRow | null>(null);
  const [settledSearch] = useDebouncedValue(search.trim(), DEBOUNCE_MS);
  const [settledDma] = useDebouncedValue(dma.trim(), DEBOUNCE_MS);
  const [refused, setRefused] = useState<AssignedPoi['rejected']>([]);
  const assign = useChange<Body, AssignedPoi>('assign-poi', {
    say: (answer) => assignedWords(answer),
    onDone: ({ rejected }) => setRefused(rejected),
  });
  const { data, error, refetch } = useQuery(brandsQuery(settledSearch, settledDma));
  const isAsked = settledSearch.length >= SHORTEST_SEARCH || settledDma.length >= SHORTEST_SEARCH;
  const area =
    settledDma.length >= SHORTEST_SEARCH && chosen?.DMA_NAMES.length === 1 ? (chosen.DMA_NAMES[0] ?? undefined) : undefined;
  const columns: readonly Column<PoiBrandRow>[] = [
    {
      id: 'brand',
      header: 'Brand',
      cell: ({ BRAND: brand, CATEGORY: category, REASON: reason }) => (
        <Stack gap={0} miw={0}>
          <Text component="span" size="sm" fw={500} style={{ overflowWrap: 'anywhere' }}>
            {brand}
          </Text>
          <Text component="span" size="xs" c={reason === null ? 'dimmed' : 'var(--aq-bad)'}>
            {reason ?? category ?? ''}
          </Text>
        </Stack>
      ),
    },
    {
      id: 'places',
      header: 'Places',
      align: 'right',
      cell: ({ UNIQUE_LOCATIONS: places, DMA_NAMES: areas }) => (
        <>
          {countText(places)}
          <Text size="xs" c="dimmed">
            {areas.length === 1 ? areas[0] : counted(areas.length, 'market area')}
          </Text>
        </>
      ),
    },
    {
      id: 'actions',
      header: 'Actions',
      align: 'right',
      cell: (row) => (
        <Button
          size="xs"
          variant="default"
          disabled={!row.ASSIGNABLE}
          onClick={() => setChosen(row)}
          aria-label={`Choose places of ${row.BRAND}`}
        >
          Choose
        </Button>
      ),
    },
  ];
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="xl"
      title="Assign places"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack gap="md">
        {refused.length > 0 && <Refused refused={refused} />}
        <ErrorNote error={assign.error} />
        {chosen === null ? (
          <>
            <SimpleGrid cols={{ base: 1, xs: 2 }}>
              <TextInput
                label="Brand"
                placeholder="Two letters or more"
                value={search}
                onChange={(event) => setSearch(event.currentTarget.value)}
                data-autofocus
              />
              <TextInput
                label="Market area"
                placeholder="Such as Chicago"
                value={dma}
                onChange={(event) => setDma(event.currentTarget.value)}
              />
            </SimpleGrid>
            <Warnings of={isAsked ? data?.warnings : undefined} />
            {isAsked ? (
              <DataTable
                caption="Brands"
                columns={columns}
                rows={data?.rows}
                rowKey={({ BRAND }) => BRAND}
                error={error}
                onRetry={refetch}
                empty={<EmptyState title="No brand is called so">Search for less, or in another market area.</EmptyState>}
              />
            ) : (
              <EmptyState title="Search for a brand or a market area">Then choose all of its places, or some of them.</EmptyState>
            )}
            {isAsked && data !== undefined && data.total > data.rows.length && (
              <Text size="sm" c="dimmed">
                {countText(data.rows.length)} of {countText(data.total)} brands: search for more letters.
              </Text>
            )}
          </>
        ) : (
          <BrandPlaces
            advertiser={advertiser}
            brand={chosen}
            dma={area}
            isBusy={assign.isPending}
            onAssign={(choice) => assign.mutate({ ...keyOf(advertiser), ...choice })}
            onBack={() => {
              setChosen(null);
              assign.reset();
            }}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Done
          </Button>
        </Group>
      </Stack>
    </Drawer>
  );
}

function assignedWords({ inserted, skipped, rejected, total_segments: total }: AssignedPoi): string {
  const parts = [
    `${counted(inserted, 'place')} assigned`,
    skipped > 0 ? `${countText(skipped)} were there already` : null,
    rejected.length > 0 ? `${countText(rejected.length)} cannot be assigned` : null,
    `${countText(total)} in all`,
  ];
  return `${parts.filter((part) => part !== null).join(', ')}.`;
}

/** What cannot be assigned, by why. */
function Refused({ refused }: { readonly refused: AssignedPoi['rejected'] }) {
  const byReason = Map.groupBy(refused, ({ message }) => message);
  return (
    <Alert
      color="yellow"
      variant="outline"
      title={<Text c="var(--aq-warn)">{counted(refused.length, 'place')} cannot be assigned</Text>}
    >
      {[...byReason].map(([message, places]) => (
        <Text key={message} size="sm">
          {counted(places.length, 'place')}: {message}
        </Text>
      ))}
    </Alert>
  );
}
