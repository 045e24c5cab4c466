import { createHmac } from 'node:crypto';
import type { AlertChannel } from '../../config/operation-settings.ts';
import { configError } from '../../errors.ts';
import type { Message } from './message.ts';
import { post } from './post.ts';
import type { SendCtx } from './send-ctx.ts';

/** A key shorter than 24 bytes can be guessed; Standard Webhooks allows up to 64. */
const KEY_BYTES = { least: 24, most: 64 };

/**
 * Posts the message as Standard Webhooks has it: signed with HMAC-SHA256 over id, time and body. The id and the body are the same at
 * every try; the time is that of the try. Throws `alert_secret_malformed`, `config`, and what `post` throws.
 */
export async function sendWebhook(
  channel: Extract<AlertChannel, { type: 'webhook' }>,
  message: Message,
  { secrets, signal, clock }: SendCtx,
): Promise<void> {
  const key = signingKey(await secrets(channel.secret));
  const body = JSON.stringify(payload(message));
  const timestamp = Math.floor(clock.now().getTime() / 1_000);
  const signature = createHmac('sha256', key).update(`${message.id}.${timestamp}.${body}`).digest('base64');
  const headers = {
    'webhook-id': message.id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': `v1,${signature}`,
  };
  await post({ url: channel.url, headers, body, signal, clock });
}

function payload({ type, at, text, alert }: Message) {
  if (alert === null) return { type, timestamp: at, data: { message: text } };
  const { key, kind, agencyId, state, message, detail, firedAt, resolvedAt } = alert;
  return { type, timestamp: at, data: { key, kind, agencyId, state, message, detail, firedAt, resolvedAt } };
}

function signingKey(secret: string): Buffer {
  const text = secret.replace(/^whsec_/, '');
  const key = Buffer.from(text, 'base64');
  const wellFormed = /^[A-Za-z0-9+/]+={0,2}$/.test(text) && key.length >= KEY_BYTES.least && key.length <= KEY_BYTES.most;
  if (wellFormed) return key;
  throw configError('alert_secret_malformed', 'The signing secret of an alert channel is not base64 of 24 to 64 bytes.', {
    hint: 'Make one: echo "whsec_$(openssl rand -base64 32)".',
  });
}
