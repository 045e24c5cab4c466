import { ActionIcon, Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { announce } from '../../../lib/announce.ts';

interface CopyButtonForProps {
  readonly value: string;
  /** `the statement` */
  readonly what: string;
  /** Says what it does beside its sign. */
  readonly isWide?: boolean;
}

/** Copies what stands beside it. */
export function CopyButtonFor({ value, what, isWide = false }: CopyButtonForProps) {
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => {
        const icon = copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />;
        const act = (): void => {
          copy();
          announce(`Copied ${what}.`);
        };
        return isWide ? (
          <Button size="xs" variant="default" leftSection={icon} onClick={act}>
            Copy {what}
          </Button>
        ) : (
          <ActionIcon variant="default" aria-label={`Copy ${what}`} onClick={act}>
            {icon}
          </ActionIcon>
        );
      }}
    </CopyButton>
  );
}
