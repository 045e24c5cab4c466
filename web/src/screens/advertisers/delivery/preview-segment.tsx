import { Button, Collapse, Group, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconHandStop } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { DeliveryPreview } from '../../../../../src/shapes/config/delivery.ts';
import { CountBar } from '../../../components/counts/count-bar.tsx';
import { CountTable } from '../../../components/counts/count-table.tsx';
import { countsOf } from '../../../components/counts/counts-of.ts';
import { Instant } from '../../../components/instant.tsx';
import { Note } from '../../../components/note.tsx';
import { StateBadge } from '../../../components/state-badge.tsx';
import { bytesText, counted, countText } from '../../../lib/format.ts';

type Segment = DeliveryPreview['segments'][number];

const KINDS = { written: 'Goes', suppressed: 'Suppressed', dropped: 'Dropped' } as const;

/** What would go to one segment, and what would not and why. */
export function PreviewSegment({ segment, isAlone }: { readonly segment: Segment; readonly isAlone: boolean }) {
  const [isOpen, setOpen] = useState(isAlone);
  const partsId = useId();
  const { destination, segmentId, segmentName, rows, needed, belowMinimum, estimatedBytes, window, held } = segment;
  const counts = countsOf(segment);
  return (
    <Stack gap={6}>
      <Group justify="space-between" gap="xs" align="flex-start">
        <div>
          <Title order={3}>
            {destination}: {segmentName}
          </Title>
          <Text size="xs" c="dimmed">
            segment {segmentId}
          </Text>
        </div>
        <Verdict segment={segment} />
      </Group>
      {belowMinimum && (
        <Text size="sm" c="var(--aq-warn)">
          {counted(needed, 'identifier')} are needed: nothing is sent while it is so.
        </Text>
      )}
      {!segment.wouldGo && !belowMinimum && segment.detail !== null && (
        <Note tone="warn" title="It would not go">
          {segment.detail}
        </Note>
      )}
      {held !== null && (
        <Note tone="wait" title="It would wait for approval">
          {held.detail}
        </Note>
      )}
      <Text size="lg" fw={600}>
        {counted(rows, 'identifier')}{' '}
        <Text span size="sm" c="dimmed" fw={400}>
          of {countText(segment.selected)} selected, about {bytesText(estimatedBytes)}
        </Text>
      </Text>
      <Change segment={segment} />
      {counts !== null && counts.parts.length > 0 && (
        <>
          <CountBar parts={counts.parts} />
          <div>
            <Button
              size="compact-sm"
              variant="subtle"
              color="gray"
              onClick={() => setOpen(!isOpen)}
              aria-expanded={isOpen}
              aria-controls={partsId}
            >
              {isOpen ? 'Hide what becomes of them' : 'What becomes of them'}
            </Button>
            <Collapse expanded={isOpen} id={partsId}>
              <CountTable
                heading="What becomes of them"
                kinds={KINDS}
                parts={counts.parts}
                selected={counts.selected}
                verticalSpacing={4}
              />
            </Collapse>
          </div>
        </>
      )}
      <Text size="xs" c="dimmed" component="div">
        {window.from === null ? 'All exposures up to ' : 'Exposures from '}
        {window.from !== null && (
          <>
            <Instant at={window.from} inTable /> to{' '}
          </>
        )}
        <Instant at={window.to} inTable />
      </Text>
    </Stack>
  );
}

function Verdict({ segment: { wouldGo, held, belowMinimum } }: { readonly segment: Segment }) {
  if (wouldGo && held !== null) return <StateBadge words="Would wait for approval" tone="warn" icon={IconHandStop} />;
  if (wouldGo) return <StateBadge words="Would go" tone="good" icon={IconCircleCheck} />;
  return <StateBadge words={belowMinimum ? 'Too few' : 'Would not go'} tone="bad" icon={IconAlertTriangle} />;
}

/** Against what was delivered last. */
function Change({ segment: { last } }: { readonly segment: Segment }) {
  if (last === null) {
    return (
      <Text size="sm" c="dimmed">
        Nothing was delivered before.
      </Text>
    );
  }
  const sign = last.change > 0 ? '+' : last.change < 0 ? '−' : '±';
  return (
    <Text size="sm" component="div">
      {sign}
      {countText(Math.abs(last.change))}
      {last.changePercent !== null && ` (${sign}${Math.abs(last.changePercent)}%)`} against {countText(last.rows)} last time,{' '}
      <Instant at={last.deliveredAt} as="relative" inTable />
    </Text>
  );
}
