import { Button, EmptyState, Text } from '@mantine/core';
import { IconAlertTriangle, IconLock, IconRefresh } from '@tabler/icons-react';
import { isApiError } from '../api/api-error.ts';

/** In the place of what could not be loaded: what happened, what to do, and another try where it can help. */
export function ErrorState({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => unknown }) {
  const known = isApiError(error) ? error : null;
  const isForbidden = known?.status === 403;
  const message = known?.message ?? 'This page has a fault.';
  const hint = known === null ? 'Load it again. If that does not help, please report it.' : known.hint;
  return (
    <EmptyState
      role="alert"
      py="xl"
      icon={isForbidden ? <IconLock size={40} aria-hidden /> : <IconAlertTriangle size={40} aria-hidden />}
      title={message}
      description={hint}
    >
      {onRetry !== undefined && !isForbidden && (
        <EmptyState.Actions>
          <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} onClick={() => onRetry()}>
            Try again
          </Button>
        </EmptyState.Actions>
      )}
      {known !== null && known.code !== '' && (
        <Text size="xs" c="dimmed">
          {known.code}
        </Text>
      )}
    </EmptyState>
  );
}
