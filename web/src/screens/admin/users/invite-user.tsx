import { Button, TextInput } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { UserWithLink } from '../../../../../src/shapes/user-shapes.ts';
import { post } from '../../../api/client.ts';
import { ChangeDialog } from '../../../components/change-dialog.tsx';
import { type Access, AccessFields } from '../access/access-fields.tsx';
import { LinkDialog } from './link-dialog.tsx';
import { usersQuery } from './users-query.ts';

/** Makes a user, and shows the link by which they set a password. */
export function InviteUser() {
  const [isOpen, setOpen] = useState(false);
  const [made, setMade] = useState<UserWithLink | null>(null);
  return (
    <>
      <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={() => setOpen(true)} aria-haspopup="dialog">
        Invite
      </Button>
      {isOpen && (
        <InviteDialog
          onClose={() => setOpen(false)}
          onMade={(user) => {
            setOpen(false);
            setMade(user);
          }}
        />
      )}
      {made !== null && <LinkDialog made={made} onClose={() => setMade(null)} />}
    </>
  );
}

interface InviteDialogProps {
  readonly onClose: () => void;
  readonly onMade: (made: UserWithLink) => void;
}

function InviteDialog({ onClose, onMade }: InviteDialogProps) {
  const client = useQueryClient();
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  // The least until somebody says more.
  const [access, setAccess] = useState<Access>({ role: 'viewer', agencies: [] });
  const invite = useMutation({
    mutationFn: () => post<UserWithLink>('/api/users', { email: email.trim(), name: name.trim(), ...access }),
    onSuccess: async (user) => {
      onMade(user);
      await client.invalidateQueries(usersQuery);
    },
  });
  return (
    <ChangeDialog
      title="Invite somebody"
      label="Invite"
      isBusy={invite.isPending}
      error={invite.error}
      isIncomplete={email.trim() === '' || name.trim() === ''}
      onSubmit={() => invite.mutate()}
      onClose={onClose}
    >
      <TextInput
        label="E-mail"
        description="They sign in with it."
        type="email"
        autoComplete="off"
        maxLength={254}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        required
        data-autofocus
      />
      <TextInput
        label="Name"
        autoComplete="off"
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        required
      />
      <AccessFields value={access} onChange={setAccess} />
    </ChangeDialog>
  );
}
