import { Stack } from '@mantine/core';
import type { Destination } from '../../api/types.ts';
import { useMay } from '../../auth/use-me.ts';
import { Facts } from '../../components/facts.tsx';
import { Instant } from '../../components/instant.tsx';
import { TextLink } from '../../components/links.tsx';
import { Note } from '../../components/note.tsx';
import { Section } from '../../components/section.tsx';
import { BreakerBadge } from '../../components/state-badge.tsx';
import { counted } from '../../lib/format.ts';
import { HostKeys } from './host-keys.tsx';
import { TestButton, TestOutcome, useDestinationTest } from './test-section.tsx';

/** A destination: how it is doing, what waits for it, how hard it may be pressed. */
export function DestinationCard({ destination }: { readonly destination: Destination }) {
  const { name, type, breaker, failures, limits, lastSuccessAt, waiting, working, held, hostKeys, capabilities } = destination;
  const { concurrency, startsPerMinute } = limits;
  const mayTest = useMay('operator');
  const test = useDestinationTest(name);
  return (
    <Section title={name} description={type} actions={mayTest ? <TestButton name={name} test={test} /> : null}>
      <Stack gap="md">
        <BreakerNote destination={destination} />
        <TestOutcome test={test} />
        <Facts
          facts={[
            { name: 'State', value: <BreakerBadge breaker={breaker} /> },
            { name: 'Last success', value: <Instant at={lastSuccessAt} as="both" /> },
            { name: 'Failures since', value: failures },
            {
              name: 'Queue',
              value: (
                <TextLink to="/runs" search={{ destination: name, state: 'unfinished' }}>
                  {counted(waiting, 'run')} waiting, {working} at work
                </TextLink>
              ),
            },
            {
              name: 'Needs approval',
              value: (
                <TextLink to="/runs" search={{ destination: name, state: 'held' }}>
                  {counted(held, 'run')}
                </TextLink>
              ),
            },
            {
              name: 'Limits',
              value: `${counted(concurrency, 'run')} at once${startsPerMinute === null ? '' : `, ${startsPerMinute} a minute`}`,
            },
            { name: 'Takes', value: capabilities.identifiers.join(', ') },
            { name: 'Refresh', value: capabilities.refresh.join(', ') },
            { name: 'At least', value: counted(capabilities.minRows, 'row') },
            ...(capabilities.ttlDays === null ? [] : [{ name: 'Keeps members', value: counted(capabilities.ttlDays, 'day') }]),
          ]}
        />
        {hostKeys !== null && <HostKeys name={name} hostKeys={hostKeys} />}
      </Stack>
    </Section>
  );
}

function BreakerNote({
  destination: { breaker, errorCode, errorMessage, openedAt, openUntil },
}: {
  readonly destination: Destination;
}) {
  if (breaker === 'closed') return null;
  return (
    <Note tone={breaker === 'open' ? 'bad' : 'warn'} title={errorMessage ?? errorCode ?? 'It keeps failing'}>
      Nothing is sent to it since <Instant at={openedAt} as="both" />.
      {openUntil !== null && (
        <>
          {' '}
          One run may try <Instant at={openUntil} as="relative" />.
        </>
      )}{' '}
      {errorCode}
    </Note>
  );
}
