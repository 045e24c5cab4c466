import { IconHandGrab } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { change } from '../../api/config.ts';
import type { Alert } from '../../api/types.ts';
import { ConfirmAction } from '../../components/confirm-action.tsx';

/** Lets somebody say that they see to an alert, so that nobody else does. */
export function TakeOn({ alert: { key, agencyId } }: { readonly alert: Alert }) {
  const client = useQueryClient();
  const take = async (note: string): Promise<string> => {
    await change('acknowledge-alert', { key, note, ...(agencyId === null ? {} : { agency_id: agencyId }) });
    await client.invalidateQueries({ queryKey: ['alerts'] });
    return 'You have taken it on.';
  };
  return (
    <ConfirmAction
      label="Take on"
      title="Take this on?"
      size="xs"
      icon={<IconHandGrab size={14} aria-hidden />}
      reason="required"
      reasonLabel="What you do about it"
      action={take}
    >
      Everybody sees that you are at it, and what you do. It stays until its cause is gone.
    </ConfirmAction>
  );
}
