import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { QueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { isApiError } from '../api/api-error.ts';
import { change } from '../api/config.ts';
import { announce } from '../lib/announce.ts';

/** How long a change can be taken back from the notice. Later the history does it. */
const SHOWN_MS = 10_000;

interface Done {
  readonly client: QueryClient;
  /** What has been done, in a sentence. */
  readonly message: string;
  readonly agencyId: string;
  /** The entry of the audit log; null when nothing was written, and then there is nothing to take back. */
  readonly auditId: string | null;
  readonly warnings?: readonly string[];
}

/** All that /api/config has been asked, and what the deliveries are doing, is asked anew. */
export async function refreshConfig(client: QueryClient): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: ['config'] }),
    client.invalidateQueries({ queryKey: ['deliveries'] }),
    client.invalidateQueries({ queryKey: ['readiness'] }),
  ]);
}

/** Says that a change was made, and offers to take it back. */
export function showDone({ client, message, agencyId, auditId, warnings = [] }: Done): void {
  const id = notifications.show({
    message: (
      <>
        <Text size="sm">{message}</Text>
        {warnings.map((warning) => (
          <Text key={warning} size="sm" c="var(--aq-warn)">
            {warning}
          </Text>
        ))}
        {auditId !== null && <Undo auditId={auditId} agencyId={agencyId} client={client} onEnd={() => notifications.hide(id)} />}
      </>
    ),
    autoClose: SHOWN_MS,
    closeButtonProps: { 'aria-label': 'Close the notice' },
  });
  announce(auditId === null ? message : `${message} It can be undone.`);
}

interface UndoProps {
  readonly client: QueryClient;
  readonly auditId: string;
  readonly agencyId: string;
  readonly onEnd: () => void;
}

/** Takes a change back right after it was made, and says what came of it. */
export async function takeBack(
  client: QueryClient,
  { auditId, agencyId }: { readonly auditId: string; readonly agencyId: string },
): Promise<void> {
  try {
    await change('undo', { audit_id: auditId, agency_id: agencyId, reason: 'Undone right after it was done.' });
    notifications.show({ message: 'Undone.' });
    announce('Undone.');
    await refreshConfig(client);
  } catch (error) {
    const words = isApiError(error)
      ? [error.message, error.hint].filter((text) => text !== null).join(' ')
      : 'It could not be undone.';
    notifications.show({ message: words, color: 'red' });
    announce(words);
  }
}

function Undo({ client, auditId, agencyId, onEnd }: UndoProps) {
  const [isBusy, setBusy] = useState(false);
  const undo = async (): Promise<void> => {
    setBusy(true);
    await takeBack(client, { auditId, agencyId });
    onEnd();
  };
  return (
    <Group gap="xs" mt={6}>
      <Button size="compact-sm" variant="default" loading={isBusy} onClick={undo}>
        Undo
      </Button>
    </Group>
  );
}
