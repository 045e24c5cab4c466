import type { ReactNode } from 'react';
import type { AuditLogRow } from '../../../../src/shapes/config/audit.ts';
import { counted } from '../../lib/format.ts';
import { actionWords } from './action-words.ts';
import { ChangedRows } from './changed-rows.tsx';
import { EntryCard } from './entry-card.tsx';
import { UndoEntry } from './undo-entry.tsx';

interface AuditEntryProps {
  readonly entry: AuditLogRow;
  /** Whom it concerns, where that is not said by the screen. */
  readonly about?: ReactNode;
}

/** A change of the configuration: who, when, why, what; and the way back. */
export function AuditEntry({ entry, about }: AuditEntryProps) {
  const { ACTION, ACTOR, ROLE, AT, REASON, NOT_UNDOABLE_REASON: obstacle, UNDOABLE, CHANGE_COUNT } = entry;
  const rows = counted(CHANGE_COUNT, 'row');
  return (
    <EntryCard
      title={actionWords(ACTION)}
      who={ROLE === null ? ACTOR : `${ACTOR} (${ROLE})`}
      at={AT}
      about={
        about === undefined ? (
          rows
        ) : (
          <>
            {about}, {rows}
          </>
        )
      }
      reason={REASON}
      note={obstacle}
      action={UNDOABLE && <UndoEntry entry={entry} />}
    >
      <ChangedRows entry={entry} />
    </EntryCard>
  );
}
