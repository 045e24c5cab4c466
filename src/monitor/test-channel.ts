import { randomUUID } from 'node:crypto';
import type { AlertChannel } from '../config/operation-settings.ts';
import { configError } from '../errors.ts';
import { didYouMean } from '../lib/did-you-mean.ts';
import { send } from './channels/send.ts';
import type { SendCtx } from './channels/send-ctx.ts';

/**
 * Sends a test message over one channel, once, and resolves when the other side has taken it. Throws `unknown_alert_channel`, `config`,
 * and what the channel throws.
 */
export async function testChannel(name: string, channels: Readonly<Record<string, AlertChannel>>, ctx: SendCtx): Promise<void> {
  const channel = channels[name];
  if (channel === undefined) {
    const hint = didYouMean(name, Object.keys(channels)) ?? 'Name one under alerts.channels in aquarius.yaml.';
    throw configError('unknown_alert_channel', `There is no alert channel ${name}.`, { hint });
  }
  const at = ctx.clock.now().toISOString();
  const text = `This is a test of the alert channel ${name}. Nothing is wrong, and nothing needs to be done.`;
  await send(channel, { id: `test-${randomUUID()}`, type: 'alert.test', at, text, alert: null }, ctx);
}
