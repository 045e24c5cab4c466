import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlugConnected } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { DestinationTest } from '../../../../../src/shapes/config/delivery.ts';
import { isApiError } from '../../../api/api-error.ts';
import { post } from '../../../api/client.ts';
import { announce } from '../../../lib/announce.ts';

/** Tries whether the destination can be reached and used. Nothing is sent to it. */
export function TestDestination({ name }: { readonly name: string }) {
  const test = useMutation({
    mutationFn: () => post<DestinationTest>(`/api/delivery/destinations/${encodeURIComponent(name)}/test`),
    onSuccess: ({ ok, message, hint }) => tell(`${name}: ${message}${hint === null ? '' : ` ${hint}`}`, ok),
    onError: (error) =>
      tell(`${name}: ${isApiError(error) ? [error.message, error.hint].filter(Boolean).join(' ') : String(error)}`, false),
  });
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconPlugConnected size={14} aria-hidden />}
      loading={test.isPending}
      onClick={() => test.mutate()}
      aria-label={`Test the connection to ${name}`}
    >
      Test
    </Button>
  );
}

function tell(message: string, isGood: boolean): void {
  notifications.show({
    message,
    color: isGood ? 'green' : 'red',
    autoClose: isGood ? 6_000 : false,
    closeButtonProps: { 'aria-label': 'Close the notice' },
  });
  announce(message);
}
