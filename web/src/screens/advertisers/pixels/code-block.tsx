import { ActionIcon, CopyButton, Group, Text, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { announce } from '../../../lib/announce.ts';
import classes from './code-block.module.css';

interface CodeBlockProps {
  readonly text: string;
  /** What to call it, where it is a file. */
  readonly file: string | null;
}

/** Code to be copied as it is. */
export function CodeBlock({ text, file }: CodeBlockProps) {
  return (
    <div className={classes.block}>
      <Group justify="space-between" className={classes.head} gap="xs">
        <Text size="xs" c="dimmed">
          {file ?? 'Copy as it is'}
        </Text>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Tooltip label={copied ? 'Copied' : 'Copy'}>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={file === null ? 'Copy the code' : `Copy ${file}`}
                onClick={() => {
                  copy();
                  announce('Copied the code.');
                }}
              >
                {copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
              </ActionIcon>
            </Tooltip>
          )}
        </CopyButton>
      </Group>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long code is scrolled by the keyboard too */}
      <pre className={classes.code} tabIndex={0}>
        {text}
      </pre>
    </div>
  );
}
