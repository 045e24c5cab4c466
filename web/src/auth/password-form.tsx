import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Me, SignInRequest } from '../../../src/shapes/user-shapes.ts';
import { forgetToken } from '../api/access-token.ts';
import { post } from '../api/client.ts';
import { ErrorNote } from '../components/error-note.tsx';
import { useFirstField } from '../lib/use-first-field.ts';

export function PasswordForm({ onSignedIn }: { readonly onSignedIn: () => Promise<void> }) {
  const first = useFirstField();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation({
    mutationFn: (body: SignInRequest) => {
      // A token that this tab still has would be sent in the place of the session.
      forgetToken();
      return post<Me>('/api/auth/sign-in', body, { signsIn: true });
    },
    onSuccess: onSignedIn,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    signIn.mutate({ email, password });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="username"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          required
          ref={first}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          required
        />
        <ErrorNote error={signIn.error} />
        <Button type="submit" loading={signIn.isPending} size="md">
          Sign in
        </Button>
        <Text size="sm" c="dimmed">
          Forgotten it, or no account? An administrator can send you a link.
        </Text>
      </Stack>
    </form>
  );
}
