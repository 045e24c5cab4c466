import {
  IconAlertTriangle,
  IconBuildingStore,
  IconCircleX,
  IconClockExclamation,
  IconHandStop,
  IconPlayerPause,
  IconPlugConnectedX,
} from '@tabler/icons-react';
import type { Alert } from '../../api/types.ts';
import { alertKindWords } from './alert-kinds.ts';

const LOOKS = {
  run_failed: { tone: 'bad', icon: IconCircleX },
  destination_down: { tone: 'bad', icon: IconPlugConnectedX },
  delivery_blocked: { tone: 'bad', icon: IconCircleX },
  run_late: { tone: 'warn', icon: IconClockExclamation },
  size_deviation: { tone: 'warn', icon: IconHandStop },
  run_waiting: { tone: 'warn', icon: IconHandStop },
  delivery_paused: { tone: 'warn', icon: IconPlayerPause },
  store_list_waiting: { tone: 'warn', icon: IconBuildingStore },
  rejects: { tone: 'warn', icon: IconAlertTriangle },
  delivery_doubtful: { tone: 'warn', icon: IconAlertTriangle },
  copy_behind: { tone: 'warn', icon: IconAlertTriangle },
} as const satisfies Record<Alert['kind'], unknown>;

/** How an alert is shown: to be given to a StateBadge. */
export function alertLook(kind: Alert['kind']) {
  return { ...LOOKS[kind], words: alertKindWords(kind) };
}
