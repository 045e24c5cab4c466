import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { authModeQuery } from '../../auth/queries.ts';
import { useMe } from '../../auth/use-me.ts';
import { Facts } from '../../components/facts.tsx';
import { Instant } from '../../components/instant.tsx';
import { Note } from '../../components/note.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { Section } from '../../components/section.tsx';
import { AgenciesText, mayWords, ROLE_WORDS } from '../admin/access/access-words.tsx';
import { ChangePassword } from './change-password.tsx';
import { Sessions } from './sessions.tsx';

/** Who one is here, the own password, and where one is signed in. */
export function Account() {
  const me = useMe();
  const mode = useQuery({ ...authModeQuery, enabled: me.kind === 'user' });
  return (
    <>
      <PageHeader title="Your account" description="Who you are here, and where you are signed in." />
      <Stack gap="md">
        <Section title={me.name}>
          <Facts
            facts={[
              ...(me.email === null ? [] : [{ name: 'E-mail', value: me.email }]),
              { name: 'Role', value: ROLE_WORDS[me.role].label },
              { name: 'Agencies', value: <AgenciesText agencies={me.agencies} /> },
              ...(me.sessionExpiresAt === null
                ? []
                : [{ name: 'Signed out if idle', value: <Instant at={me.sessionExpiresAt} as="relative" /> }]),
              { name: 'What the role may do', value: mayWords(me.role), wide: true },
            ]}
          />
        </Section>
        {me.kind === 'user' ? (
          <>
            {mode.data?.password === true && <ChangePassword />}
            <Sessions />
          </>
        ) : (
          <Note tone="info" title="You are here by the token of the server">
            It has no password and no sessions of its own. Whoever knows the token may do everything; close the tab, or sign out,
            to have this browser forget it.
          </Note>
        )}
      </Stack>
    </>
  );
}
