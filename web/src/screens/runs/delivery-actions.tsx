import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconPlayerPause, IconPlayerPlay, IconSend } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { post } from '../../api/client.ts';
import type { Delivery } from '../../api/types.ts';
import { ConfirmDialog } from '../../components/confirm-action.tsx';
import { RunNowDialog } from './run-now-dialog.tsx';

/** What a person can do with a delivery. */
export function DeliveryActions({ delivery }: { readonly delivery: Delivery }) {
  const client = useQueryClient();
  const [open, setOpen] = useState<'pause' | 'resume' | 'run' | null>(null);
  const { deliveryId, advertiserName, advertiserId, destination, state } = delivery;
  const name = destination === null ? (advertiserName ?? advertiserId) : `${advertiserName ?? advertiserId} to ${destination}`;
  const canPause = deliveryId !== null && state !== 'paused';
  const canRun = destination !== null && state !== 'off';
  if (deliveryId === null && !canRun) return null;
  const act = (action: 'pause' | 'resume', done: string) => async (reason: string) => {
    await post(`/api/delivery/deliveries/${deliveryId}/${action}`, reason === '' ? {} : { reason });
    await client.invalidateQueries({ queryKey: ['deliveries'] });
    return done;
  };
  const close = (): void => setOpen(null);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${name}`}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {canRun && (
            <Menu.Item leftSection={<IconSend size={16} aria-hidden />} onClick={() => setOpen('run')}>
              Run now
            </Menu.Item>
          )}
          {canPause && (
            <Menu.Item leftSection={<IconPlayerPause size={16} aria-hidden />} onClick={() => setOpen('pause')}>
              Pause
            </Menu.Item>
          )}
          {state === 'paused' && (
            <Menu.Item leftSection={<IconPlayerPlay size={16} aria-hidden />} onClick={() => setOpen('resume')}>
              Resume
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {open === 'pause' && (
        <ConfirmDialog
          label="Pause"
          title={`Pause ${name}?`}
          reason="optional"
          action={act('pause', 'The delivery is paused.')}
          onClose={close}
        >
          No more runs are planned, and those that wait stay. One that is being worked on goes on.
        </ConfirmDialog>
      )}
      {open === 'resume' && (
        <ConfirmDialog
          label="Resume"
          title={`Resume ${name}?`}
          reason="optional"
          action={act('resume', 'The delivery runs again.')}
          onClose={close}
        >
          Runs are planned again. A slot that was missed meanwhile runs once, late.
        </ConfirmDialog>
      )}
      {open === 'run' && destination !== null && (
        <RunNowDialog delivery={{ ...delivery, destination }} name={name} onClose={close} />
      )}
    </>
  );
}
