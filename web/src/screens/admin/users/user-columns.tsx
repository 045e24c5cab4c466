import { Badge, Text } from '@mantine/core';
import type { UserShape } from '../../../../../src/shapes/user-shapes.ts';
import type { Column } from '../../../components/data-table.tsx';
import { Instant } from '../../../components/instant.tsx';
import { AgenciesText, ROLE_WORDS } from '../access/access-words.tsx';
import { UserMenu } from './user-menu.tsx';
import { UserStateBadge, userState } from './user-state.tsx';

const WAYS = { password: 'password', oidc: 'provider' } as const;

/** `ownEmail` is whose page it is. */
export function userColumns(ownEmail: string | null): readonly Column<UserShape>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      sortBy: ({ name }) => name.toLowerCase(),
      cell: ({ name, email }) => (
        <div style={{ overflowWrap: 'anywhere' }}>
          <Text span fw={500} size="sm">
            {name}
          </Text>{' '}
          {email === ownEmail && (
            <Badge variant="outline" size="xs" color="gray" c="var(--mantine-color-text)">
              you
            </Badge>
          )}
          <Text size="xs" c="dimmed">
            {email}
          </Text>
        </div>
      ),
    },
    { id: 'role', header: 'Role', sortBy: ({ role }) => role, cell: ({ role }) => ROLE_WORDS[role].label },
    { id: 'agencies', header: 'Agencies', cell: ({ agencies }) => <AgenciesText agencies={agencies} /> },
    { id: 'state', header: 'State', sortBy: userState, cell: (user) => <UserStateBadge user={user} /> },
    {
      id: 'by',
      header: 'Signs in by',
      wide: true,
      cell: ({ signIn }) => (signIn.length === 0 ? 'nothing yet' : signIn.map((way) => WAYS[way]).join(', ')),
    },
    {
      id: 'seen',
      header: 'Last sign-in',
      sortBy: ({ lastSignInAt }) => lastSignInAt,
      cell: ({ lastSignInAt }) => (lastSignInAt === null ? 'never' : <Instant at={lastSignInAt} as="relative" inTable />),
    },
    {
      id: 'actions',
      header: 'Actions',
      align: 'right',
      cell: (user) => <UserMenu user={user} isOwn={user.email === ownEmail} />,
    },
  ];
}
