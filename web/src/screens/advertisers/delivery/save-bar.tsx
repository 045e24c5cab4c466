import { Button, Group, Text } from '@mantine/core';
import classes from './save-bar.module.css';

interface SaveBarProps {
  readonly onDiscard: () => void;
  readonly onReview: () => void;
}

/** Stays in sight while something is not saved. */
export function SaveBar({ onDiscard, onReview }: SaveBarProps) {
  return (
    <section className={classes.bar} aria-label="Unsaved changes">
      <Text size="sm" fw={500}>
        Not saved yet
      </Text>
      <Group gap="xs">
        <Button variant="default" size="xs" onClick={onDiscard}>
          Discard
        </Button>
        <Button size="xs" onClick={onReview} aria-haspopup="dialog">
          Review and save
        </Button>
      </Group>
    </section>
  );
}
