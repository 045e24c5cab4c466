import { Text } from '@mantine/core';
import type { Run } from '../../api/types.ts';
import { Count } from '../../components/count.tsx';
import type { Column } from '../../components/data-table.tsx';
import { Instant } from '../../components/instant.tsx';
import { TextLink } from '../../components/links.tsx';
import { NoValue } from '../../components/no-value.tsx';
import { RunStateBadge } from '../../components/state-badge.tsx';
import { durationText } from '../../lib/format.ts';
import { reasonWords } from './reason-words.ts';

/** What a list of runs shows. */
export const RUN_COLUMNS: readonly Column<Run>[] = [
  {
    id: 'segment',
    header: 'Segment',
    cell: ({ runId, segmentName, advertiserId, agencyId }) => (
      <>
        <TextLink to="/runs/$id" params={{ id: runId }} fw={500}>
          {segmentName}
        </TextLink>
        <Text size="xs" c="dimmed">
          advertiser {advertiserId}, agency {agencyId}
        </Text>
      </>
    ),
  },
  {
    id: 'state',
    header: 'State',
    cell: (run) => {
      const why = reasonWords(run);
      return (
        <>
          <RunStateBadge run={run} />
          {why !== null && (
            <Text size="xs" c="dimmed">
              {why}
            </Text>
          )}
        </>
      );
    },
  },
  {
    id: 'slot',
    header: 'Slot',
    cell: ({ slot, generation, late }) => (
      <>
        {slot}
        {(generation > 0 || late) && (
          <Text size="xs" c="dimmed">
            {[generation > 0 ? 'run again' : null, late ? 'late' : null].filter((word) => word !== null).join(', ')}
          </Text>
        )}
      </>
    ),
  },
  { id: 'destination', header: 'Destination', cell: ({ destination }) => destination },
  { id: 'rows', header: 'Rows', align: 'right', cell: ({ rows, stagedAt }) => <Count value={stagedAt === null ? null : rows} /> },
  { id: 'planned', header: 'Planned', wide: true, cell: ({ plannedAt }) => <Instant at={plannedAt} inTable /> },
  {
    id: 'took',
    header: 'Took',
    align: 'right',
    wide: true,
    cell: ({ startedAt, finishedAt }) =>
      startedAt === null || finishedAt === null ? <NoValue /> : durationText(Date.parse(finishedAt) - Date.parse(startedAt)),
  },
];
