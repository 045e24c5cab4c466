import { IconLock } from '@tabler/icons-react';
import type { Role } from '../auth/use-me.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { PageHeader } from '../components/page-header.tsx';

/** In the place of a screen that is for others. */
export function Forbidden({ role }: { readonly role: Role }) {
  return (
    <>
      <PageHeader title="Not for your role" />
      <EmptyState title={`This page needs the role ${role}`} icon={<IconLock size={40} stroke={1.5} aria-hidden />}>
        Ask an administrator to do what you came for, or for the role.
      </EmptyState>
    </>
  );
}
