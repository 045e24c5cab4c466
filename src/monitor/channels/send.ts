import type { AlertChannel } from '../../config/operation-settings.ts';
import { sendEmail } from './email.ts';
import type { Message } from './message.ts';
import type { SendCtx } from './send-ctx.ts';
import { sendSlack } from './slack.ts';
import { sendWebhook } from './webhook.ts';

/** How long one send may take. */
const DEADLINE_MS = 15_000;

/** Sends a message over a channel, within 15 seconds. Resolves when the other side has taken it; throws what the channel throws. */
export async function send(channel: AlertChannel, message: Message, ctx: SendCtx): Promise<void> {
  const timed = { ...ctx, signal: AbortSignal.any([ctx.signal, AbortSignal.timeout(DEADLINE_MS)]) };
  switch (channel.type) {
    case 'webhook':
      return sendWebhook(channel, message, timed);
    case 'slack':
      return sendSlack(channel, message, timed);
    case 'email':
      return sendEmail(channel, message, timed);
  }
}
