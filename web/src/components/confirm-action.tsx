import { Button, type ButtonProps, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useFocusBack } from '../lib/use-focus-back.ts';
import { ErrorNote } from './error-note.tsx';

interface ConfirmActionProps {
  /** On the button, and on the one that does it: `Retry`. */
  readonly label: string;
  /** As a question: `Retry this run?` */
  readonly title: string;
  /** What will happen. */
  readonly children: ReactNode;
  /** Whether somebody says why; it goes into the audit log. Left out: nobody is asked. */
  readonly reason?: 'optional' | 'required';
  /** In the place of `Why`. */
  readonly reasonLabel?: string;
  readonly danger?: boolean;
  readonly icon?: ReactNode;
  readonly size?: ButtonProps['size'];
  readonly variant?: ButtonProps['variant'];
  /** What it resolves to is said when it is done: `The run is tried again.` */
  readonly action: (reason: string) => Promise<string>;
}

const LONGEST_REASON = 500;

/** A button that says what it will do before it does it. */
export function ConfirmAction(props: ConfirmActionProps) {
  const { label, danger = false, icon, size = 'sm', variant = 'default' } = props;
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        size={size}
        variant={variant}
        color={danger && variant !== 'default' ? 'danger' : undefined}
        leftSection={icon}
        onClick={() => setOpen(true)}
        aria-haspopup="dialog"
      >
        {label}
      </Button>
      {isOpen && <ConfirmDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

/** The dialog alone, for a menu that has its own button. It is open as long as it is there. */
export function ConfirmDialog(props: ConfirmActionProps & { readonly onClose: () => void }) {
  useFocusBack();
  const { label, title, children, reason, reasonLabel = 'Why', danger = false, action, onClose } = props;
  const [why, setWhy] = useState('');
  const act = useMutation({
    mutationFn: () => action(why.trim()),
    onSuccess: (done) => {
      notifications.show({ message: done });
      onClose();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.mutate();
  };
  return (
    <Modal opened onClose={onClose} title={title} centered>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text component="div" size="sm">
            {children}
          </Text>
          {reason !== undefined && (
            <Textarea
              label={reasonLabel}
              description="It is kept in the audit log."
              required={reason === 'required'}
              maxLength={LONGEST_REASON}
              autosize
              minRows={2}
              value={why}
              onChange={(event) => setWhy(event.currentTarget.value)}
              data-autofocus
            />
          )}
          <ErrorNote error={act.error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose} disabled={act.isPending}>
              Leave it
            </Button>
            <Button
              type="submit"
              color={danger ? 'danger' : undefined}
              loading={act.isPending}
              disabled={reason === 'required' && why.trim() === ''}
              data-autofocus={reason === undefined ? true : undefined}
            >
              {label}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
