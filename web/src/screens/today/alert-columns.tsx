import { Text } from '@mantine/core';
import type { Alert } from '../../api/types.ts';
import type { Column } from '../../components/data-table.tsx';
import { Instant } from '../../components/instant.tsx';
import { NoValue } from '../../components/no-value.tsx';
import { Prose } from '../../components/prose.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { alertLook } from './alert-look.ts';
import { AlertSubject } from './alert-subject.tsx';
import { TakeOn } from './take-on.tsx';

const SUBJECT: Column<Alert> = { id: 'subject', header: 'What', cell: (alert) => <AlertSubject alert={alert} /> };
const KIND: Column<Alert> = { id: 'kind', header: 'Kind', cell: ({ kind }) => <StateBadge {...alertLook(kind)} /> };
const MESSAGE: Column<Alert> = {
  id: 'message',
  header: 'What to do',
  cell: ({ message, acknowledged }) => (
    <>
      <Text size="sm">
        <Prose text={message} />
      </Text>
      {acknowledged !== null && (
        <Text size="xs" c="dimmed">
          {acknowledged.by} has taken it on: {acknowledged.note}
        </Text>
      )}
    </>
  ),
};
const FIRED: Column<Alert> = {
  id: 'fired',
  header: 'Since',
  cell: ({ firedAt }) => <Instant at={firedAt} as="relative" inTable />,
};
const RESOLVED: Column<Alert> = {
  id: 'resolved',
  header: 'Until',
  cell: ({ resolvedAt }) => <Instant at={resolvedAt} inTable />,
};

const ACTIONS: Column<Alert> = {
  id: 'actions',
  header: 'Actions',
  align: 'right',
  cell: (alert) => (alert.acknowledged === null ? <TakeOn alert={alert} /> : <NoValue />),
};

/** What a list of alerts shows. */
export function alertColumns({
  areOver,
  mayAct,
}: {
  readonly areOver: boolean;
  readonly mayAct: boolean;
}): readonly Column<Alert>[] {
  if (areOver) return [SUBJECT, KIND, MESSAGE, FIRED, RESOLVED];
  return mayAct ? [SUBJECT, KIND, MESSAGE, FIRED, ACTIONS] : [SUBJECT, KIND, MESSAGE, FIRED];
}
