import { PasswordInput } from '@mantine/core';

const SHORTEST = 12;
const LONGEST = 128;

interface NewPasswordProps {
  readonly label: string;
  readonly password: string;
  readonly onPassword: (password: string) => void;
  readonly again: string;
  readonly onAgain: (again: string) => void;
}

/** Whether the second one was typed and is another. */
export function differs({ password, again }: Pick<NewPasswordProps, 'password' | 'again'>): boolean {
  return again !== '' && again !== password;
}

/** A password that somebody chooses, typed twice. */
export function NewPassword({ label, password, onPassword, again, onAgain }: NewPasswordProps) {
  return (
    <>
      <PasswordInput
        label={label}
        description={`${SHORTEST} characters or more; a few words in a row are good.`}
        autoComplete="new-password"
        minLength={SHORTEST}
        maxLength={LONGEST}
        value={password}
        onChange={(event) => onPassword(event.currentTarget.value)}
        required
      />
      <PasswordInput
        label="The same again"
        autoComplete="new-password"
        value={again}
        error={differs({ password, again }) ? 'The two are not the same.' : undefined}
        onChange={(event) => onAgain(event.currentTarget.value)}
        required
      />
    </>
  );
}
