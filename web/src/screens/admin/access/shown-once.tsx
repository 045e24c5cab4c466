import { Button, Code, CopyButton, Group, Modal, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { announce } from '../../../lib/announce.ts';

interface ShownOnceProps {
  readonly title: string;
  /** What it is: `the link`. */
  readonly what: string;
  readonly value: string;
  /** What to do with it. */
  readonly children: ReactNode;
  readonly onClose: () => void;
}

/** A secret that is shown this once. A click beside the dialog does not close it. */
export function ShownOnce({ title, what, value, children, onClose }: ShownOnceProps) {
  return (
    <Modal opened onClose={onClose} title={title} centered closeOnClickOutside={false} size="lg">
      <Stack gap="md">
        <Text size="sm" component="div">
          {children}
        </Text>
        <Code block aria-label={what} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {value}
        </Code>
        <Group justify="flex-end" gap="xs">
          <CopyButton value={value} timeout={4_000}>
            {({ copied, copy }) => (
              <Button
                variant="default"
                data-autofocus
                leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
                onClick={() => {
                  copy();
                  announce(`Copied ${what}.`);
                }}
              >
                {copied ? 'Copied' : `Copy ${what}`}
              </Button>
            )}
          </CopyButton>
          <Button onClick={onClose}>Done</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
