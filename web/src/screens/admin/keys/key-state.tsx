import { IconCircleCheck, IconClockX, IconMinus } from '@tabler/icons-react';
import type { ApiKeyShape } from '../../../../../src/shapes/user-shapes.ts';
import { StateBadge } from '../../../components/state-badge.tsx';
import { useNow } from '../../../lib/use-now.ts';
import type { KeyState } from '../choices.ts';

const LOOKS: Readonly<Record<KeyState, Parameters<typeof StateBadge>[0]>> = {
  active: { words: 'Works', tone: 'good', icon: IconCircleCheck },
  expired: { words: 'Has ended', tone: 'wait', icon: IconClockX },
  revoked: { words: 'Revoked', tone: 'wait', icon: IconMinus },
};

const EVERY_MS = 15_000;

export function keyState({ revokedAt, expiresAt }: ApiKeyShape, nowMs: number): KeyState {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && Date.parse(expiresAt) <= nowMs ? 'expired' : 'active';
}

export function keyStateWords(state: KeyState): string {
  return LOOKS[state].words;
}

export function KeyStateBadge({ apiKey }: { readonly apiKey: ApiKeyShape }) {
  return <StateBadge {...LOOKS[keyState(apiKey, useNow(EVERY_MS))]} />;
}
