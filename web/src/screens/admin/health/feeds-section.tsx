import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { FeedHealth } from '../../../../../src/shapes/config/health.ts';
import { Count } from '../../../components/count.tsx';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { FeedStatus } from '../../../components/feed-status.tsx';
import { Instant } from '../../../components/instant.tsx';
import { NoValue } from '../../../components/no-value.tsx';
import { Section } from '../../../components/section.tsx';
import { TableName } from '../../../components/table-name.tsx';
import { Warnings } from '../../../components/warnings.tsx';
import { counted } from '../../../lib/format.ts';
import { pipelineQuery } from './health-queries.ts';

const COLUMNS: readonly Column<FeedHealth>[] = [
  {
    id: 'feed',
    header: 'Feed',
    cell: ({ FEED: feed, CADENCE: cadence }) => (
      <>
        <TableName name={feed} />
        <Text size="xs" c="dimmed">
          {cadence}
        </Text>
      </>
    ),
  },
  { id: 'status', header: 'Status', cell: ({ STATUS: status }) => <FeedStatus status={status} /> },
  { id: 'detail', header: 'What was found', cell: (feed) => <Found feed={feed} /> },
  {
    id: 'newest',
    header: 'Newest row',
    cell: ({ NEWEST_AT: at, LAST_KNOWN_AT: last }) => <Instant at={at ?? last} as="relative" inTable />,
  },
  { id: 'policy', header: 'Allowed age', wide: true, cell: (feed) => <Policy feed={feed} /> },
  { id: 'volume', header: 'Volume', wide: true, cell: ({ VOLUME: volume }) => <Volume volume={volume} /> },
  { id: 'used', header: 'Used by', align: 'right', wide: true, cell: ({ USED_BY: used }) => <Count value={used} /> },
];

function Found({ feed: { DETAIL, STATUS, CHECKED_AT, LAST_KNOWN_AT, FUTURE_ROWS } }: { readonly feed: FeedHealth }) {
  return (
    <>
      {DETAIL}
      {FUTURE_ROWS !== null && FUTURE_ROWS > 0 && (
        <Text size="xs" c="var(--aq-warn)">
          {counted(FUTURE_ROWS, 'row')} of the future, which do not count
        </Text>
      )}
      {STATUS === 'UNKNOWN' && (
        <Text size="xs" c="dimmed">
          {CHECKED_AT === null ? (
            'It was never looked at with a result.'
          ) : (
            <>
              Looked at last <Instant at={CHECKED_AT} as="relative" inTable />
              {LAST_KNOWN_AT !== null && (
                <>
                  ; its newest row then was of <Instant at={LAST_KNOWN_AT} inTable />
                </>
              )}
            </>
          )}
        </Text>
      )}
    </>
  );
}

/** The policy that it is judged by. */
function Policy({ feed: { HEALTHY_DAYS: healthy, CRITICAL_DAYS: critical } }: { readonly feed: FeedHealth }) {
  if (healthy === null && critical === null) return 'not judged';
  return (
    <>
      {healthy !== null && <div>{counted(healthy, 'day')}</div>}
      {critical !== null && (
        <Text size="xs" c="dimmed">
          critical beyond {counted(critical, 'day')}
        </Text>
      )}
    </>
  );
}

function Volume({ volume }: { readonly volume: FeedHealth['VOLUME'] }) {
  if (volume === null) return <NoValue />;
  return (
    <>
      <FeedStatus status={volume.STATUS} />
      <Text size="xs" c="dimmed">
        {volume.DETAIL}
      </Text>
    </>
  );
}

/** How old the newest rows are that audiences come from, judged by one table of ages. */
export function FeedsSection({ agencyId }: { readonly agencyId: string | undefined }) {
  const { data, error, refetch } = useQuery(pipelineQuery(agencyId));
  return (
    <Section
      title="Feeds"
      description={
        data === undefined ? (
          'Where audiences come from.'
        ) : (
          <>
            <FeedStatus status={data.data.OVERALL} /> on the whole, looked at <Instant at={data.data.CHECKED_AT} as="relative" />
          </>
        )
      }
    >
      <Warnings of={data?.warnings} />
      <DataTable
        caption="Feeds"
        columns={COLUMNS}
        rows={data?.data.FEEDS}
        rowKey={({ FEED }) => FEED}
        error={error}
        onRetry={refetch}
        empty={<EmptyState title="The warehouse has no feed">Nothing can be counted from it yet.</EmptyState>}
      />
      {data !== undefined && data.data.ABSENT.length > 0 && (
        <Text size="sm" c="dimmed" mt="sm" style={{ overflowWrap: 'anywhere' }}>
          The warehouse has no table for: {data.data.ABSENT.join(', ')}
        </Text>
      )}
    </Section>
  );
}
