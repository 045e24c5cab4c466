import { Code, Group, Select, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { SchemaCheckRow } from '../../../../../src/shapes/config/health.ts';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Prose } from '../../../components/prose.tsx';
import { Section } from '../../../components/section.tsx';
import { StateBadge } from '../../../components/state-badge.tsx';
import { TableName } from '../../../components/table-name.tsx';
import { Warnings } from '../../../components/warnings.tsx';
import { choiceParam } from '../../../lib/search-params.ts';
import { SEVERITIES } from '../choices.ts';
import { CopyButtonFor } from './copy-button-for.tsx';
import classes from './health.module.css';
import { schemaQuery } from './health-queries.ts';

const route = getRouteApi('/shell/admin/health');

const LOOKS = {
  error: { words: 'Error', tone: 'bad', icon: IconCircleX },
  warning: { words: 'Warning', tone: 'warn', icon: IconAlertTriangle },
  info: { words: 'Good to know', tone: 'wait', icon: IconInfoCircle },
} as const satisfies Record<SchemaCheckRow['SEVERITY'], unknown>;

const COLUMNS: readonly Column<SchemaCheckRow>[] = [
  {
    id: 'where',
    header: 'Where',
    cell: ({ TABLE: table, COLUMN: column }) => <TableName name={column === null ? table : `${table}.${column}`} />,
  },
  { id: 'severity', header: 'How bad', cell: ({ SEVERITY: severity }) => <StateBadge {...LOOKS[severity]} /> },
  {
    id: 'message',
    header: 'What was found, and what to do',
    cell: ({ MESSAGE: message, HINT: hint, STATEMENT: statement }) => (
      <>
        <Prose text={message} />
        {hint !== null && (statement === null || !hint.includes(statement)) && (
          <Text size="sm" c="dimmed">
            <Prose text={hint} />
          </Text>
        )}
        {statement !== null && (
          <Group gap="xs" wrap="nowrap" align="flex-start" mt={6}>
            <Code block className={classes.statement}>
              {statement}
            </Code>
            <CopyButtonFor value={statement} what="the statement" />
          </Group>
        )}
      </>
    ),
  },
];

/** How the warehouse differs from what the program knows, with the statements that put it right. */
export function SchemaSection() {
  const { severity } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch } = useQuery(schemaQuery(severity));
  const statements = data?.rows.flatMap(({ STATEMENT: statement }) => (statement === null ? [] : [statement])) ?? [];
  return (
    <Section
      title="Warehouse schema"
      description="How the warehouse differs from what the program knows. Run the statements in the warehouse."
      actions={
        <>
          {statements.length > 1 && <CopyButtonFor value={statements.join('\n')} what="all statements" isWide />}
          <Select
            aria-label="How bad"
            placeholder="All"
            size="xs"
            clearable
            w={140}
            data={SEVERITIES.map((value) => ({ value, label: LOOKS[value].words }))}
            value={severity ?? null}
            onChange={(value) =>
              void navigate({
                search: (before) => ({ ...before, severity: choiceParam(value, SEVERITIES) }),
                resetScroll: false,
              })
            }
          />
        </>
      }
    >
      <Warnings of={data?.warnings} />
      <DataTable
        caption="Findings in the schema"
        columns={COLUMNS}
        rows={data?.rows}
        rowKey={({ KIND, TABLE, COLUMN }) => `${KIND} ${TABLE} ${COLUMN}`}
        error={error}
        onRetry={refetch}
        empty={
          <EmptyState
            title={severity === undefined ? 'The warehouse is as the program knows it' : 'Nothing is that bad'}
            icon={<IconCircleCheck size={40} stroke={1.5} aria-hidden />}
          />
        }
      />
    </Section>
  );
}
