import { Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { UserShape, UserWithLink } from '../../../../../src/shapes/user-shapes.ts';
import { post } from '../../../api/client.ts';
import { ChangeDialog } from '../../../components/change-dialog.tsx';
import { LinkDialog } from './link-dialog.tsx';
import { usersQuery } from './users-query.ts';

/** Makes another link for somebody who has forgotten the password, or let the first one run out. */
export function NewLink({ user, onClose }: { readonly user: UserShape; readonly onClose: () => void }) {
  const client = useQueryClient();
  const make = useMutation({
    mutationFn: () => post<UserWithLink>(`/api/users/${encodeURIComponent(user.id)}/link`),
    onSuccess: () => client.invalidateQueries(usersQuery),
  });
  if (make.data !== undefined) return <LinkDialog made={make.data} onClose={onClose} />;
  return (
    <ChangeDialog
      title={`A new link for ${user.name}?`}
      label="Make the link"
      isBusy={make.isPending}
      error={make.error}
      onSubmit={() => make.mutate()}
      onClose={onClose}
    >
      <Text size="sm">
        Whoever opens it sets another password for {user.email} and is signed in; all their other sessions end then. A link that
        they have now stops working at once.
      </Text>
    </ChangeDialog>
  );
}
