import type { z } from 'zod';
import type { App } from '../../app.ts';
import { configError } from '../../errors.ts';
import type { Actor } from '../../ledger/actor.ts';
import { createUserRequest, type oneUser, type UserWithLink } from '../../shapes/user-shapes.ts';
import { userToShape } from '../../shapes/user-to-shape.ts';
import type { Agencies } from '../../users/agencies.ts';
import { changeUser, createUser, renewLink, type UserChange } from '../../users/change-users.ts';
import { userByEmail } from '../../users/find-users.ts';
import { linkUrl } from '../../users/link-url.ts';
import type { NewLink } from '../../users/links.ts';
import type { Role } from '../../users/role.ts';
import { originOf } from '../../users/sign-in-settings.ts';
import type { User } from '../../users/user.ts';
import { currentIo } from '../io.ts';
import { type GlobalOptions, print, printJson, withApp } from '../session.ts';
import { agenciesWords } from './list-users.ts';

interface UserOptions extends GlobalOptions {
  readonly role?: Role;
  readonly agencies?: Agencies;
  readonly name?: string;
  readonly reason?: string;
}

export async function addUser(email: string, options: UserOptions): Promise<void> {
  const read = createUserRequest.safeParse({
    email,
    name: options.name ?? email,
    role: options.role,
    agencies: options.agencies,
  });
  if (!read.success) {
    throw configError('user_invalid', `${email} cannot be a user.`, {
      hint: 'Give an e-mail such as ana@example.com.',
      problems: read.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
    });
  }
  // The store is made where there is none yet: the first user may come before the first start.
  await withApp(options, 'write', async (app) => {
    const signIn = signInOf(app);
    showLink(signIn, await createUser(app.ledger.store, read.data, actorOf(options)), options);
  });
}

export async function setUser(email: string, options: UserOptions): Promise<void> {
  const { role, agencies, name } = options;
  const user = await change(email, { role, agencies, name }, options);
  if (options.json === true) printUser(user);
  else print(`${user.email} is ${user.role} for ${agenciesWords(user.agencies)}: ${user.name}.`);
}

export async function ableUser(action: 'disable' | 'enable', email: string, options: UserOptions): Promise<void> {
  const user = await change(email, { disabled: action === 'disable' }, options);
  if (options.json === true) printUser(user);
  else print(user.disabled ? `${user.email} is disabled and signed out everywhere.` : `${user.email} can sign in again.`);
}

export async function linkUser(email: string, options: UserOptions): Promise<void> {
  await withApp(options, 'steer', async (app) => {
    const signIn = signInOf(app);
    if (!signIn.passwords) {
      throw configError('passwords_off', 'Passwords are not used here.', { hint: 'The user signs in at the provider.' });
    }
    const { store } = app.ledger;
    const { id } = await userByEmail(store, email);
    showLink(signIn, await renewLink(store, id, actorOf(options)), options);
  });
}

function change(email: string, wanted: UserChange, options: UserOptions): Promise<User> {
  return withApp(options, 'steer', async ({ ledger: { store } }) => {
    const { id } = await userByEmail(store, email);
    return changeUser(store, id, wanted, actorOf(options));
  });
}

interface Made {
  readonly user: User;
  readonly link: NewLink;
}

function showLink({ url, passwords }: ReturnType<typeof signInOf>, { user, link }: Made, { json }: UserOptions): void {
  const shown = passwords ? { url: linkUrl(originOf({ url }), link), expiresAt: link.expiresAt } : null;
  if (json === true) {
    printJson({ user: userToShape(user), link: shown } satisfies UserWithLink);
    return;
  }
  print(`${user.email} is ${user.role} for ${agenciesWords(user.agencies)}.`);
  if (shown === null) print('They sign in at the provider.');
  else print(`By this link they set a password, once and until ${timeText(shown.expiresAt)}:\n${shown.url}`);
}

function timeText(instant: string): string {
  return `${instant.slice(0, 16).replace('T', ' ')} UTC`;
}

function printUser(user: User): void {
  printJson({ user: userToShape(user) } satisfies z.infer<typeof oneUser>);
}

function signInOf({ settings }: App): NonNullable<App['settings']['users']> {
  if (settings.users !== undefined) return settings.users;
  throw configError('users_off', 'Nobody signs in here: aquarius.yaml has no section users.', {
    hint: 'docs/users.md says how to switch it on.',
  });
}

function actorOf({ reason }: UserOptions): Actor {
  return { name: currentIo().actor, via: 'cli', reason: reason ?? null };
}
