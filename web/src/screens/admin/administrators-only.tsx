import { IconLock, IconUsers } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useMe } from '../../auth/use-me.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { useIsAdministrator } from './use-administrator.ts';

interface AdministratorsOnlyProps {
  /** What is administered: `users`. */
  readonly what: string;
  readonly children: ReactNode;
}

/** What is of users: for administrators of all agencies, on a server that has users. */
export function AdministratorsOnly({ what, children }: AdministratorsOnlyProps) {
  const { mode } = useMe();
  if (!useIsAdministrator()) {
    return (
      <EmptyState title="This is for administrators of all agencies" icon={<IconLock size={40} stroke={1.5} aria-hidden />}>
        You see some agencies alone, and so cannot hand out others. Ask an administrator who sees them all.
      </EmptyState>
    );
  }
  if (mode === 'token') {
    return (
      <EmptyState title={`This server has no ${what}`} icon={<IconUsers size={40} stroke={1.5} aria-hidden />}>
        Whoever has its token may do everything. Write a section <code>users</code> into <code>aquarius.yaml</code> and start the
        server anew: then people sign in, each with a role and agencies of their own. <code>docs/users.md</code> says how.
      </EmptyState>
    );
  }
  return children;
}
