import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { AcceptLinkRequest, LinkFacts, Me } from '../../../src/shapes/user-shapes.ts';
import { post } from '../api/client.ts';
import { ErrorNote } from '../components/error-note.tsx';
import { differs, NewPassword } from './new-password.tsx';
import { useSignedIn } from './use-signed-in.ts';

/** Asks for a password, and the first administrator for who they are. */
export function WelcomeForm({ token, facts }: { readonly token: string; readonly facts: LinkFacts }) {
  const [email, setEmail] = useState(facts.email ?? '');
  const [name, setName] = useState(facts.name ?? '');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const signedIn = useSignedIn();
  const navigate = useNavigate();
  const accept = useMutation({
    mutationFn: (body: AcceptLinkRequest) => post<Me>('/api/auth/accept-link', body, { signsIn: true }),
    onSuccess: async () => {
      await signedIn();
      await navigate({ to: '/', replace: true });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (again !== password) return;
    accept.mutate({
      token,
      password,
      ...(name.trim() === '' || name === facts.name ? {} : { name: name.trim() }),
      ...(facts.kind === 'first' ? { email: email.trim() } : {}),
    });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text size="sm">{intro(facts)}</Text>
        {facts.kind === 'first' ? (
          <TextInput
            label="E-mail"
            type="email"
            autoComplete="username"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            required
          />
        ) : (
          // A password manager keeps the password under this name.
          <input type="email" autoComplete="username" value={email} readOnly hidden />
        )}
        {facts.kind !== 'reset' && (
          <TextInput
            label="Your name"
            autoComplete="name"
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            required
          />
        )}
        <NewPassword label="Password" password={password} onPassword={setPassword} again={again} onAgain={setAgain} />
        <ErrorNote error={accept.error} />
        <Button type="submit" loading={accept.isPending} disabled={differs({ password, again })} size="md">
          Set the password and sign in
        </Button>
      </Stack>
    </form>
  );
}

function intro({ kind, email }: LinkFacts): string {
  if (kind === 'first') return 'You become the first administrator here. Say who you are and choose a password.';
  if (kind === 'reset') return `Choose another password for ${email}. You are signed out everywhere else.`;
  return `Choose a password. You sign in with it and ${email} from now on.`;
}
