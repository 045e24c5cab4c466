import { Text } from '@mantine/core';
import { IconCircleCheck, IconClock, IconMinus } from '@tabler/icons-react';
import type { UserShape } from '../../../../../src/shapes/user-shapes.ts';
import { Instant } from '../../../components/instant.tsx';
import { StateBadge } from '../../../components/state-badge.tsx';
import type { UserState } from '../choices.ts';

const LOOKS: Readonly<Record<UserState, Parameters<typeof StateBadge>[0]>> = {
  active: { words: 'Active', tone: 'good', icon: IconCircleCheck },
  invited: { words: 'Invited', tone: 'warn', icon: IconClock },
  disabled: { words: 'Disabled', tone: 'wait', icon: IconMinus },
};

/** Whoever has no way to sign in yet is invited. */
export function userState({ disabled, signIn }: UserShape): UserState {
  if (disabled) return 'disabled';
  return signIn.length === 0 ? 'invited' : 'active';
}

export function userStateWords(state: UserState): string {
  return LOOKS[state].words;
}

export function UserStateBadge({ user }: { readonly user: UserShape }) {
  const { linkExpiresAt: until } = user;
  return (
    <>
      <StateBadge {...LOOKS[userState(user)]} />
      {until !== null && !user.disabled && (
        <Text size="xs" c="dimmed">
          their link ends <Instant at={until} as="relative" inTable />
        </Text>
      )}
      {until === null && userState(user) === 'invited' && (
        <Text size="xs" c="dimmed">
          no link that works
        </Text>
      )}
    </>
  );
}
