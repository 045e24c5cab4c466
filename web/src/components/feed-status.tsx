import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconHelpCircle, IconInfoCircle } from '@tabler/icons-react';
import type { FeedHealth } from '../../../src/shapes/config/health.ts';
import { StateBadge } from './state-badge.tsx';

const LOOKS: Readonly<Record<FeedHealth['STATUS'], Parameters<typeof StateBadge>[0]>> = {
  HEALTHY: { words: 'Healthy', tone: 'good', icon: IconCircleCheck },
  WARNING: { words: 'Warning', tone: 'warn', icon: IconAlertTriangle },
  CRITICAL: { words: 'Critical', tone: 'bad', icon: IconCircleX },
  UNKNOWN: { words: 'Not known', tone: 'bad', icon: IconHelpCircle },
  INFORMATIONAL: { words: 'Informational', tone: 'wait', icon: IconInfoCircle },
};

/** How a feed is. What could not be looked at has a look of its own, which is not that of what is healthy. */
export function FeedStatus({ status }: { readonly status: FeedHealth['STATUS'] }) {
  return <StateBadge {...LOOKS[status]} />;
}
