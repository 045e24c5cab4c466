import { Button, Group, Modal, Stack, Text } from '@mantine/core';

interface DiscardDialogProps {
  readonly onStay: () => void;
  readonly onDiscard: () => void;
}

/** Asks before what was typed is lost. */
export function DiscardDialog({ onStay, onDiscard }: DiscardDialogProps) {
  return (
    <Modal opened onClose={onStay} title="Leave without saving?" centered closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack gap="md">
        <Text size="sm">What you have changed is not saved.</Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onStay} data-autofocus>
            Stay
          </Button>
          <Button color="danger" onClick={onDiscard}>
            Leave
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
