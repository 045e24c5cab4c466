import { Button, Center, Paper, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { deliveriesQuery } from '../../api/delivery-queries.ts';
import { useMay } from '../../auth/use-me.ts';
import { DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { FilterBar } from '../../components/filter-bar.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { sorted } from '../../components/sorting.ts';
import { deliveryStateWords } from '../../components/state-badge.tsx';
import { counted } from '../../lib/format.ts';
import { choiceParam } from '../../lib/search-params.ts';
import { useAgency } from '../../shell/use-agency.ts';
import { AdvertiserFilter } from './advertiser-filter.tsx';
import { DELIVERY_STATES } from './choices.ts';
import { deliveryColumns } from './delivery-columns.tsx';
import { DestinationFilter } from './destination-filter.tsx';
import type { DeliveriesSearch } from './routes.ts';
import { RunsTabs } from './runs-tabs.tsx';

const route = getRouteApi('/shell/deliveries');

/** Rows that are shown at first: thousands would make the page slow. */
const FIRST = 200;

const STATES = DELIVERY_STATES.map((value) => ({ value, label: deliveryStateWords(value) }));

/** The standing orders: what goes where, how often, and how it is going. */
export function Deliveries() {
  const { state, advertiser, destination, sort } = route.useSearch();
  const navigate = route.useNavigate();
  const agencyId = useAgency();
  const mayAct = useMay('operator');
  const [shown, setShown] = useState(FIRST);
  const deliveries = useQuery(deliveriesQuery({ agencyId, advertiserId: advertiser, destination, state }));
  const narrow = (change: DeliveriesSearch): void => void navigate({ search: (before) => ({ ...before, ...change }) });
  const isActive = [state, advertiser, destination].some((value) => value !== undefined);
  const columns = deliveryColumns(mayAct);
  const rows = deliveries.data;
  return (
    <>
      <PageHeader title="Deliveries" description="Standing orders: an audience to a destination, again and again." />
      <RunsTabs />
      <FilterBar isActive={isActive} onClear={() => narrow({ state: undefined, advertiser: undefined, destination: undefined })}>
        <Select
          label="State"
          placeholder="Any"
          data={STATES}
          value={state ?? null}
          clearable
          w={140}
          onChange={(value) => narrow({ state: choiceParam(value, DELIVERY_STATES) })}
        />
        <DestinationFilter value={destination} onChange={(value) => narrow({ destination: value })} />
        <AdvertiserFilter value={advertiser} onChange={(value) => narrow({ advertiser: value })} />
      </FilterBar>
      <Paper withBorder px="sm" py={4}>
        <DataTable
          caption="Deliveries"
          columns={columns}
          rows={rows === undefined ? undefined : sorted(rows, columns, sort).slice(0, shown)}
          rowKey={({ deliveryId, agencyId: agency, advertiserId, destination: to, segmentId }) =>
            deliveryId ?? [agency, advertiserId, to, segmentId].join(' ')
          }
          error={deliveries.error}
          onRetry={() => deliveries.refetch()}
          sort={sort}
          onSort={(next) => narrow({ sort: next })}
          empty={
            isActive ? (
              <EmptyState title="No delivery is like that">Take a filter away to see more.</EmptyState>
            ) : (
              <EmptyState title="No advertiser is delivered yet">
                Switch the delivery of an advertiser on and give it a destination.
              </EmptyState>
            )
          }
        />
      </Paper>
      {rows !== undefined && rows.length > shown && (
        <Center mt="md">
          <Button variant="default" onClick={() => setShown(rows.length)}>
            Show all {counted(rows.length, 'delivery', 'deliveries')}
          </Button>
        </Center>
      )}
    </>
  );
}
