import { SegmentedControl, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { z } from 'zod';
import type { SettleStoreListBody, StoreListRow, settledStoreList } from '../../../../../src/shapes/config/store-lists.ts';
import { ChangeDialog } from '../../../components/change-dialog.tsx';
import { useChange } from '../../../lib/use-change.ts';

interface SettleStoreListProps {
  readonly list: StoreListRow;
  readonly onClose: () => void;
}

/** Says what came of a list of stores. */
export function SettleStoreList({ list, onClose }: SettleStoreListProps) {
  const [status, setStatus] = useState<'PROCESSED' | 'REJECTED'>('PROCESSED');
  const [why, setWhy] = useState('');
  const name = list.FILE_NAME ?? 'The list';
  const settle = useChange<SettleStoreListBody, z.infer<typeof settledStoreList>>('settle-storelist', {
    say: ({ upload }) => `${name} is ${upload.STATUS === 'REJECTED' ? 'rejected' : 'done'}.`,
    onDone: onClose,
  });
  return (
    <ChangeDialog
      title={`What came of ${name}?`}
      label="Settle"
      isBusy={settle.isPending}
      error={settle.error}
      isIncomplete={status === 'REJECTED' && why.trim() === ''}
      onSubmit={() =>
        settle.mutate({
          agency_id: list.AGENCY_ID,
          upload_id: list.UPLOAD_ID,
          status,
          ...(status === 'REJECTED' ? { error: why.trim() } : {}),
        })
      }
      onClose={onClose}
    >
      <SegmentedControl
        aria-label="What came of it"
        data={[
          { value: 'PROCESSED', label: 'Places were made of it' },
          { value: 'REJECTED', label: 'It cannot be used' },
        ]}
        value={status}
        onChange={(value) => setStatus(value as typeof status)}
      />
      {status === 'REJECTED' ? (
        <TextInput
          label="Why"
          description="Whoever handed it in reads this."
          maxLength={500}
          value={why}
          onChange={(event) => setWhy(event.currentTarget.value)}
          required
        />
      ) : (
        <Text size="sm" c="dimmed">
          Its places are assigned, so that nobody has to look at it again.
        </Text>
      )}
    </ChangeDialog>
  );
}
