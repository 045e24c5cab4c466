import { IconCheck, IconPlayerStop, IconRefresh, IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { post } from '../../../api/client.ts';
import type { Run } from '../../../api/types.ts';
import { useMay } from '../../../auth/use-me.ts';
import { ConfirmAction } from '../../../components/confirm-action.tsx';
import { countText } from '../../../lib/format.ts';

/** What a person can do with a run as it is; nothing for who may not. */
export function RunActions({ run }: { readonly run: Run }) {
  const client = useQueryClient();
  const may = useMay('operator');
  if (!may) return null;
  const { runId, state, hold, finishedAt, cancelRequested, destination, rows, stagedAt } = run;
  const act = (action: string, done: string) => async (reason: string) => {
    await post(`/api/delivery/runs/${runId}/${action}`, reason === '' ? {} : { reason });
    await Promise.all([
      client.invalidateQueries({ queryKey: ['run', runId] }),
      client.invalidateQueries({ queryKey: ['runs'] }),
      client.invalidateQueries({ queryKey: ['alerts'] }),
    ]);
    return done;
  };
  const what = stagedAt === null ? 'The audience' : `${countText(rows)} rows`;
  return (
    <>
      {hold !== null && (
        <>
          <ConfirmAction
            label="Approve"
            title="Let this run go on?"
            variant="filled"
            icon={<IconCheck size={16} aria-hidden />}
            reason="optional"
            action={act('approve', 'The run goes on.')}
          >
            {what} will be sent to {destination} as soon as a worker is free.
          </ConfirmAction>
          <ConfirmAction
            label="Reject"
            title="End this run?"
            danger
            icon={<IconX size={16} aria-hidden />}
            reason="required"
            action={act('reject', 'The run has ended. Nothing was sent.')}
          >
            Nothing of it will be sent. The next slot is planned as usual.
          </ConfirmAction>
        </>
      )}
      {(state === 'failed' || state === 'skipped') && (
        <ConfirmAction
          label="Retry"
          title="Try this run again?"
          variant="filled"
          icon={<IconRefresh size={16} aria-hidden />}
          reason="optional"
          action={act('retry', 'The run is taken up again.')}
        >
          {stagedAt === null
            ? 'The audience is selected again and sent, as soon as a worker is free.'
            : `The same bytes go to ${destination} under the same names; what is there already is not sent twice.`}
        </ConfirmAction>
      )}
      {finishedAt === null && hold === null && !cancelRequested && (
        <ConfirmAction
          label="Cancel"
          title="Stop this run?"
          danger
          icon={<IconPlayerStop size={16} aria-hidden />}
          reason="optional"
          action={act('cancel', 'The run is being stopped.')}
        >
          It stops at the next sign of life of its worker. What the partner has by then stays there; it can be tried again later.
        </ConfirmAction>
      )}
    </>
  );
}
