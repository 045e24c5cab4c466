import { hashPassword, verifyPassword } from 'better-auth/crypto';
import { configError } from '../errors.ts';
import type { Actor } from '../ledger/actor.ts';
import { appendAudit, recordAction } from '../ledger/audit-log.ts';
import { type Store, timestamp } from '../ledger/store.ts';
import { askLibrary, isRefusal } from './ask-library.ts';
import { attemptOf, countAttempt, forgiveAttempt } from './attempts.ts';
import type { Auth } from './auth.ts';
import { endSessionsOf, insertUser, subject } from './change-users.ts';
import { type Client, headersOf } from './client.ts';
import { hasUsers, userById } from './find-users.ts';
import { endLinks, findLink, type Link, type LinkFacts, useLink } from './links.ts';
import { refuseWeakPassword } from './password-rules.ts';
import { passwordHashOf, setPassword } from './passwords.ts';
import { hashOf } from './secret-text.ts';
import { subject as sessionSubject } from './sessions.ts';
import type { SignInSettings } from './sign-in-settings.ts';

/** Signing in with e-mail and password, and all that sets a password. */

export interface SignInParts {
  readonly store: Store;
  readonly settings: SignInSettings;
  readonly auth: Auth;
}

/** A new session: the cookies that the browser is to keep. */
export interface SignedIn {
  readonly cookies: readonly string[];
  readonly isIn: boolean;
}

/**
 * Signs in. `config` errors: `sign_in_failed`, whatever is wrong of e-mail, password and user; `passwords_off`. `transient`:
 * `too_many_attempts`.
 */
export async function signIn(
  { store, settings, auth }: SignInParts,
  { email, password }: { readonly email: string; readonly password: string },
  client: Client,
): Promise<SignedIn> {
  if (!settings.passwords) throw passwordsOff();
  const attempt = attemptOf(email, client.address);
  await countAttempt(store, attempt);
  try {
    const { headers } = await askLibrary(store, () =>
      auth.api.signInEmail({ body: { email: email.trim(), password }, headers: headersOf(client), returnHeaders: true }),
    );
    await forgiveAttempt(store, attempt);
    return { cookies: headers.getSetCookie(), isIn: true };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    await recordRefusal(store, email);
    throw configError('sign_in_failed', 'The e-mail or the password is wrong.', {
      hint: 'Try again, or ask an administrator for a link by which you set a new password.',
    });
  }
}

/** What a link is for, so that its page can say so. `config` errors: `link_unknown`, `link_expired`. `transient`: `too_many_attempts`. */
export async function linkFacts({ store }: SignInParts, token: string, client: Client): Promise<LinkFacts> {
  const { userId, kind, expiresAt } = await linkOf(store, token, client);
  if (userId === null) return { kind, email: null, name: null, expiresAt };
  const { email, name } = await userById(store, userId);
  return { kind, email, name, expiresAt };
}

export interface LinkAnswer {
  readonly token: string;
  readonly password: string;
  readonly name?: string | undefined;
  /** Only by the link of the first admin: others are of a user. */
  readonly email?: string | undefined;
}

/**
 * Uses a link: sets the password, ends all other sessions and signs in. `config` errors: `link_unknown`, `link_expired`,
 * `password_weak`, `request_invalid` when the link of the first admin comes without e-mail or name.
 */
export async function acceptLink(parts: SignInParts, answer: LinkAnswer, client: Client): Promise<SignedIn> {
  const { store, settings } = parts;
  if (!settings.passwords) throw passwordsOff();
  const link = await linkOf(store, answer.token, client);
  const person = await personOf(store, link, answer);
  await refuseWeakPassword(answer.password, person);
  const hash = await hashPassword(answer.password);
  await store.write(async (trx) => {
    await useLink(store, trx, link);
    const actor: Actor = { name: person.email, via: 'api', reason: null };
    const userId = link.userId ?? (await insertUser(store, trx, { ...person, role: 'admin', agencies: 'all' }, actor));
    await setPassword(store, trx, userId, hash);
    await trx
      .updateTable('authUsers')
      .set({ name: person.name, updatedAt: timestamp(store) })
      .where('id', '=', userId)
      .execute();
    await endSessionsOf(trx, userId);
    await endLinks(trx, link.userId);
    await appendAudit(store, trx, actor, {
      action: 'user.acceptLink',
      ...subject(userId),
      before: null,
      after: { kind: link.kind, name: person.name },
    });
  });
  // Whoever was kept out by too many attempts comes in again with the new password.
  await forgiveAttempt(store, attemptOf(person.email, null));
  return signIn(parts, { email: person.email, password: answer.password }, client);
}

/**
 * Changes the password of somebody who is signed in, ends all their sessions and begins a new one. `config` errors: `password_wrong`,
 * `password_none` for who has none, `password_weak`. `transient`: `too_many_attempts`.
 */
export async function changePassword(
  parts: SignInParts,
  userId: string,
  { current, next }: { readonly current: string; readonly next: string },
  client: Client,
): Promise<SignedIn> {
  const { store, settings } = parts;
  if (!settings.passwords) throw passwordsOff();
  const user = await userById(store, userId);
  const known = await passwordHashOf(store, userId);
  if (known === null) {
    throw configError('password_none', 'You have no password here.', {
      hint: 'You sign in at the provider; an administrator can make a link by which you set a password.',
    });
  }
  const attempt = attemptOf(user.email, client.address);
  await countAttempt(store, attempt);
  if (!(await verifyPassword({ hash: known, password: current }))) {
    throw configError('password_wrong', 'The password so far is wrong.', {
      hint: 'Type it again, or ask an administrator for a link by which you set a new one.',
      problems: [{ path: 'body.current', message: 'is wrong' }],
    });
  }
  await forgiveAttempt(store, attempt);
  await refuseWeakPassword(next, user, 'body.next');
  const hash = await hashPassword(next);
  await store.write(async (trx) => {
    await setPassword(store, trx, userId, hash);
    await endSessionsOf(trx, userId);
    const actor: Actor = { name: user.email, via: 'api', reason: null };
    await appendAudit(store, trx, actor, { action: 'user.password', ...subject(userId), before: null, after: null });
  });
  return signIn(parts, { email: user.email, password: next }, client);
}

/** Finds a link; guessing is limited by address. */
async function linkOf(store: Store, token: string, client: Client): Promise<Link> {
  const attempt = attemptOf(null, client.address);
  await countAttempt(store, attempt);
  const link = await store.read((db) => findLink(store, db, token));
  await forgiveAttempt(store, attempt);
  return link;
}

/** Whose password a link sets. */
async function personOf(
  store: Store,
  { userId }: Link,
  { name, email }: LinkAnswer,
): Promise<{ readonly email: string; readonly name: string }> {
  if (userId !== null) {
    const user = await userById(store, userId);
    if (user.disabled)
      throw configError('link_unknown', 'This link is not one that can be used.', { hint: 'The user is disabled.' });
    return { email: user.email, name: name ?? user.name };
  }
  if (await hasUsers(store)) {
    throw configError('link_unknown', 'This link is not one that can be used.', {
      hint: 'There is an administrator already: ask them.',
    });
  }
  if (email !== undefined && name !== undefined) return { email, name };
  throw configError('request_invalid', 'The first administrator needs an e-mail and a name.', {
    hint: 'Send both with the password.',
    problems: [
      ...(email === undefined ? [{ path: 'body.email', message: 'is needed with this link' }] : []),
      ...(name === undefined ? [{ path: 'body.name', message: 'is needed with this link' }] : []),
    ],
  });
}

/** Keeps that somebody was refused: whom, only when it is a user. What strangers type may be anything, a password too. */
async function recordRefusal(store: Store, email: string): Promise<void> {
  const typed = email.trim().toLowerCase();
  const user = await store.read((db) => db.selectFrom('authUsers').select('id').where('email', '=', typed).executeTakeFirst());
  const actor: Actor = { name: user === undefined ? 'unknown' : typed, via: 'api', reason: null };
  const about = user === undefined ? sessionSubject(`unknown-${hashOf(typed).slice(0, 8)}`) : subject(user.id);
  await recordAction(store, actor, [{ action: 'session.refuse', ...about, before: null, after: { way: 'password' } }]);
}

function passwordsOff(): Error {
  return configError('passwords_off', 'Passwords are not used here.', { hint: 'Sign in at the provider.' });
}
