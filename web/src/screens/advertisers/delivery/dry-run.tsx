import { Button, Group, List, Modal, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconMinus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { PlanOutput } from '../../../../../src/shapes/shapes.ts';
import { post } from '../../../api/client.ts';
import { ErrorState } from '../../../components/error-state.tsx';
import { Instant } from '../../../components/instant.tsx';
import { StateBadge } from '../../../components/state-badge.tsx';
import { TableSkeleton } from '../../../components/table-skeleton.tsx';
import { bytesText, counted } from '../../../lib/format.ts';
import type { AdvertiserKey } from '../queries.ts';

interface DryRunProps {
  readonly advertiser: AdvertiserKey;
  readonly name: string;
  readonly onClose: () => void;
}

/** What a run of what is saved would deliver. Nothing is changed. */
export function DryRun({ advertiser, name, onClose }: DryRunProps) {
  const { data, error, refetch } = useQuery({
    queryKey: ['dry-run', advertiser],
    queryFn: ({ signal }) => post<PlanOutput>('/api/delivery/run', { ...advertiser, dryRun: true }, { signal }),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  return (
    <Modal opened onClose={onClose} title={`Dry run of ${name}`} size="lg" centered closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack gap="md" aria-live="polite">
        {data === undefined ? (
          error === null ? (
            <TableSkeleton columns={2} rows={3} />
          ) : (
            <ErrorState error={error} onRetry={refetch} />
          )
        ) : (
          <Plan plan={data} />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Plan({ plan: { deliveries, notDelivered } }: { readonly plan: PlanOutput }) {
  return (
    <>
      {deliveries.map((delivery) => (
        <div key={`${delivery.destination} ${delivery.segmentId}`}>
          <Title order={3}>
            {delivery.destination}: {delivery.segmentName}
          </Title>
          <StateBadge
            {...(delivery.due
              ? { words: `Would be delivered for ${delivery.slot}`, tone: 'good' as const, icon: IconCircleCheck }
              : { words: `${delivery.slot} is delivered already`, tone: 'wait' as const, icon: IconMinus })}
          />
          <List size="sm">
            <List.Item>
              {counted(delivery.rows, 'row')}, about {bytesText(delivery.estimatedBytes)}
            </List.Item>
            <List.Item>
              Next: {delivery.nextSlot}, <Instant at={delivery.nextDueAt} as="both" />
            </List.Item>
          </List>
        </div>
      ))}
      {notDelivered.map(({ destination, segmentId, reason, detail }) => (
        <div key={`${destination} ${segmentId} ${reason}`}>
          <Title order={3}>{destination ?? 'No destination'}</Title>
          <StateBadge words="Would not be delivered" tone="bad" icon={IconAlertTriangle} />
          <Text size="sm">{detail}</Text>
        </div>
      ))}
      {deliveries.length === 0 && notDelivered.length === 0 && <Text size="sm">There is nothing to deliver.</Text>}
    </>
  );
}
