import { Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { remove } from '../../api/client.ts';
import { ConfirmAction } from '../../components/confirm-action.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Instant } from '../../components/instant.tsx';
import { NoValue } from '../../components/no-value.tsx';
import { Section } from '../../components/section.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { counted } from '../../lib/format.ts';
import { clientWords } from './client-words.ts';
import { type Session, sessionsQuery } from './sessions-query.ts';

const COLUMNS: readonly Column<Session>[] = [
  {
    id: 'client',
    header: 'Browser',
    cell: ({ client, current }) => (
      <span title={client ?? undefined}>
        {clientWords(client)}
        {current && (
          <>
            {' '}
            <StateBadge words="this one" tone="good" icon={IconCircleCheck} />
          </>
        )}
      </span>
    ),
  },
  { id: 'address', header: 'From', cell: ({ address }) => address ?? <NoValue /> },
  { id: 'since', header: 'Signed in', cell: ({ createdAt }) => <Instant at={createdAt} inTable /> },
  { id: 'seen', header: 'Last used', cell: ({ lastSeenAt }) => <Instant at={lastSeenAt} as="relative" inTable /> },
  {
    id: 'actions',
    header: 'Actions',
    align: 'right',
    cell: (session) => (session.current ? <NoValue /> : <EndSession session={session} />),
  },
];

function useEnd(): (ids: readonly string[]) => Promise<void> {
  const client = useQueryClient();
  return async (ids) => {
    try {
      for (const id of ids) await remove(`/api/me/sessions/${encodeURIComponent(id)}`);
    } finally {
      await client.invalidateQueries(sessionsQuery);
    }
  };
}

function EndSession({ session: { id, client } }: { readonly session: Session }) {
  const end = useEnd();
  return (
    <ConfirmAction
      label="Sign out"
      title={`Sign out ${clientWords(client)}?`}
      size="xs"
      danger
      action={async () => {
        await end([id]);
        return 'It is signed out.';
      }}
    >
      Whoever uses that browser has to sign in again.
    </ConfirmAction>
  );
}

/** Where one is signed in, and the way to end what should not be. */
export function Sessions() {
  const { data, error, refetch } = useQuery(sessionsQuery);
  const end = useEnd();
  const others = data?.filter(({ current }) => !current) ?? [];
  return (
    <Section
      title="Where you are signed in"
      actions={
        others.length > 0 && (
          <ConfirmAction
            label="Sign out elsewhere"
            title="Sign out everywhere but here?"
            danger
            action={async () => {
              await end(others.map(({ id }) => id));
              return 'You are signed in here alone.';
            }}
          >
            {counted(others.length, 'other session')} will end. If one of them was not yours, change your password, too.
          </ConfirmAction>
        )
      }
    >
      <DataTable
        caption="Sessions"
        columns={COLUMNS}
        rows={data}
        rowKey={({ id }) => id}
        error={error}
        onRetry={refetch}
        empty={<Text size="sm">You are signed in nowhere.</Text>}
      />
    </Section>
  );
}
