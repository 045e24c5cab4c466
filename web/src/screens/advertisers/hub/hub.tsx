import { Button, Paper } from '@mantine/core';
import { IconPlus, IconSearchOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { DataTable } from '../../../components/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { Pager } from '../../../components/pager.tsx';
import { Warnings } from '../../../components/warnings.tsx';
import { counted } from '../../../lib/format.ts';
import { useAgency } from '../../../shell/use-agency.ts';
import type { AdvertisersSearch } from '../routes.ts';
import { CreateAdvertiser } from './create-advertiser.tsx';
import { HUB_COLUMNS } from './hub-columns.tsx';
import { HubFilters } from './hub-filters.tsx';
import { hubQuery, PAGE_SIZE } from './hub-query.ts';

/** All advertisers, the busiest first, with what their set-up still needs. */
export function Hub() {
  const search: AdvertisersSearch = useSearch({ from: '/shell/advertisers' });
  const agencyId = useAgency();
  const navigate = useNavigate();
  const [isCreating, setCreating] = useState(false);
  const { data, error, refetch } = useQuery(hubQuery(search, agencyId));
  const change = (changed: Partial<AdvertisersSearch>): void =>
    void navigate({ to: '.', search: (before) => ({ ...before, page: undefined, ...changed }), replace: 'q' in changed });
  const isNarrowed = [search.q, search.needs, search.has, search.status, search.delivery].some((value) => value !== undefined);
  return (
    <>
      <PageHeader
        title="Advertisers"
        description={data === undefined ? 'Who audiences are made for' : counted(data.total, 'advertiser')}
        actions={
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setCreating(true)} aria-haspopup="dialog">
            New advertiser
          </Button>
        }
      />
      <HubFilters search={search} onChange={change} />
      <Warnings of={data?.warnings} />
      <Paper withBorder px="sm" py={4}>
        <DataTable
          caption="Advertisers"
          columns={HUB_COLUMNS}
          rows={data?.rows}
          rowKey={({ AGENCY_ID, ADVERTISER_ID }) => `${AGENCY_ID} ${ADVERTISER_ID}`}
          error={error}
          onRetry={refetch}
          sort={search.sort}
          onSort={(sort) => change({ sort })}
          onRowClick={({ AGENCY_ID, ADVERTISER_ID }) =>
            void navigate({
              to: '/advertisers/$agencyId/$advertiserId',
              params: { agencyId: AGENCY_ID, advertiserId: ADVERTISER_ID },
            })
          }
          empty={
            isNarrowed ? (
              <EmptyState
                title="No advertiser is like that"
                icon={<IconSearchOff size={40} stroke={1.5} aria-hidden />}
                action={
                  <Button
                    variant="default"
                    onClick={() =>
                      change({ q: undefined, needs: undefined, has: undefined, status: undefined, delivery: undefined })
                    }
                  >
                    Show all
                  </Button>
                }
              >
                Search for less, or for another name or id.
              </EmptyState>
            ) : (
              <EmptyState
                title="There are no advertisers yet"
                action={<Button onClick={() => setCreating(true)}>New advertiser</Button>}
              >
                They come with the warehouse's names and configuration, or are made here.
              </EmptyState>
            )
          }
        />
      </Paper>
      {data !== undefined && (
        <Pager
          what="advertisers"
          total={data.total}
          size={PAGE_SIZE}
          page={search.page ?? 1}
          onPage={(page) => change({ page: page === 1 ? undefined : page })}
        />
      )}
      {isCreating && <CreateAdvertiser agencyId={agencyId} onClose={() => setCreating(false)} />}
    </>
  );
}
