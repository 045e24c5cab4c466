import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconClock,
  IconHelpCircle,
  IconMinus,
  IconPlayerPause,
} from '@tabler/icons-react';
import type { HubRow } from '../../../../src/shapes/config/advertisers.ts';
import { StateBadge } from '../../components/state-badge.tsx';
import { STATUS_WORDS } from './words.ts';

type Look = Parameters<typeof StateBadge>[0];

const DELIVERY: Readonly<Record<HubRow['DELIVERY_STATE'], Look>> = {
  ON: { words: 'On', tone: 'good', icon: IconCircleCheck },
  BLOCKED: { words: 'Blocked', tone: 'bad', icon: IconCircleX },
  FAILED: { words: 'Last run failed', tone: 'bad', icon: IconAlertTriangle },
  PAUSED: { words: 'Paused', tone: 'warn', icon: IconPlayerPause },
  OFF: { words: 'Off', tone: 'wait', icon: IconMinus },
  NONE: { words: 'No destination', tone: 'wait', icon: IconCircleDashed },
  NOT_CHECKED: { words: 'Not checked', tone: 'wait', icon: IconHelpCircle },
};

const STATUS: Readonly<Record<HubRow['CONFIG_STATUS'], Omit<Look, 'words'>>> = {
  ACTIVE: { tone: 'good', icon: IconCircleCheck },
  PENDING: { tone: 'wait', icon: IconClock },
  INACTIVE: { tone: 'wait', icon: IconMinus },
  NOT_CONFIGURED: { tone: 'warn', icon: IconCircleDashed },
};

/** How an advertiser's deliveries are doing, all together. */
export function AdvertiserDeliveryBadge({ state }: { readonly state: HubRow['DELIVERY_STATE'] }) {
  return <StateBadge {...DELIVERY[state]} />;
}

export function deliveryWords(state: HubRow['DELIVERY_STATE']): string {
  return DELIVERY[state].words;
}

export function ConfigStatusBadge({ status }: { readonly status: HubRow['CONFIG_STATUS'] }) {
  return <StateBadge words={STATUS_WORDS[status]} {...STATUS[status]} />;
}
