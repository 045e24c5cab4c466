import type { AlertChannel } from '../../config/operation-settings.ts';
import { configError, transientError } from '../../errors.ts';
import type { Message } from './message.ts';
import type { SendCtx } from './send-ctx.ts';

/** Longer subjects are cut by whoever shows them; the whole text is in the mail. */
const LONGEST_SUBJECT = 150;

/**
 * Sends the message as plain text over SMTP. TLS is as the URL says: `smtps:` from the start; `smtp:` when the server offers it, or
 * always with `?requireTLS=true`. Throws `alert_smtp_url`, `config`, or `alert_mail_failed`, `transient`.
 */
export async function sendEmail(
  channel: Extract<AlertChannel, { type: 'email' }>,
  message: Message,
  { secrets, signal }: SendCtx,
): Promise<void> {
  const url = await secrets(channel.smtp);
  if (!URL.canParse(url) || !/^smtps?:/.test(url)) {
    throw configError('alert_smtp_url', `The secret ${channel.smtp} is not the URL of a mail server.`, {
      hint: 'Write it as smtps://user:password@mail.example.com, special characters of the password percent-encoded.',
    });
  }
  // Loaded for those who mail only: it costs every command a share of its start.
  const { createTransport } = await import('nodemailer');
  try {
    await createTransport(url).sendMail({ ...mail(channel, message), signal });
  } catch (error) {
    throw transientError('alert_mail_failed', `The mail server did not take an alert (${reason(error)}).`, {
      hint: 'It is tried again; if it stays so, look at the URL, the login and the addresses.',
    });
  }
}

function mail({ from, to }: Extract<AlertChannel, { type: 'email' }>, { id, type, at, text, alert }: Message) {
  const detail = Object.entries(alert?.detail ?? {}).map(([name, value]) => `${name}: ${value ?? '-'}`);
  const lines = [text, '', `At: ${at}`, ...(alert === null ? [] : [`Kind: ${alert.kind}`, `Key: ${alert.key}`, ...detail])];
  return {
    from,
    to,
    subject: `[Aquarius] ${text}`.slice(0, LONGEST_SUBJECT),
    text: `${lines.join('\n')}\n`,
    // The same at every try, so that mail systems drop a repeat.
    messageId: `<${id}@${from.slice(from.lastIndexOf('@') + 1)}>`,
    // Answers of absence from every recipient help nobody.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Aquarius-Event': type },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** Codes alone: what a mail server says quotes addresses. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'AbortError') return 'no answer in time';
  const code = 'code' in error ? String(error.code) : 'no connection';
  return 'responseCode' in error && error.responseCode ? `${code}, ${error.responseCode}` : code;
}
