import type { App } from '../app.ts';
import { VERSION } from '../lib/version.ts';
import { hasUsers } from '../users/find-users.ts';
import { firstAdminLink } from '../users/first-admin.ts';
import { linkUrl } from '../users/link-url.ts';
import type { SignInSettings } from '../users/sign-in-settings.ts';

/**
 * What a server tells that people sign in to. Where there is no user yet, a person at a terminal is given the link by which they make
 * themselves the first administrator; in a log it would lie about, and there a command is named instead.
 */
export async function signInGreeting(
  { ledger }: Pick<App, 'ledger'>,
  { origin, passwords }: Pick<SignInSettings, 'origin' | 'passwords'>,
  url: string,
  isTTY: boolean,
): Promise<string> {
  const { store } = ledger;
  const lines = [`Aquarius ${VERSION} listens on ${url}; people sign in at ${origin}.`];
  const link = isTTY && passwords ? await firstAdminLink(store) : null;
  if (link !== null) {
    lines.push(
      'There is no user yet. Whoever opens this link within 48 hours is the first administrator:',
      linkUrl(origin, link),
    );
  } else if (!(await hasUsers(store))) {
    lines.push('There is no user yet: `aquarius users add EMAIL --role admin --agencies all` makes the first administrator.');
  }
  if (isTTY) lines.push('Commands in this data directory go through it. Ctrl-C stops it; twice, at once.');
  return `${lines.join('\n')}\n`;
}
