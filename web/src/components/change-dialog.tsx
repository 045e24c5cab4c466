import { Alert, Button, Group, Modal, type ModalProps, Stack, Text } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { isApiError } from '../api/api-error.ts';
import { useFocusBack } from '../lib/use-focus-back.ts';
import { ErrorNote } from './error-note.tsx';

interface ChangeDialogProps {
  readonly title: string;
  /** On the button that does it. */
  readonly label: string;
  readonly children: ReactNode;
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly danger?: boolean;
  /** Something is still to be filled in. */
  readonly isIncomplete?: boolean;
  /** For what somebody else has: takes it from them. */
  readonly onTakeOver?: () => void;
  readonly size?: ModalProps['size'];
}

/**
 * A dialog in which a change is made. What another advertiser has is not taken without a second question, which names who has it.
 */
export function ChangeDialog(props: ChangeDialogProps) {
  useFocusBack();
  const {
    title,
    label,
    children,
    isBusy,
    error,
    onSubmit,
    onClose,
    danger = false,
    isIncomplete = false,
    onTakeOver,
    size = 'md',
  } = props;
  const isConflict = onTakeOver !== undefined && isApiError(error) && error.status === 409 && error.code.endsWith('_conflict');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <Modal opened onClose={onClose} title={title} centered size={size} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit}>
        <Stack gap="md">
          {children}
          {isConflict ? (
            <Alert role="alert" color="yellow" variant="outline" title={<Text c="var(--aq-warn)">Somebody has it already</Text>}>
              <Text size="sm" mb="sm">
                {error.message}
              </Text>
              <Button size="xs" variant="default" loading={isBusy} onClick={onTakeOver}>
                Take it from them
              </Button>
            </Alert>
          ) : (
            <ErrorNote error={error} />
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose} disabled={isBusy}>
              Leave it
            </Button>
            <Button type="submit" color={danger ? 'danger' : undefined} loading={isBusy} disabled={isIncomplete}>
              {label}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
