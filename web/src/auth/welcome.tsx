import { Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { LinkFacts } from '../../../src/shapes/user-shapes.ts';
import { forgetToken } from '../api/access-token.ts';
import { post } from '../api/client.ts';
import { ErrorState } from '../components/error-state.tsx';
import { Entrance } from './entrance.tsx';
import { WelcomeForm } from './welcome-form.tsx';

const TITLES = { first: 'Welcome to Aquarius', invite: 'Welcome to Aquarius', reset: 'A new password' } as const;

/** The page of a one-time link, `/welcome#TOKEN`: somebody sets their password and is signed in. */
export function Welcome() {
  const [token] = useState(() => decodeURIComponent(window.location.hash.slice(1)));
  useEffect(() => {
    document.title = 'Welcome · Aquarius';
    // In the address it would lie about in the history.
    window.history.replaceState(window.history.state, '', window.location.pathname);
    // What this tab knew the server by would be sent in the place of the session.
    forgetToken();
  }, []);
  const facts = useQuery({
    queryKey: ['link', token],
    queryFn: () => post<LinkFacts>('/api/auth/link', { token }, { signsIn: true }),
    enabled: token !== '',
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (token === '') {
    return (
      <Entrance title="This link is not whole">
        <Text>Open it as it was sent to you, with all that stands behind the #. If it does not help, ask for another one.</Text>
      </Entrance>
    );
  }
  if (facts.data === undefined) {
    return (
      <Entrance title="Welcome to Aquarius">
        {facts.isError ? <ErrorState error={facts.error} onRetry={() => facts.refetch()} /> : <Skeleton height={320} />}
      </Entrance>
    );
  }
  return (
    <Entrance title={TITLES[facts.data.kind]}>
      <WelcomeForm token={token} facts={facts.data} />
    </Entrance>
  );
}
