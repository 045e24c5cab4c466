import { Text } from '@mantine/core';
import type { z } from 'zod';
import type { RemovedPoi, removePoiBody } from '../../../../../src/shapes/config/places.ts';
import { ChangeDialog } from '../../../components/change-dialog.tsx';
import { counted } from '../../../lib/format.ts';
import { useChange } from '../../../lib/use-change.ts';
import { type AdvertiserKey, keyOf } from '../queries.ts';

interface RemovePlacesProps {
  readonly advertiser: AdvertiserKey;
  readonly md5s: readonly string[];
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Takes places away from the advertiser. */
export function RemovePlaces({ advertiser, md5s, onDone, onClose }: RemovePlacesProps) {
  const remove = useChange<z.input<typeof removePoiBody>, RemovedPoi>('remove-poi', {
    say: ({ deleted, total_segments: left }) => `${counted(deleted, 'place')} removed, ${left} left.`,
    onDone: () => {
      onDone();
      onClose();
    },
  });
  return (
    <ChangeDialog
      title={`Remove ${counted(md5s.length, 'place')}?`}
      label="Remove"
      danger
      isBusy={remove.isPending}
      error={remove.error}
      onSubmit={() => remove.mutate({ ...keyOf(advertiser), segment_md5s: [...md5s] })}
      onClose={onClose}
    >
      <Text size="sm">Visits there, and devices seen there, no longer count for the advertiser.</Text>
    </ChangeDialog>
  );
}
