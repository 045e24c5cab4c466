import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconCircleHalf2 } from '@tabler/icons-react';
import type { CampaignMappingRow } from '../../../../../src/shapes/config/campaigns.ts';
import { StateBadge } from '../../../components/state-badge.tsx';

type State = CampaignMappingRow['STATE'];

const LOOKS: Readonly<Record<State, Parameters<typeof StateBadge>[0]>> = {
  MAPPED: { words: 'Mapped', tone: 'good', icon: IconCircleCheck },
  PARTIAL: { words: 'Partly mapped', tone: 'warn', icon: IconCircleHalf2 },
  CONFLICT: { words: 'Conflict', tone: 'bad', icon: IconAlertTriangle },
  UNMAPPED: { words: 'Unmapped', tone: 'wait', icon: IconCircleDashed },
};

export const MAPPING_STATES = ['MAPPED', 'PARTIAL', 'CONFLICT', 'UNMAPPED'] as const satisfies readonly State[];

/** How far the DSP advertiser of a mapping is mapped. */
export function MappingState({ state }: { readonly state: State }) {
  return <StateBadge {...LOOKS[state]} />;
}

export function mappingStateWords(state: State): string {
  return LOOKS[state].words;
}
