import { Button, Group } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface FilterBarProps {
  /** Fields. */
  readonly children: ReactNode;
  /** Whether any of them narrows the list. */
  readonly isActive: boolean;
  readonly onClear: () => void;
}

/** What a list is narrowed by. */
export function FilterBar({ children, isActive, onClear }: FilterBarProps) {
  return (
    <Group component="search" gap="sm" align="flex-end" mb="md" aria-label="Filters">
      {children}
      {isActive && (
        <Button variant="subtle" color="gray" leftSection={<IconX size={14} aria-hidden />} onClick={onClear}>
          Clear
        </Button>
      )}
    </Group>
  );
}
