import { Collapse, Group, Paper, Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import { Instant } from '../instant.tsx';

interface EntryCardProps {
  /** What was done. */
  readonly title: string;
  readonly who: string;
  readonly at: string;
  /** What it was done to, and other facts in a line. */
  readonly about?: ReactNode;
  readonly reason: string | null;
  /** A line in small letters. */
  readonly note?: string | null;
  /** A button. */
  readonly action?: ReactNode;
  /** Shown when it is opened. */
  readonly children: ReactNode;
}

/** An entry of a log: what, who, when and why; opened, what has changed. */
export function EntryCard({ title, who, at, about, reason, note = null, action, children }: EntryCardProps) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <Paper component="li" withBorder p="sm">
      <Group justify="space-between" gap="sm" align="flex-start" wrap="nowrap">
        <div>
          <UnstyledButton onClick={() => setOpen(!isOpen)} aria-expanded={isOpen} aria-controls={id}>
            <Group gap={4} wrap="nowrap">
              <Chevron size={16} aria-hidden />
              <Text component="span" fw={500} size="sm">
                {title}
              </Text>
            </Group>
          </UnstyledButton>
          <Text size="sm" c="dimmed" component="div" style={{ overflowWrap: 'anywhere' }}>
            {who}, <Instant at={at} as="both" />
          </Text>
          {about !== undefined && (
            <Text size="sm" component="div" style={{ overflowWrap: 'anywhere' }}>
              {about}
            </Text>
          )}
          {reason !== null && (
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              “{reason}”
            </Text>
          )}
          {note !== null && (
            <Text size="xs" c="dimmed">
              {note}
            </Text>
          )}
        </div>
        {action}
      </Group>
      <Collapse expanded={isOpen} id={id}>
        <div>{isOpen && children}</div>
      </Collapse>
    </Paper>
  );
}
