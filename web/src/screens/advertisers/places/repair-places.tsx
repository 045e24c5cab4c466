import { List, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { RepairedPoi, repairPoiBody } from '../../../../../src/shapes/config/places.ts';
import { ChangeDialog } from '../../../components/change-dialog.tsx';
import { ErrorState } from '../../../components/error-state.tsx';
import { TableSkeleton } from '../../../components/table-skeleton.tsx';
import { counted } from '../../../lib/format.ts';
import { useChange } from '../../../lib/use-change.ts';
import { type AdvertiserKey, keyOf } from '../queries.ts';
import { repairableQuery } from './place-queries.ts';

interface RepairPlacesProps {
  readonly advertiser: AdvertiserKey;
  readonly onClose: () => void;
}

/** Puts the real id in the place of a made-up one. */
export function RepairPlaces({ advertiser, onClose }: RepairPlacesProps) {
  const { data, error, refetch } = useQuery(repairableQuery(advertiser));
  const repair = useChange<z.input<typeof repairPoiBody>, RepairedPoi>('repair-poi', {
    say: ({ repaired, remaining }) =>
      `${counted(repaired, 'place')} repaired${remaining > 0 ? `; of ${counted(remaining, 'place')} the real id is not known` : ''}.`,
    onDone: onClose,
  });
  const can = data?.rows.filter(({ REPAIRABLE: repairable }) => repairable) ?? [];
  const cannot = (data?.rows.length ?? 0) - can.length;
  return (
    <ChangeDialog
      title="Repair places"
      label="Repair"
      isBusy={repair.isPending}
      error={repair.error}
      isIncomplete={can.length === 0}
      onSubmit={() => repair.mutate(keyOf(advertiser))}
      onClose={onClose}
    >
      <Text size="sm">
        These assignments have an id that was made up and that no list of places knows, so that nobody can tell which brand they
        are.
      </Text>
      {data === undefined &&
        (error === null ? <TableSkeleton columns={2} rows={3} /> : <ErrorState error={error} onRetry={refetch} />)}
      {can.length > 0 && (
        <List size="sm">
          {can.slice(0, 10).map(({ SEGMENT_MD5: md5, SEGMENT_UNIQUE_ID: id, REAL_UNIQUE_ID: real, BRAND: brand }) => (
            <List.Item key={md5}>
              {id ?? 'no id'} becomes {real} ({brand ?? 'no brand'})
            </List.Item>
          ))}
          {can.length > 10 && <List.Item>and {can.length - 10} more</List.Item>}
        </List>
      )}
      {cannot > 0 && (
        <Text size="sm" c="var(--aq-warn)">
          Of {counted(cannot, 'place')} the real id is not known: they can only be removed.
        </Text>
      )}
    </ChangeDialog>
  );
}
