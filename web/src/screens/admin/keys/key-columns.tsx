import { Text } from '@mantine/core';
import type { ApiKeyShape } from '../../../../../src/shapes/user-shapes.ts';
import type { Column } from '../../../components/data-table.tsx';
import { Instant } from '../../../components/instant.tsx';
import { NoValue } from '../../../components/no-value.tsx';
import { AgenciesText, ROLE_WORDS } from '../access/access-words.tsx';
import { KeyStateBadge } from './key-state.tsx';
import { RevokeKey } from './revoke-key.tsx';

export const KEY_COLUMNS: readonly Column<ApiKeyShape>[] = [
  {
    id: 'name',
    header: 'What for',
    sortBy: ({ name }) => name.toLowerCase(),
    cell: ({ name, prefix }) => (
      <div style={{ overflowWrap: 'anywhere' }}>
        <Text span fw={500} size="sm">
          {name}
        </Text>
        <Text size="xs" c="dimmed" ff="monospace">
          {prefix}…
        </Text>
      </div>
    ),
  },
  { id: 'state', header: 'State', cell: (key) => <KeyStateBadge apiKey={key} /> },
  { id: 'role', header: 'Role', cell: ({ role }) => ROLE_WORDS[role].label },
  { id: 'agencies', header: 'Agencies', cell: ({ agencies }) => <AgenciesText agencies={agencies} /> },
  {
    id: 'made',
    header: 'Made',
    wide: true,
    sortBy: ({ createdAt }) => createdAt,
    cell: ({ createdAt, makerName }) => (
      <>
        <Instant at={createdAt} as="relative" inTable />
        <Text size="xs" c="dimmed">
          by {makerName}
        </Text>
      </>
    ),
  },
  {
    id: 'ends',
    header: 'Ends',
    sortBy: ({ expiresAt }) => expiresAt,
    cell: ({ expiresAt }) => (expiresAt === null ? 'never' : <Instant at={expiresAt} as="relative" inTable />),
  },
  {
    id: 'used',
    header: 'Last used',
    sortBy: ({ lastUsedAt }) => lastUsedAt,
    cell: ({ lastUsedAt }) => (lastUsedAt === null ? 'never' : <Instant at={lastUsedAt} as="relative" inTable />),
  },
  {
    id: 'actions',
    header: 'Actions',
    align: 'right',
    cell: (key) => (key.revokedAt === null ? <RevokeKey apiKey={key} /> : <NoValue />),
  },
];
