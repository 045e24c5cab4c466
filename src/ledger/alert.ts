/** What people are told about. */
export const ALERT_KINDS = [
  'run_failed',
  'run_late',
  'run_waiting',
  'size_deviation',
  'rejects',
  'delivery_doubtful',
  'delivery_paused',
  'delivery_blocked',
  'destination_down',
  'copy_behind',
  'store_list_waiting',
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/** Something that is wrong now. The key says what: the same key is the same trouble, however often it is seen. */
export interface Condition {
  /** `run_failed:<delivery id>` and the like. */
  readonly key: string;
  readonly kind: AlertKind;
  readonly agencyId: string | null;
  /** One line for people. Never an identifier of a person, never a secret. */
  readonly message: string;
  readonly detail: Readonly<Record<string, string | number | null>>;
}

/** A condition with its history: told once when it begins and once when it ends. Times are ISO 8601 UTC. */
export interface Alert extends Condition {
  readonly state: 'firing' | 'resolved';
  readonly firedAt: string;
  readonly resolvedAt: string | null;
}

/** A message to one channel that must still be sent. */
export interface Notification {
  readonly id: string;
  readonly channel: string;
  readonly event: 'fired' | 'resolved';
  readonly alert: Alert;
  readonly attempts: number;
}
