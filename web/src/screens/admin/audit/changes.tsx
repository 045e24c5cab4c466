import { Select } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { AuditLogRow } from '../../../../../src/shapes/config/audit.ts';
import { listOf } from '../../../api/config.ts';
import { actionWords, CONFIG_ACTIONS } from '../../../components/audit/action-words.ts';
import { AuditEntry } from '../../../components/audit/audit-entry.tsx';
import { EntryList } from '../../../components/audit/entry-list.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorState } from '../../../components/error-state.tsx';
import { FilterBar } from '../../../components/filter-bar.tsx';
import { FilterText } from '../../../components/filter-text.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { Pager } from '../../../components/pager.tsx';
import { TableSkeleton } from '../../../components/table-skeleton.tsx';
import { Warnings } from '../../../components/warnings.tsx';
import { choiceParam } from '../../../lib/search-params.ts';
import { useAgency } from '../../../shell/use-agency.ts';
import { AdminTabs } from '../admin-tabs.tsx';
import type { ChangesSearch } from '../routes.ts';
import { ChangeSubject } from './change-subject.tsx';

const route = getRouteApi('/shell/admin/changes');
const PAGE_SIZE = 25;
const ACTIONS = CONFIG_ACTIONS.map((value) => ({ value, label: actionWords(value) }));

/** Changes of configuration and mappings of all advertisers, and the way back. */
export function Changes() {
  const { advertiser, action, page = 1 } = route.useSearch();
  const navigate = route.useNavigate();
  const agencyId = useAgency();
  const query = { agency_id: agencyId, advertiser_id: advertiser, action, limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE };
  const { data, error, refetch } = useQuery({
    queryKey: ['config', 'audit-log', query],
    queryFn: ({ signal }) => listOf<AuditLogRow>('audit-log', { query, signal }),
    placeholderData: keepPreviousData,
  });
  const narrow = (change: ChangesSearch): void =>
    void navigate({ search: (before) => ({ ...before, page: undefined, ...change }) });
  const isActive = advertiser !== undefined || action !== undefined;
  return (
    <>
      <PageHeader
        title="Changes"
        description="Who changed which configuration or mapping, what it was before, and the way back."
      />
      <AdminTabs />
      <FilterBar isActive={isActive} onClear={() => narrow({ advertiser: undefined, action: undefined })}>
        <FilterText
          label="Advertiser"
          placeholder="Its id"
          value={advertiser}
          onChange={(value) => narrow({ advertiser: value })}
        />
        <Select
          label="What was done"
          placeholder="Anything"
          data={ACTIONS}
          value={action ?? null}
          clearable
          searchable
          w={280}
          onChange={(value) => narrow({ action: choiceParam(value, CONFIG_ACTIONS) })}
        />
      </FilterBar>
      <Warnings of={data?.warnings} />
      {data === undefined && (error === null ? <TableSkeleton columns={1} /> : <ErrorState error={error} onRetry={refetch} />)}
      {data?.rows.length === 0 && (
        <EmptyState
          title={isActive ? 'No change is like that' : 'Nothing was changed here yet'}
          icon={<IconHistory size={40} stroke={1.5} aria-hidden />}
        >
          {isActive ? 'Take a filter away to see more.' : 'What is changed from now on is kept here.'}
        </EmptyState>
      )}
      {data !== undefined && data.rows.length > 0 && (
        <EntryList label="Changes">
          {data.rows.map((entry) => (
            <AuditEntry key={entry.AUDIT_ID} entry={entry} about={<ChangeSubject entry={entry} />} />
          ))}
        </EntryList>
      )}
      {data !== undefined && (
        <Pager
          what="changes"
          total={data.total}
          size={PAGE_SIZE}
          page={page}
          onPage={(to) => narrow({ page: to === 1 ? undefined : to })}
        />
      )}
    </>
  );
}
