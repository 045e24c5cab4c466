import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorState } from '../components/error-state.tsx';
import { Note } from '../components/note.tsx';
import { PasswordForm } from './password-form.tsx';
import { ProviderButton } from './provider-button.tsx';
import { authModeQuery } from './queries.ts';
import { signInProblem } from './sign-in-problem.ts';
import { TokenForm } from './token-form.tsx';

/** Whatever this server asks for from somebody who is not signed in. */
export function SignInForm({ onSignedIn }: { readonly onSignedIn: () => Promise<void> }) {
  const mode = useQuery(authModeQuery);
  const [problem] = useState(signInProblem);
  if (mode.isPending) return <Skeleton height={220} />;
  if (mode.isError) return <ErrorState error={mode.error} onRetry={() => mode.refetch()} />;
  if (mode.data.mode === 'token') return <TokenForm onSignedIn={onSignedIn} />;
  const { password, oidc } = mode.data;
  return (
    <Stack gap="md">
      {problem !== null && <Note tone="bad" title={problem} />}
      {oidc !== null && <ProviderButton name={oidc.name} url={oidc.url} isOnly={!password} />}
      {password && <PasswordForm onSignedIn={onSignedIn} />}
      {!password && oidc === null && (
        <Note tone="warn" title="Nobody can sign in here">
          Ask whoever runs this server to look at <code>users</code> in <code>aquarius.yaml</code>.
        </Note>
      )}
    </Stack>
  );
}
