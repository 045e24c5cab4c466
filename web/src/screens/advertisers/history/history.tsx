import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { AuditLogRow } from '../../../../../src/shapes/config/audit.ts';
import { listOf } from '../../../api/config.ts';
import { AuditEntry } from '../../../components/audit/audit-entry.tsx';
import { EntryList } from '../../../components/audit/entry-list.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorState } from '../../../components/error-state.tsx';
import { Pager } from '../../../components/pager.tsx';
import { Section } from '../../../components/section.tsx';
import { TableSkeleton } from '../../../components/table-skeleton.tsx';
import { Warnings } from '../../../components/warnings.tsx';
import { keyOf } from '../queries.ts';
import type { TabProps } from '../tab-props.ts';

const PAGE_SIZE = 25;

/** Who changed what of the advertiser, and the way back. */
export function History({ advertiser, search: { page = 1 }, onSearch }: TabProps) {
  const query = { ...keyOf(advertiser), limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE };
  const { data, error, refetch } = useQuery({
    queryKey: ['config', 'audit-log', query],
    queryFn: ({ signal }) => listOf<AuditLogRow>('audit-log', { query, signal }),
    placeholderData: keepPreviousData,
  });
  return (
    <Section title="History" description="Changes of its configuration and of what is assigned to it, newest first.">
      <Warnings of={data?.warnings} />
      {data === undefined && (error === null ? <TableSkeleton columns={1} /> : <ErrorState error={error} onRetry={refetch} />)}
      {data?.rows.length === 0 && (
        <EmptyState title="Nothing was changed here yet">What is changed from now on is kept here.</EmptyState>
      )}
      {data !== undefined && data.rows.length > 0 && (
        <>
          <EntryList label="History">
            {data.rows.map((entry) => (
              <AuditEntry key={entry.AUDIT_ID} entry={entry} />
            ))}
          </EntryList>
          <Pager
            what="changes"
            total={data.total}
            size={PAGE_SIZE}
            page={page}
            onPage={(to) => onSearch({ page: to === 1 ? undefined : to })}
          />
        </>
      )}
    </Section>
  );
}
