import { Group, Text } from '@mantine/core';
import type { HubRow } from '../../../../../src/shapes/config/advertisers.ts';
import classes from './setup-dots.module.css';

const DOTS = [1, 2, 3] as const;

/** How far the set-up has come: campaigns, domains, places; and the next step. */
export function SetupDots({ row: { SETUP_SCORE: score, STEPS_NEEDED: steps } }: { readonly row: HubRow }) {
  const [next] = steps;
  return (
    <Group gap={8} wrap="nowrap">
      <span className={classes.dots} role="img" aria-label={`${score} of 3 set up`}>
        {DOTS.map((dot) => (
          <span key={dot} className={classes.dot} {...(dot <= score ? { 'data-done': true } : {})} />
        ))}
      </span>
      <Text
        component="span"
        size="sm"
        c="dimmed"
        lineClamp={3}
        miw={90}
        maw={{ base: 'none', sm: 200 }}
        style={{ overflowWrap: 'anywhere' }}
      >
        {next === undefined ? 'All set' : next.text}
        {steps.length > 1 && ` (+${steps.length - 1})`}
      </Text>
    </Group>
  );
}
