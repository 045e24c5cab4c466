import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { DataTable } from '../../../components/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Pager } from '../../../components/pager.tsx';
import { Section } from '../../../components/section.tsx';
import { choiceParam } from '../../../lib/search-params.ts';
import { useAgencies } from '../../../shell/use-agencies.ts';
import { AGENCY_STATES } from '../choices.ts';
import { agencyColumns } from './agency-columns.tsx';
import { AGENCY_LOOKS } from './agency-look.ts';
import { pipelineQuery } from './health-queries.ts';

const route = getRouteApi('/shell/admin/health');
const PAGE_SIZE = 25;
const STATES = AGENCY_STATES.map((value) => ({ value, label: AGENCY_LOOKS[value].words }));

/** What each agency has and lacks, worst first. */
export function AgenciesSection({ agencyId }: { readonly agencyId: string | undefined }) {
  const { state, page = 1 } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch } = useQuery(pipelineQuery(agencyId));
  const agencies = useAgencies();
  const columns = useMemo(() => {
    const names = new Map(agencies.map(({ id, name }) => [id, name]));
    return agencyColumns((id) => {
      const name = names.get(id) ?? null;
      return name === null ? `Agency ${id}` : `${name} (${id})`;
    });
  }, [agencies]);
  const rows = data?.data.AGENCIES.filter(({ OVERALL: overall }) => state === undefined || overall === state);
  const narrow = (change: { state?: (typeof AGENCY_STATES)[number] | undefined; page?: number | undefined }): void =>
    void navigate({ search: (before) => ({ ...before, page: undefined, ...change }), resetScroll: false });
  return (
    <Section
      title="Agencies"
      description="What each has of what reports and audiences need, worst first."
      actions={
        <Select
          aria-label="State of agencies"
          placeholder="Any state"
          size="xs"
          clearable
          w={170}
          data={STATES}
          value={state ?? null}
          onChange={(value) => narrow({ state: choiceParam(value, AGENCY_STATES) })}
        />
      }
    >
      <DataTable
        caption="Agencies"
        columns={columns}
        rows={rows?.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)}
        rowKey={({ AGENCY_ID }) => AGENCY_ID}
        error={error}
        onRetry={refetch}
        empty={
          state === undefined ? (
            <EmptyState title="There are no agencies">None in sight has an advertiser that is configured.</EmptyState>
          ) : (
            <EmptyState title="No agency is like that">Choose another state to see more.</EmptyState>
          )
        }
      />
      {rows !== undefined && (
        <Pager
          what="agencies"
          total={rows.length}
          size={PAGE_SIZE}
          page={page}
          onPage={(to) => narrow({ state, page: to === 1 ? undefined : to })}
        />
      )}
    </Section>
  );
}
