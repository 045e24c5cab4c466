import { Button, Stack, Text, Title } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReadinessReport } from '../../../../../src/shapes/config/delivery.ts';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { ErrorState } from '../../../components/error-state.tsx';
import { Instant } from '../../../components/instant.tsx';
import { Section } from '../../../components/section.tsx';
import { StateBadge } from '../../../components/state-badge.tsx';
import { TableSkeleton } from '../../../components/table-skeleton.tsx';
import { counted, countText } from '../../../lib/format.ts';
import { RULE_LOOKS } from '../../runs/run/rule-looks.ts';
import type { AdvertiserKey } from '../queries.ts';
import { readinessQuery } from './readiness-query.ts';
import { ruleWords } from './rule-words.ts';

type Entry = ReadinessReport['entries'][number];
type Rule = Entry['rules'][number];

const COLUMNS: readonly Column<Rule>[] = [
  {
    id: 'rule',
    header: 'Rule',
    cell: ({ rule }) => (
      <>
        {ruleWords(rule)}
        <Text size="xs" c="dimmed" ff="monospace">
          {rule}
        </Text>
      </>
    ),
  },
  { id: 'status', header: 'Status', cell: ({ status }) => <StateBadge {...RULE_LOOKS[status]} /> },
  {
    id: 'detail',
    header: 'What was found',
    cell: ({ detail, advice }) => (
      <>
        {detail}
        {advice !== null && (
          <Text size="sm" fw={500}>
            {advice}
          </Text>
        )}
      </>
    ),
  },
];

interface ReadinessProps {
  readonly advertiser: AdvertiserKey;
  /** The rules that pass are folded up at first. */
  readonly isShort?: boolean;
}

/** Whether what is saved can be delivered: every rule for every destination, and what to do about each. */
export function Readiness({ advertiser, isShort = false }: ReadinessProps) {
  const [isCounted, setCounted] = useState(false);
  const { data, error, isFetching, refetch } = useQuery(readinessQuery(advertiser, isCounted));
  return (
    <Section
      title="Readiness"
      description={
        data === undefined ? (
          'What must hold before anything is sent, as it is saved.'
        ) : (
          <>
            {data.isReady ? 'It can be delivered.' : 'It cannot be delivered as it is saved.'} Looked at{' '}
            <Instant at={data.at} as="relative" inTable />.
          </>
        )
      }
      actions={
        <>
          {!isCounted && (
            <Button size="xs" variant="default" onClick={() => setCounted(true)}>
              Count identifiers too
            </Button>
          )}
          <Button
            size="xs"
            variant="default"
            leftSection={<IconRefresh size={14} aria-hidden />}
            loading={isFetching}
            onClick={() => refetch()}
          >
            Check again
          </Button>
        </>
      }
    >
      {data === undefined ? (
        error === null ? (
          <TableSkeleton columns={3} rows={8} />
        ) : (
          <ErrorState error={error} onRetry={refetch} />
        )
      ) : (
        <Stack gap="lg">
          {data.entries.map((entry) => (
            <Rules key={`${entry.destination} ${entry.audienceId}`} entry={entry} isShort={isShort} />
          ))}
        </Stack>
      )}
    </Section>
  );
}

function Rules({ entry, isShort }: { readonly entry: Entry; readonly isShort: boolean }) {
  const [isWhole, setWhole] = useState(!isShort);
  const { destination, audienceId, isReady, paused, rules, segments } = entry;
  const shown = isWhole ? rules : rules.filter(({ status }) => status !== 'PASS');
  const passing = rules.filter(({ status }) => status === 'PASS').length;
  return (
    <div>
      <Title order={3} mb={4}>
        {destination ?? 'No destination'}
        {audienceId !== null && `, segment ${audienceId}`}
      </Title>
      <StateBadge
        {...(isReady
          ? { words: 'Ready', tone: 'good' as const, icon: IconCircleCheck }
          : { words: 'Not ready', tone: 'bad' as const, icon: IconCircleX })}
      />
      {paused !== null && (
        <Text size="sm" c="var(--aq-warn)">
          Paused: {paused}
        </Text>
      )}
      {segments.map(({ segmentId, identifiers, needed, isReady: isEnough, held }) => (
        <Text key={segmentId} size="sm" c={isEnough ? undefined : 'var(--aq-warn)'}>
          {segmentId}: {counted(identifiers, 'identifier')}, {countText(needed)} needed
          {held !== null && `; it would wait for approval: ${held.detail}`}
        </Text>
      ))}
      {shown.length > 0 && (
        <DataTable
          caption={`Rules for ${destination ?? 'no destination'}`}
          columns={COLUMNS}
          rows={shown}
          rowKey={({ rule }) => rule}
          empty={null}
        />
      )}
      {isShort && passing > 0 && (
        <Button size="compact-sm" variant="subtle" color="gray" mt={4} onClick={() => setWhole(!isWhole)} aria-expanded={isWhole}>
          {isWhole ? 'Hide what passes' : `Show the ${counted(passing, 'rule')} that ${passing === 1 ? 'passes' : 'pass'}`}
        </Button>
      )}
    </div>
  );
}
