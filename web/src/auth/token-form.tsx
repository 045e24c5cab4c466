import { Button, Code, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Me } from '../../../src/shapes/user-shapes.ts';
import { forgetToken, setToken } from '../api/access-token.ts';
import { ApiError } from '../api/api-error.ts';
import { get } from '../api/client.ts';
import { ErrorNote } from '../components/error-note.tsx';
import { useFirstField } from '../lib/use-first-field.ts';

/** What a header can carry. */
const TOKEN = /^[\x21-\x7e]+$/;

/** For a server without user accounts: whoever has its token may do everything. */
export function TokenForm({ onSignedIn }: { readonly onSignedIn: () => Promise<void> }) {
  const first = useFirstField();
  const [token, setTyped] = useState('');
  const signIn = useMutation({
    mutationFn: async () => {
      if (!TOKEN.test(token.trim())) {
        throw new ApiError('That is no token.', { status: 0, code: 'token_malformed', hint: 'Copy it whole, and nothing else.' });
      }
      setToken(token);
      try {
        await get<Me>('/api/me', { signsIn: true });
      } catch (error) {
        forgetToken();
        throw error;
      }
    },
    onSuccess: onSignedIn,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    signIn.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text size="sm">
          Open the link that <Code>aquarius serve</Code> printed when it began, or paste the token of the server here. It is the
          value of <Code>serve.token</Code> in <Code>aquarius.yaml</Code>, or else stands as <Code>token</Code> in{' '}
          <Code>serve.json</Code> in the data directory.
        </Text>
        <PasswordInput
          label="Token"
          autoComplete="off"
          value={token}
          onChange={(event) => setTyped(event.currentTarget.value)}
          required
          ref={first}
        />
        <ErrorNote error={signIn.error} />
        <Button type="submit" loading={signIn.isPending} size="md">
          Go on
        </Button>
        <Text size="sm" c="dimmed">
          This tab keeps it until it is closed.
        </Text>
      </Stack>
    </form>
  );
}
