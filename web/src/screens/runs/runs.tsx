import { Button, Center, Paper } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { runsQuery } from '../../api/delivery-queries.ts';
import { DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useAgency } from '../../shell/use-agency.ts';
import type { RunsSearch } from './routes.ts';
import { RUN_COLUMNS } from './run-columns.tsx';
import { RunFilters } from './run-filters.tsx';
import { RunsTabs } from './runs-tabs.tsx';

const route = getRouteApi('/shell/runs');

/** Runs, newest first, as they go. */
export function Runs() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const agencyId = useAgency();
  const { state, advertiser, destination, delivery, slot, from, to } = search;
  const runs = useInfiniteQuery(
    runsQuery({
      ...{ agencyId, destination, slot, from, to },
      advertiserId: advertiser,
      deliveryId: delivery,
      ...(state === 'held' ? { held: 'true' } : state === 'unfinished' ? { unfinished: 'true' } : { state }),
    }),
  );
  const narrow = (change: RunsSearch): void => void navigate({ search: (before) => ({ ...before, ...change }) });
  const isActive = [state, advertiser, destination, delivery, slot, from, to].some((value) => value !== undefined);
  return (
    <>
      <PageHeader title="Runs" description="Each delivery for each of its slots, newest first." />
      <RunsTabs />
      <RunFilters search={search} isActive={isActive} onChange={narrow} />
      <Paper withBorder px="sm" py={4}>
        <DataTable
          caption="Runs"
          columns={RUN_COLUMNS}
          rows={runs.data?.pages.flatMap((page) => page.runs)}
          rowKey={({ runId }) => runId}
          error={runs.error}
          onRetry={() => runs.refetch()}
          onRowClick={({ runId }) => void navigate({ to: '/runs/$id', params: { id: runId }, search: {} })}
          empty={
            isActive ? (
              <EmptyState title="No run is like that">Take a filter away to see more.</EmptyState>
            ) : (
              <EmptyState title="There are no runs yet">
                The first ones come when a delivery is due. Deliveries shows when that is.
              </EmptyState>
            )
          }
        />
      </Paper>
      {runs.hasNextPage && (
        <Center mt="md">
          <Button variant="default" loading={runs.isFetchingNextPage} onClick={() => void runs.fetchNextPage()}>
            Show more
          </Button>
        </Center>
      )}
    </>
  );
}
