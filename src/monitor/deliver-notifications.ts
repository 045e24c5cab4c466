import type { Logger } from 'pino';
import type { AlertChannel } from '../config/operation-settings.ts';
import type { Secrets } from '../destinations/destination.ts';
import { AquariusError } from '../errors.ts';
import type { Notification } from '../ledger/alert.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Clock } from '../lib/clock.ts';
import { messageOf } from './channels/message.ts';
import { send } from './channels/send.ts';

export interface NotifyDeps {
  readonly ledger: Pick<Ledger, 'takeNotification' | 'notificationDone' | 'notificationFailed'>;
  readonly channels: Readonly<Record<string, AlertChannel>>;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Well above the deadline of a send, so that nobody else takes what is being sent. */
const LEASE_MS = 60_000;

const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 3_600_000;

/** What nobody could be told for a day is old news; the alert itself stays in the ledger. */
const GIVE_UP_MS = 86_400_000;

/** How a pass ended, in messages. */
export interface NotifyResult {
  readonly sent: number;
  readonly delayed: number;
  readonly givenUp: number;
}

/**
 * Sends the notifications whose time has come, one after the other, until there are none or `signal` aborts. A failed one is tried
 * again after 30 seconds, doubling up to an hour, or when the receiver says; for a day at most. A channel that fails is left alone for
 * the rest of the pass, so that it holds up no other. Throws what the ledger throws.
 */
export async function deliverNotifications(deps: NotifyDeps, signal: AbortSignal): Promise<NotifyResult> {
  const resting = new Map<string, number>();
  const result = { sent: 0, delayed: 0, givenUp: 0 };
  while (!signal.aborted) {
    const notification = await deps.ledger.takeNotification(LEASE_MS);
    if (notification === null) break;
    const outcome = resting.get(notification.channel) ?? (await trySend(deps, notification, signal));
    if (outcome === 'sent') {
      await deps.ledger.notificationDone(notification.id);
      result.sent += 1;
    } else if (outcome === 'stopped') {
      break;
    } else if (outcome === 'hopeless') {
      await deps.ledger.notificationFailed(notification.id, null);
      result.givenUp += 1;
    } else {
      resting.set(notification.channel, outcome);
      await deps.ledger.notificationFailed(notification.id, outcome);
      result.delayed += 1;
    }
  }
  return result;
}

/** A number is the wait before the next try, in milliseconds. */
type Outcome = 'sent' | 'stopped' | 'hopeless' | number;

async function trySend(deps: NotifyDeps, notification: Notification, signal: AbortSignal): Promise<Outcome> {
  const { clock, secrets, log } = deps;
  const { channel: name, event, attempts, alert } = notification;
  const told = { channel: name, event, alert: alert.key, attempts };
  const channel = deps.channels[name];
  if (channel === undefined) {
    log.warn({ ...told, code: 'alert_channel_removed' }, 'An alert was for a channel that is no longer configured');
    return 'hopeless';
  }
  try {
    await send(channel, messageOf(notification), { secrets, clock, signal });
    return 'sent';
  } catch (error) {
    // Whether it arrived is not known; when the lease is over it goes out again, under the same id.
    if (signal.aborted) return 'stopped';
    const next = nextTry(notification, error, clock);
    const { code, message, hint } = error instanceof AquariusError ? error : BUG;
    log.error({ ...told, code, hint, retryInMs: next === 'hopeless' ? null : next }, message);
    return next;
  }
}

const BUG = {
  code: 'bug',
  message: 'Unexpected failure of an alert channel',
  hint: 'This is a mistake in Aquarius; please report it.',
};

function nextTry({ event, attempts, alert }: Notification, error: unknown, clock: Clock): 'hopeless' | number {
  if (error instanceof AquariusError && error.kind === 'rejected') return 'hopeless';
  const asked = error instanceof AquariusError ? (error.retryAfterMs ?? 0) : 0;
  const wait = Math.max(asked, Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, attempts - 1)));
  const began = Date.parse((event === 'resolved' ? alert.resolvedAt : null) ?? alert.firedAt);
  return clock.now().getTime() + wait - began > GIVE_UP_MS ? 'hopeless' : wait;
}
