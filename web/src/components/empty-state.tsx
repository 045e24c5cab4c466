import { EmptyState as MantineEmptyState } from '@mantine/core';
import { IconMoodEmpty } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  readonly title: string;
  /** Why there is nothing, or what comes next. */
  readonly children?: ReactNode;
  readonly icon?: ReactNode;
  /** The next step: a button or a link. */
  readonly action?: ReactNode;
}

/** In the place of a list that has nothing in it. */
export function EmptyState({ title, children, icon, action }: EmptyStateProps) {
  return (
    <MantineEmptyState
      py="xl"
      icon={icon ?? <IconMoodEmpty size={40} stroke={1.5} aria-hidden />}
      title={title}
      description={children}
    >
      {action !== undefined && <MantineEmptyState.Actions>{action}</MantineEmptyState.Actions>}
    </MantineEmptyState>
  );
}
