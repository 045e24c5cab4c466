import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlayerStop, IconRefresh } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DeliveryPreview } from '../../../../../src/shapes/config/delivery.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorNote } from '../../../components/error-note.tsx';
import { Note } from '../../../components/note.tsx';
import { Section } from '../../../components/section.tsx';
import type { AdvertiserKey } from '../queries.ts';
import type { Draft } from './draft.ts';
import { Elapsed } from './elapsed.tsx';
import classes from './preview.module.css';
import { previewQuery } from './preview-query.ts';
import { PreviewSegment } from './preview-segment.tsx';

const DEBOUNCE_MS = 600;

interface PreviewProps {
  readonly advertiser: AdvertiserKey;
  readonly draft: Draft;
}

/** What would go out as the editor stands, counted anew a moment after each change. */
export function Preview({ advertiser, draft }: PreviewProps) {
  const client = useQueryClient();
  const [settled] = useDebouncedValue(draft, DEBOUNCE_MS);
  const [stopped, setStopped] = useState<Draft | null>(null);
  const [last, setLast] = useState<DeliveryPreview>();
  const isStopped = stopped === settled;
  const query = previewQuery(advertiser, settled);
  const { data, error, isFetching, refetch } = useQuery({ ...query, enabled: settled.entries.length > 0 && !isStopped });
  if (data !== undefined && data !== last) setLast(data);
  const isBusy = isFetching || draft !== settled;
  const shown = data ?? last;
  const stop = (): void => {
    setStopped(settled);
    void client.cancelQueries({ queryKey: query.queryKey });
  };
  const again = (): void => {
    if (isStopped) setStopped(null);
    else void refetch();
  };
  return (
    <Section
      title="Preview"
      description="What would go now with these settings. Nothing is sent, and nothing has to be saved."
      actions={
        isFetching ? (
          <Button size="xs" variant="default" leftSection={<IconPlayerStop size={14} aria-hidden />} onClick={stop}>
            Stop
          </Button>
        ) : (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconRefresh size={14} aria-hidden />}
            onClick={again}
            disabled={settled.entries.length === 0}
          >
            Count again
          </Button>
        )
      }
    >
      {settled.entries.length === 0 ? (
        <EmptyState title="Nothing to count">Add a destination to see what would go there.</EmptyState>
      ) : (
        <Stack gap="md">
          <Group gap="xs" mih={24} role="status">
            {isFetching && (
              <>
                <Loader size={16} />
                <Text size="sm" c="dimmed">
                  Counting <Elapsed />
                </Text>
              </>
            )}
            {!isFetching && isStopped && (
              <Text size="sm" c="dimmed">
                Stopped; not counted.
              </Text>
            )}
            {!isFetching && !isStopped && shown !== undefined && error === null && (
              <Text size="sm" c="dimmed">
                {isBusy ? 'Waits until you stop typing' : 'Counted'}
              </Text>
            )}
          </Group>
          <ErrorNote error={isBusy ? null : error} />
          {shown !== undefined && error === null && (
            <div className={classes.shown} data-old={isBusy || isStopped || undefined} aria-busy={isBusy}>
              <Counted preview={shown} />
            </div>
          )}
        </Stack>
      )}
    </Section>
  );
}

function Counted({ preview: { segments, notCounted } }: { readonly preview: DeliveryPreview }) {
  return (
    <Stack gap="md">
      {segments.map((segment) => (
        <PreviewSegment key={`${segment.destination} ${segment.segmentId}`} segment={segment} isAlone={segments.length === 1} />
      ))}
      {notCounted.map(({ destination, audienceId, reason, detail, advice }) => (
        <Note key={`${destination} ${audienceId} ${reason}`} tone="bad" title={`${destination ?? 'No destination'}: not counted`}>
          <div>{detail}</div>
          {advice !== null && <div>{advice}</div>}
        </Note>
      ))}
      {segments.length === 0 && notCounted.length === 0 && <Text size="sm">There is nothing to count.</Text>}
    </Stack>
  );
}
