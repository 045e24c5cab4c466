import { Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { arrivedByLink } from '../lib/arrival.ts';

interface PageHeaderProps {
  readonly title: string;
  /** A line below the title. */
  readonly description?: ReactNode;
  /** What the title stands for when it is long, in the tab of the browser. */
  readonly tabTitle?: string;
  /** Beside the title: a state. */
  readonly aside?: ReactNode;
  /** At the end of the line: buttons. */
  readonly actions?: ReactNode;
}

/** The head of a screen. Whoever comes by a link is put at its title, so that a screen reader begins there. */
export function PageHeader({ title, description, tabTitle, aside, actions }: PageHeaderProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${tabTitle ?? title} · Aquarius`;
  }, [title, tabTitle]);
  useEffect(() => {
    if (arrivedByLink()) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <Group component="header" justify="space-between" align="flex-start" gap="md" mb="lg">
      <Stack gap={4} miw={0}>
        <Group gap="sm">
          <Title order={1} ref={heading} tabIndex={-1}>
            {title}
          </Title>
          {aside}
        </Group>
        {description !== undefined && (
          <Text component="div" c="dimmed" size="sm">
            {description}
          </Text>
        )}
      </Stack>
      {actions !== undefined && <Group gap="xs">{actions}</Group>}
    </Group>
  );
}
