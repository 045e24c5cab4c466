import type { Alert, Notification } from '../../ledger/alert.ts';

/** What a channel is given to say. */
export interface Message {
  /** The same at every try, so that a receiver can drop what it has had. */
  readonly id: string;
  readonly type: 'alert.fired' | 'alert.resolved' | 'alert.test';
  /** When it happened, ISO 8601 UTC. */
  readonly at: string;
  /** One line. */
  readonly text: string;
  /** Null for a test. */
  readonly alert: Alert | null;
}

/** A notification of the ledger as a message. */
export function messageOf({ id, event, alert }: Notification): Message {
  if (event === 'fired') return { id, type: 'alert.fired', at: alert.firedAt, text: alert.message, alert };
  return { id, type: 'alert.resolved', at: alert.resolvedAt ?? alert.firedAt, text: `Over: ${alert.message}`, alert };
}
