import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconHelpCircle, IconMinus } from '@tabler/icons-react';
import type { AgencyHealth } from '../../../../../src/shapes/config/health.ts';

/** How an agency and what it has are shown: to be given to a StateBadge. */

export const AGENCY_LOOKS = {
  CRITICAL: { words: 'Critical', tone: 'bad', icon: IconCircleX },
  NEEDS_ATTENTION: { words: 'Needs attention', tone: 'warn', icon: IconAlertTriangle },
  MINOR_GAPS: { words: 'Minor gaps', tone: 'wait', icon: IconAlertTriangle },
  NOT_CHECKED: { words: 'Not checked', tone: 'bad', icon: IconHelpCircle },
  HEALTHY: { words: 'Healthy', tone: 'good', icon: IconCircleCheck },
} as const satisfies Record<AgencyHealth['OVERALL'], unknown>;

type Cells = AgencyHealth['CELLS'];

export const CELL_LOOKS = {
  YES: { tone: 'good', icon: IconCircleCheck, words: 'yes' },
  NO: { tone: 'wait', icon: IconMinus, words: 'no' },
  NOT_CHECKED: { tone: 'bad', icon: IconHelpCircle, words: 'not checked' },
} as const satisfies Record<Cells[keyof Cells], unknown>;

export const CELL_WORDS: Readonly<Record<keyof Cells, string>> = {
  IMPRESSIONS: 'Impressions',
  CREATIVES: 'Creatives',
  PUBLISHERS: 'Publishers',
  ZIP_CODES: 'Zip codes',
  PIXEL_EVENTS: 'Pixel events',
  POIS: 'Places',
  URLS: 'Domains',
  DELIVERY: 'Delivery',
};

export const CELLS = Object.keys(CELL_WORDS) as readonly (keyof Cells)[];
