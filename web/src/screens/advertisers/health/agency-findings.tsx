import { List, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { PipelineHealth } from '../../../../../src/shapes/config/health.ts';
import { oneOf } from '../../../api/config.ts';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorState } from '../../../components/error-state.tsx';
import { FeedStatus } from '../../../components/feed-status.tsx';
import { Instant } from '../../../components/instant.tsx';
import { Section } from '../../../components/section.tsx';
import { TableSkeleton } from '../../../components/table-skeleton.tsx';

type Feed = PipelineHealth['FEEDS'][number];

const COLUMNS: readonly Column<Feed>[] = [
  { id: 'feed', header: 'Feed', cell: ({ FEED: feed }) => feed },
  { id: 'status', header: 'Status', cell: ({ STATUS: status }) => <FeedStatus status={status} /> },
  { id: 'detail', header: 'What was found', cell: ({ DETAIL: detail }) => detail },
  { id: 'newest', header: 'Newest row', wide: true, cell: ({ NEWEST_AT: at }) => <Instant at={at} as="relative" inTable /> },
];

/** The feeds that the advertiser's agency depends on, and what is wrong with the agency's data. */
export function AgencyFindings({ agencyId }: { readonly agencyId: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['config', 'pipeline-health', agencyId],
    queryFn: ({ signal }) => oneOf<PipelineHealth>('pipeline-health', { query: { agency_id: agencyId }, signal }),
  });
  const agency = data?.data.AGENCIES.find(({ AGENCY_ID: id }) => id === agencyId);
  return (
    <Section title="Data of the agency" description="Where its figures and audiences come from.">
      {data === undefined &&
        (error === null ? <TableSkeleton columns={3} rows={5} /> : <ErrorState error={error} onRetry={refetch} />)}
      {agency !== undefined && agency.FINDINGS.length > 0 && (
        <List size="sm" mb="sm">
          {agency.FINDINGS.map(({ CODE: code, SEVERITY: severity, MESSAGE: message }) => (
            <List.Item key={`${code} ${message}`}>
              <strong>{severity}</strong> {message}
            </List.Item>
          ))}
        </List>
      )}
      {agency !== undefined && agency.NOT_CHECKED.length > 0 && (
        <Text size="sm" c="dimmed" mb="sm">
          Not checked: {agency.NOT_CHECKED.join(', ')}
        </Text>
      )}
      {data !== undefined && (
        <DataTable
          caption="Feeds"
          columns={COLUMNS}
          rows={data.data.FEEDS}
          rowKey={({ FEED }) => FEED}
          empty={<EmptyState title="The warehouse has no feed">Nothing can be counted from it yet.</EmptyState>}
        />
      )}
    </Section>
  );
}
