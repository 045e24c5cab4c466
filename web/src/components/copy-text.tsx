import { ActionIcon, CopyButton, Group, Text, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { announce } from '../lib/announce.ts';

interface CopyTextProps {
  readonly value: string;
  /** What it is: `the SHA-256`. */
  readonly what: string;
  /** What is shown of a long value; the whole is copied. */
  readonly shown?: string;
}

/** A text in letters of one width, with a button that copies it. */
export function CopyText({ value, what, shown = value }: CopyTextProps) {
  return (
    <Group gap={4} wrap="nowrap" component="span" display="inline-flex">
      <Text component="span" ff="monospace" size="sm" title={value} style={{ overflowWrap: 'anywhere' }}>
        {shown}
      </Text>
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? 'Copied' : `Copy ${what}`}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={`Copy ${what}`}
              onClick={() => {
                copy();
                announce(`Copied ${what}.`);
              }}
            >
              {copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </Group>
  );
}
