import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Me } from '../../../../src/shapes/user-shapes.ts';
import { post } from '../../api/client.ts';
import { differs, NewPassword } from '../../auth/new-password.tsx';
import { meQuery } from '../../auth/queries.ts';
import { useMe } from '../../auth/use-me.ts';
import { ErrorNote } from '../../components/error-note.tsx';
import { Section } from '../../components/section.tsx';
import { announce } from '../../lib/announce.ts';
import { sessionsQuery } from './sessions-query.ts';

/** Sets another password for whoever is signed in. */
export function ChangePassword() {
  const { email } = useMe();
  const client = useQueryClient();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const change = useMutation({
    mutationFn: () => post<Me>('/api/me/password', { current, next }),
    onSuccess: async (me) => {
      for (const empty of [setCurrent, setNext, setAgain]) empty('');
      client.setQueryData(meQuery.queryKey, me);
      const words = 'Your password is changed. You are signed out everywhere else.';
      notifications.show({ message: words });
      announce(words);
      await client.invalidateQueries(sessionsQuery);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (again === next) change.mutate();
  };
  return (
    <Section title="Password" description="Another password signs you out everywhere else.">
      <form onSubmit={submit}>
        <Stack gap="sm" maw={420}>
          {/* A password manager keeps the password under this name. */}
          <input type="email" autoComplete="username" value={email ?? ''} readOnly hidden />
          <PasswordInput
            label="Password so far"
            autoComplete="current-password"
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
            required
          />
          <NewPassword label="New password" password={next} onPassword={setNext} again={again} onAgain={setAgain} />
          <ErrorNote error={change.error} />
          <Group>
            <Button type="submit" loading={change.isPending} disabled={differs({ password: next, again })}>
              Change the password
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
