import type { AlertChannel } from '../../config/operation-settings.ts';
import { configError } from '../../errors.ts';
import type { Message } from './message.ts';
import { post } from './post.ts';
import type { SendCtx } from './send-ctx.ts';

/** Slack takes 3,000 characters in a section. */
const LONGEST = 2_900;

const SIGNS = { 'alert.fired': ':red_circle:', 'alert.resolved': ':white_check_mark:', 'alert.test': ':wave:' } as const;

/** Posts the message to an incoming webhook of Slack. Throws `alert_url_malformed`, `config`, and what `post` throws. */
export async function sendSlack(
  channel: Extract<AlertChannel, { type: 'slack' }>,
  message: Message,
  { secrets, signal, clock }: SendCtx,
): Promise<void> {
  const url = await secrets(channel.url);
  if (!URL.canParse(url) || !/^https?:/.test(url)) {
    throw configError('alert_url_malformed', `The secret ${channel.url} is not the URL of a webhook.`, {
      hint: 'Copy the webhook URL from the app’s page “Incoming Webhooks” in Slack.',
    });
  }
  await post({ url, headers: {}, body: JSON.stringify(payload(message)), signal, clock });
}

function payload({ type, at, text, alert }: Message) {
  const line = escaped(text).slice(0, LONGEST);
  const facts = [alert?.kind, alert?.agencyId && `agency ${escaped(alert.agencyId)}`, at].filter(Boolean).join(' · ');
  return {
    // What notifications show, and clients that show no blocks.
    text: line,
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: `${SIGNS[type]} ${line}` } },
      { type: 'context', elements: [{ type: 'mrkdwn', text: facts }] },
    ],
  };
}

/** The three characters by which Slack's markup makes links and mentions. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
