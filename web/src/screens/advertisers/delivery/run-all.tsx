import { Checkbox, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { TriggerOutcome } from '../../../../../src/shapes/trigger-shapes.ts';
import { post } from '../../../api/client.ts';
import { ConfirmDialog } from '../../../components/confirm-action.tsx';
import { counted } from '../../../lib/format.ts';
import type { AdvertiserKey } from '../queries.ts';

interface RunAllProps {
  readonly advertiser: AdvertiserKey;
  readonly name: string;
  readonly onClose: () => void;
}

/** Asks for the current slots of all deliveries of the advertiser to be run now. */
export function RunAll({ advertiser, name, onClose }: RunAllProps) {
  const client = useQueryClient();
  const [force, setForce] = useState(false);
  const run = async (): Promise<string> => {
    const { runs, notPlanned } = await post<TriggerOutcome>('/api/delivery/run', { ...advertiser, force });
    await Promise.all(['deliveries', 'runs', 'newest-runs'].map((of) => client.invalidateQueries({ queryKey: [of] })));
    const begun = runs.length === 0 ? 'Nothing is run.' : `${counted(runs.length, 'run')} on the way.`;
    return [begun, ...notPlanned.map(({ destination, detail }) => `${destination ?? 'No destination'}: ${detail}.`)].join(' ');
  };
  return (
    <ConfirmDialog label="Run now" title={`Run the deliveries of ${name} now?`} action={run} onClose={onClose}>
      <Stack gap="sm">
        <div>
          The current slot of each delivery is run as soon as a worker is free. What a slot has delivered already is left alone.
        </div>
        <Checkbox
          label="Send again what the slots have delivered"
          checked={force}
          onChange={(event) => setForce(event.currentTarget.checked)}
        />
      </Stack>
    </ConfirmDialog>
  );
}
