import { Alert, Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { DataTable } from '../../../components/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Pager } from '../../../components/pager.tsx';
import { SearchField } from '../../../components/search-field.tsx';
import { Section } from '../../../components/section.tsx';
import { Warnings } from '../../../components/warnings.tsx';
import { counted } from '../../../lib/format.ts';
import { PAGE_SIZE } from '../queries.ts';
import type { TabProps } from '../tab-props.ts';
import { AssignPlaces } from './assign-places.tsx';
import { assignedColumns } from './assigned-columns.tsx';
import { assignedPoisQuery } from './place-queries.ts';
import { RemovePlaces } from './remove-places.tsx';
import { RepairPlaces } from './repair-places.tsx';
import { StoreLists } from './store-lists.tsx';
import { PlacesSummary } from './summary.tsx';
import { useSelection } from './use-selection.ts';

type Open = { readonly act: 'assign' | 'repair' } | { readonly act: 'remove'; readonly md5s: readonly string[] };

/** The places of an advertiser, and the lists of stores that it handed in. */
export function Places({ advertiser, search, onSearch }: TabProps) {
  const [open, setOpen] = useState<Open | null>(null);
  const selection = useSelection();
  const { data, error, refetch } = useQuery(assignedPoisQuery(advertiser, { q: search.q, page: search.page }));
  const summary = data?.data.poi_summary;
  const shown = (data?.data.pois ?? []).map(({ SEGMENT_MD5: md5 }) => md5);
  const isAllChosen = shown.length > 0 && shown.every(selection.has);
  const close = (): void => setOpen(null);
  return (
    <Stack gap="md">
      <Section
        title="Places"
        description="Stores and other places whose visits count for the advertiser."
        actions={
          <Button
            size="xs"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setOpen({ act: 'assign' })}
            aria-haspopup="dialog"
          >
            Assign places
          </Button>
        }
      >
        <Warnings of={data?.warnings} />
        {summary !== undefined && summary.total_segments > 0 && <PlacesSummary summary={summary} />}
        {summary !== undefined && summary.unknown_segments > 0 && (
          <Alert color="yellow" variant="outline" mb="sm" icon={<IconAlertTriangle aria-hidden />}>
            <Group justify="space-between" gap="xs">
              <Text size="sm">{counted(summary.unknown_segments, 'place')} with an id that nobody knows.</Text>
              <Button size="xs" variant="default" onClick={() => setOpen({ act: 'repair' })} aria-haspopup="dialog">
                Repair
              </Button>
            </Group>
          </Alert>
        )}
        {summary !== undefined && summary.denied_segments > 0 && (
          <Alert color="red" variant="outline" mb="sm" icon={<IconAlertTriangle aria-hidden />}>
            <Text size="sm">
              {counted(summary.denied_segments, 'place')} of a sensitive category: while they are assigned, no audience of store
              visitors is delivered.
            </Text>
          </Alert>
        )}
        <Group gap="sm" mb="sm" justify="space-between">
          <Group gap="sm">
            <SearchField
              label="Search places"
              placeholder="Brand, area or postal code"
              value={search.q}
              onChange={(q) => onSearch({ q })}
            />
            <Checkbox
              label="All of this page"
              checked={isAllChosen}
              indeterminate={!isAllChosen && shown.some(selection.has)}
              disabled={shown.length === 0}
              onChange={(event) => selection.set(shown, event.currentTarget.checked)}
            />
          </Group>
          {selection.size > 0 && (
            <Button
              size="xs"
              variant="default"
              onClick={() => setOpen({ act: 'remove', md5s: selection.keys })}
              aria-haspopup="dialog"
            >
              Remove {counted(selection.size, 'place')}
            </Button>
          )}
        </Group>
        <DataTable
          caption="Places"
          columns={assignedColumns(selection, (md5s) => setOpen({ act: 'remove', md5s }))}
          rows={data?.data.pois}
          rowKey={({ SEGMENT_MD5, SEGMENT_UNIQUE_ID }) => `${SEGMENT_MD5} ${SEGMENT_UNIQUE_ID}`}
          error={error}
          onRetry={refetch}
          empty={
            search.q === undefined ? (
              <EmptyState
                title="No places are assigned yet"
                action={<Button onClick={() => setOpen({ act: 'assign' })}>Assign places</Button>}
              >
                Without them no store visits are counted.
              </EmptyState>
            ) : (
              <EmptyState title="No place is like that">Search for less.</EmptyState>
            )
          }
        />
        {data !== undefined && (
          <Pager
            what="places"
            total={data.data.total}
            size={PAGE_SIZE}
            page={search.page ?? 1}
            onPage={(page) => onSearch({ page: page === 1 ? undefined : page })}
          />
        )}
      </Section>
      <StoreLists advertiser={advertiser} />
      {open?.act === 'assign' && <AssignPlaces advertiser={advertiser} onClose={close} />}
      {open?.act === 'repair' && <RepairPlaces advertiser={advertiser} onClose={close} />}
      {open?.act === 'remove' && (
        <RemovePlaces advertiser={advertiser} md5s={open.md5s} onDone={selection.clear} onClose={close} />
      )}
    </Stack>
  );
}
