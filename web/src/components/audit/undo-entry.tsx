import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { AuditLogRow } from '../../../../src/shapes/config/audit.ts';
import { change } from '../../api/config.ts';
import { ConfirmDialog } from '../confirm-action.tsx';
import { refreshConfig } from '../undo-notice.tsx';
import { actionWords } from './action-words.ts';

/** Takes a change of the history back. */
export function UndoEntry({ entry }: { readonly entry: AuditLogRow }) {
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const undo = async (reason: string): Promise<string> => {
    await change('undo', { audit_id: entry.AUDIT_ID, agency_id: entry.AGENCY_ID, reason });
    await refreshConfig(client);
    return 'Undone. This can be undone too.';
  };
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setOpen(true)} aria-haspopup="dialog">
        Undo
      </Button>
      {isOpen && (
        <ConfirmDialog
          label="Undo"
          title={`Undo “${actionWords(entry.ACTION)}”?`}
          reason="required"
          action={undo}
          onClose={() => setOpen(false)}
        >
          Every row that it wrote becomes what it was before. What has been changed since is left alone.
        </ConfirmDialog>
      )}
    </>
  );
}
