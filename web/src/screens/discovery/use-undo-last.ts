import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { takeBack } from '../../components/undo-notice.tsx';
import { announce } from '../../lib/announce.ts';

interface Last {
  readonly auditId: string;
  readonly agencyId: string;
}

/** Remembers the last change that was made in a list, for the key that takes it back. */
export function useUndoLast(): {
  readonly remember: (agencyId: string, auditId: string | null) => void;
  readonly undo: () => void;
} {
  const client = useQueryClient();
  const last = useRef<Last | null>(null);
  return {
    remember(agencyId, auditId) {
      last.current = auditId === null ? null : { auditId, agencyId };
    },
    undo() {
      const done = last.current;
      last.current = null;
      if (done === null) announce('There is nothing to undo.');
      else void takeBack(client, done);
    },
  };
}
