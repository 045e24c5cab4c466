import { Button, Text } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { ReadinessReport } from '../../../../../src/shapes/config/delivery.ts';
import { get } from '../../../api/client.ts';
import type { Run } from '../../../api/types.ts';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { ErrorNote } from '../../../components/error-note.tsx';
import { Section } from '../../../components/section.tsx';
import { StateBadge } from '../../../components/state-badge.tsx';
import { wordsOf } from '../../../lib/format.ts';
import { RULE_LOOKS } from './rule-looks.ts';

type Rule = ReadinessReport['entries'][number]['rules'][number];

/** Counting reads the warehouse. */
const CHECK_MS = 120_000;

const COLUMNS: readonly Column<Rule>[] = [
  { id: 'rule', header: 'Rule', cell: ({ rule }) => wordsOf(rule) },
  { id: 'status', header: 'Status', cell: ({ status }) => <StateBadge {...RULE_LOOKS[status]} /> },
  {
    id: 'detail',
    header: 'Detail',
    cell: ({ detail, advice }) => (
      <>
        {detail}
        {advice !== null && (
          <Text size="xs" c="dimmed">
            {advice}
          </Text>
        )}
      </>
    ),
  },
];

/** Whether the delivery of this run could go out now, rule by rule. It is looked up when somebody asks: it reads the warehouse. */
export function ReadinessSection({ run }: { readonly run: Run }) {
  const { agencyId, advertiserId, destination, segmentId } = run;
  const check = useMutation({
    mutationFn: async () => {
      const report = await get<ReadinessReport>('/api/delivery/readiness', {
        query: { agencyId, advertiserId },
        timeoutMs: CHECK_MS,
      });
      const own = report.entries.filter((entry) => entry.destination === destination);
      // The segments of a split audience begin with its id.
      const exact = own.find(
        ({ audienceId, segments }) => audienceId === segmentId || segments.some((one) => one.segmentId === segmentId),
      );
      return (exact ?? own.find(({ audienceId }) => audienceId !== null && segmentId.startsWith(audienceId)))?.rules ?? [];
    },
  });
  return (
    <Section
      title="Readiness"
      description="What must hold before anything is sent, as it is now."
      actions={
        <Button
          variant="default"
          leftSection={<IconChecklist size={16} aria-hidden />}
          loading={check.isPending}
          onClick={() => check.mutate()}
        >
          {check.data === undefined ? 'Check now' : 'Check again'}
        </Button>
      }
    >
      <ErrorNote error={check.error} />
      {check.data !== undefined && (
        <DataTable
          caption="Readiness rules"
          columns={COLUMNS}
          rows={check.data}
          rowKey={({ rule }) => rule}
          empty={<Text size="sm">This delivery is no longer configured.</Text>}
        />
      )}
    </Section>
  );
}
