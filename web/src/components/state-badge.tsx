import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconClock,
  IconHandStop,
  IconLoader2,
  IconMinus,
  IconPlayerPause,
  IconPlugConnectedX,
  type TablerIcon,
} from '@tabler/icons-react';
import type { DeliveryState, Destination, Run } from '../api/types.ts';
import classes from './state-badge.module.css';

type Tone = 'good' | 'busy' | 'wait' | 'warn' | 'bad';

interface Look {
  readonly words: string;
  readonly tone: Tone;
  readonly icon: TablerIcon;
}

const RUN: Readonly<Record<Run['state'], Look>> = {
  planned: { words: 'Planned', tone: 'wait', icon: IconClock },
  extracting: { words: 'Extracting', tone: 'busy', icon: IconLoader2 },
  staged: { words: 'Staged', tone: 'busy', icon: IconLoader2 },
  delivering: { words: 'Delivering', tone: 'busy', icon: IconLoader2 },
  delivered: { words: 'Delivered', tone: 'good', icon: IconCircleCheck },
  partial: { words: 'Partly delivered', tone: 'warn', icon: IconAlertTriangle },
  failed: { words: 'Failed', tone: 'bad', icon: IconCircleX },
  skipped: { words: 'Skipped', tone: 'wait', icon: IconMinus },
};

const HELD: Look = { words: 'Needs approval', tone: 'warn', icon: IconHandStop };

const DELIVERY: Readonly<Record<DeliveryState, Look>> = {
  on: { words: 'On', tone: 'good', icon: IconCircleCheck },
  paused: { words: 'Paused', tone: 'warn', icon: IconPlayerPause },
  blocked: { words: 'Blocked', tone: 'bad', icon: IconCircleX },
  off: { words: 'Off', tone: 'wait', icon: IconMinus },
};

const BREAKER: Readonly<Record<Destination['breaker'], Look>> = {
  closed: { words: 'In order', tone: 'good', icon: IconCircleCheck },
  probing: { words: 'Trying again', tone: 'warn', icon: IconAlertTriangle },
  open: { words: 'Left alone', tone: 'bad', icon: IconPlugConnectedX },
};

/** A state in words, with a sign in its colour: nobody has to tell colours apart. */
export function StateBadge({ words, tone, icon: Icon }: Look) {
  return (
    <span className={classes.badge}>
      <Icon size={16} stroke={2} className={classes.icon} data-tone={tone} aria-hidden />
      <span>{words}</span>
    </span>
  );
}

/** How far a run is, or that it waits for a person. */
export function RunStateBadge({ run }: { readonly run: Pick<Run, 'state'> & Partial<Pick<Run, 'hold'>> }) {
  return <StateBadge {...(run.hold ? HELD : RUN[run.state])} />;
}

export function DeliveryStateBadge({ state }: { readonly state: DeliveryState }) {
  return <StateBadge {...DELIVERY[state]} />;
}

export function BreakerBadge({ breaker }: { readonly breaker: Destination['breaker'] }) {
  return <StateBadge {...BREAKER[breaker]} />;
}

/** The words for a state of runs, as filters have them. */
export function runStateWords(state: Run['state']): string {
  return RUN[state].words;
}

export function deliveryStateWords(state: DeliveryState): string {
  return DELIVERY[state].words;
}
