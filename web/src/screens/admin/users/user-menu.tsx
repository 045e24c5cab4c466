import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconLink, IconPencil, IconUserCheck, IconUserOff } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { UserShape } from '../../../../../src/shapes/user-shapes.ts';
import { patch } from '../../../api/client.ts';
import { ConfirmDialog } from '../../../components/confirm-action.tsx';
import { EditUser } from './edit-user.tsx';
import { NewLink } from './new-link.tsx';
import { usersQuery } from './users-query.ts';

/** What can be done with a user. */
export function UserMenu({ user, isOwn }: { readonly user: UserShape; readonly isOwn: boolean }) {
  const [open, setOpen] = useState<'edit' | 'link' | 'switch' | null>(null);
  const close = (): void => setOpen(null);
  const Switch = user.disabled ? IconUserCheck : IconUserOff;
  return (
    <>
      <Menu position="bottom-end" width={200}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`What to do with ${user.name}`}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setOpen('edit')}>
            Change
          </Menu.Item>
          {!user.disabled && (
            <Menu.Item leftSection={<IconLink size={16} aria-hidden />} onClick={() => setOpen('link')}>
              New link
            </Menu.Item>
          )}
          <Menu.Item leftSection={<Switch size={16} aria-hidden />} onClick={() => setOpen('switch')}>
            {user.disabled ? 'Enable' : 'Disable'}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {open === 'edit' && <EditUser user={user} isOwn={isOwn} onClose={close} />}
      {open === 'link' && <NewLink user={user} onClose={close} />}
      {open === 'switch' && <SwitchUser user={user} isOwn={isOwn} onClose={close} />}
    </>
  );
}

interface SwitchUserProps {
  readonly user: UserShape;
  readonly isOwn: boolean;
  readonly onClose: () => void;
}

function SwitchUser({ user: { id, name, disabled }, isOwn, onClose }: SwitchUserProps) {
  const client = useQueryClient();
  const act = async (): Promise<string> => {
    await patch(`/api/users/${encodeURIComponent(id)}`, { disabled: !disabled });
    await client.invalidateQueries(usersQuery);
    return disabled ? `${name} can sign in again.` : `${name} is disabled.`;
  };
  return (
    <ConfirmDialog
      label={disabled ? 'Enable' : 'Disable'}
      title={disabled ? `Enable ${name}?` : `Disable ${name}?`}
      danger={!disabled}
      action={act}
      onClose={onClose}
    >
      {disabled
        ? 'They sign in as before, and the keys that they made work again.'
        : `${isOwn ? 'This is you. ' : ''}They are signed out everywhere, their links stop working, and the keys that they made are refused. The logs go on to name them.`}
    </ConfirmDialog>
  );
}
