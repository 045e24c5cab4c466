import type { Alert } from '../../api/types.ts';

type AlertKind = Alert['kind'];

/** In the order in which a person should look. */
export const ALERT_KINDS = [
  'run_failed',
  'destination_down',
  'delivery_blocked',
  'run_late',
  'size_deviation',
  'run_waiting',
  'delivery_paused',
  'store_list_waiting',
  'rejects',
  'delivery_doubtful',
  'copy_behind',
] as const satisfies readonly AlertKind[];

const WORDS: Readonly<Record<AlertKind, string>> = {
  run_failed: 'Failed',
  destination_down: 'Destination down',
  delivery_blocked: 'Blocked',
  run_late: 'Late',
  size_deviation: 'Size is off',
  run_waiting: 'Needs approval',
  delivery_paused: 'Paused',
  store_list_waiting: 'Store list to look at',
  rejects: 'Rows refused',
  delivery_doubtful: 'Doubtful',
  copy_behind: 'Log is behind',
};

export function alertKindWords(kind: AlertKind): string {
  return WORDS[kind];
}
