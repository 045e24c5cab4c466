import { Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { UserShape } from '../../../../../src/shapes/user-shapes.ts';
import { patch } from '../../../api/client.ts';
import { ChangeDialog } from '../../../components/change-dialog.tsx';
import { announce } from '../../../lib/announce.ts';
import { type Access, AccessFields, sameAgencies } from '../access/access-fields.tsx';
import { usersQuery } from './users-query.ts';

interface EditUserProps {
  readonly user: UserShape;
  readonly isOwn: boolean;
  readonly onClose: () => void;
}

/** Changes what a user is called, may do and sees. */
export function EditUser({ user, isOwn, onClose }: EditUserProps) {
  const client = useQueryClient();
  const [name, setName] = useState(user.name);
  const [access, setAccess] = useState<Access>({ role: user.role, agencies: user.agencies });
  const change = {
    ...(name.trim() === user.name ? {} : { name: name.trim() }),
    ...(access.role === user.role ? {} : { role: access.role }),
    ...(sameAgencies(access.agencies, user.agencies) ? {} : { agencies: access.agencies }),
  };
  const save = useMutation({
    mutationFn: () => patch<unknown>(`/api/users/${encodeURIComponent(user.id)}`, change),
    onSuccess: async () => {
      const words = `${name.trim()} is changed.`;
      notifications.show({ message: words });
      announce(words);
      onClose();
      await client.invalidateQueries(usersQuery);
    },
  });
  const endsSessions = 'role' in change || 'agencies' in change;
  return (
    <ChangeDialog
      title={`Change ${user.name}`}
      label="Save"
      isBusy={save.isPending}
      error={save.error}
      isIncomplete={name.trim() === '' || Object.keys(change).length === 0}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        description={user.email}
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        required
        data-autofocus
      />
      <AccessFields value={access} onChange={setAccess} />
      {endsSessions && (
        <Text size="sm" c="var(--aq-warn)">
          {isOwn
            ? 'This is you: you are signed out, and what you may no longer do or see is gone.'
            : 'They are signed out everywhere, and find the change when they sign in again.'}
        </Text>
      )}
    </ChangeDialog>
  );
}
