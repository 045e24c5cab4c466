import { Checkbox, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { TriggerOutcome } from '../../../../src/shapes/trigger-shapes.ts';
import { post } from '../../api/client.ts';
import type { Delivery } from '../../api/types.ts';
import { ConfirmDialog } from '../../components/confirm-action.tsx';
import { counted } from '../../lib/format.ts';

interface RunNowDialogProps {
  readonly delivery: Delivery & { readonly destination: string };
  readonly name: string;
  readonly onClose: () => void;
}

/** Asks for the current slot of a delivery to be run now. */
export function RunNowDialog({ delivery, name, onClose }: RunNowDialogProps) {
  const client = useQueryClient();
  const [force, setForce] = useState(false);
  const { agencyId, advertiserId, destination } = delivery;
  const run = async (): Promise<string> => {
    const outcome = await post<TriggerOutcome>('/api/delivery/run', { agencyId, advertiserId, destination, force });
    await Promise.all([client.invalidateQueries({ queryKey: ['deliveries'] }), client.invalidateQueries({ queryKey: ['runs'] })]);
    return wordsFor(outcome);
  };
  return (
    <ConfirmDialog label="Run now" title={`Run ${name} now?`} action={run} onClose={onClose}>
      <Stack gap="sm">
        <div>
          The current slot of this advertiser&apos;s deliveries to {destination} is run as soon as a worker is free. What the slot
          has delivered already is left alone.
        </div>
        <Checkbox
          label="Send again what the slot has delivered"
          checked={force}
          onChange={(event) => setForce(event.currentTarget.checked)}
        />
      </Stack>
    </ConfirmDialog>
  );
}

function wordsFor({ runs, notPlanned }: TriggerOutcome): string {
  const begun =
    runs.length === 0 ? 'Nothing is run' : `${counted(runs.length, 'run')} ${runs.length === 1 ? 'is' : 'are'} on the way`;
  const [first] = notPlanned;
  return first === undefined ? `${begun}.` : `${begun}. Not planned: ${first.detail}`;
}
