import { Skeleton, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '../../../components/error-state.tsx';
import { Section } from '../../../components/section.tsx';
import { StateBadge } from '../../../components/state-badge.tsx';
import { wordsOf } from '../../../lib/format.ts';
import classes from './health.module.css';
import { type Readiness, readyQuery } from './health-queries.ts';

/** Whether the server has what it needs. */
export function ServerSection() {
  const { data, error, refetch } = useQuery(readyQuery);
  return (
    <Section title="Server" description="What the program itself needs to work, looked at anew every quarter of a minute.">
      {data === undefined &&
        (error === null ? (
          <Stack gap={6}>
            <Skeleton height={20} />
            <Skeleton height={20} />
            <Skeleton height={20} />
          </Stack>
        ) : (
          <ErrorState error={error} onRetry={refetch} />
        ))}
      {data !== undefined && <Checks of={data} />}
    </Section>
  );
}

function Checks({ of: { checks } }: { readonly of: Readiness }) {
  return (
    <dl className={classes.checks}>
      {checks.map(({ name, ok, message }) => (
        <div key={name}>
          <dt>
            <StateBadge words={wordsOf(name)} tone={ok ? 'good' : 'bad'} icon={ok ? IconCircleCheck : IconCircleX} />
          </dt>
          {message !== 'ok' && (
            <dd>
              <Text size="sm" c={ok ? 'dimmed' : 'var(--aq-bad)'}>
                {message}
              </Text>
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}
