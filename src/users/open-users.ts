import type { Logger } from 'pino';
import { AquariusError, configError } from '../errors.ts';
import type { Actor } from '../ledger/actor.ts';
import { appendAudit, recordAction } from '../ledger/audit-log.ts';
import { type Store, timestamp } from '../ledger/store.ts';
import { readAgencies } from './agencies.ts';
import { askLibrary } from './ask-library.ts';
import { type Auth, cookieName, makeAuth } from './auth.ts';
import { changeUser, createUser, renewLink } from './change-users.ts';
import { type Client, headersOf } from './client.ts';
import { listUsers } from './find-users.ts';
import { createKey, identifyKey, listKeys, revokeKey } from './keys.ts';
import { oidcProvider } from './oidc.ts';
import { finishOidc, startOidc } from './oidc-sign-in.ts';
import type { Role } from './role.ts';
import { forgetEnded, markSeen, revokeSession, sessionOf, sessionsOf, subject } from './sessions.ts';
import { acceptLink, changePassword, linkFacts, signIn } from './sign-in.ts';
import type { SignInSettings } from './sign-in-settings.ts';
import type { Signed, Users } from './users.ts';

export interface UsersParts {
  readonly store: Store;
  readonly settings: SignInSettings;
  readonly log: Logger;
}

export function openUsers({ store, settings, log }: UsersParts): Users {
  const { origin } = settings;
  const parts = { store, settings, log, onSession: sessionHooks(store) };
  const auth = makeAuth(parts);
  // An instance of its own, since it waits for the provider: nobody else should.
  let withProvider: Auth | undefined;
  const oidc = () => {
    if (settings.oidc === null) {
      throw configError('oidc_unknown', 'There is no provider to sign in at.', { hint: 'Set users.oidc in aquarius.yaml.' });
    }
    withProvider ??= makeAuth(parts, oidcProvider(store, settings.oidc));
    return { store, origin, log, auth: withProvider };
  };
  const own = { store, settings, auth };
  const identifySession = (client: Client) => identify(own, client);

  const signedOrNull = async (client: Client): Promise<Signed | null> => {
    if (client.cookie === null) return null;
    try {
      return await identifySession(client);
    } catch (error) {
      if (error instanceof AquariusError && error.code === 'session_ended') return null;
      throw error;
    }
  };

  /** A sign-in takes the place of the session that the browser had. */
  const inPlace = async <T extends { readonly isIn: boolean }>(client: Client, work: () => Promise<T>): Promise<T> => {
    const before = await signedOrNull(client);
    const done = await work();
    if (before !== null && done.isIn) {
      await store.write((trx) => trx.deleteFrom('authSessions').where('id', '=', before.session.id).execute());
    }
    return done;
  };

  return {
    settings,
    sessionCookie: cookieName(origin, 'session'),
    provider: settings.oidc?.name ?? null,
    signIn: (credentials, client) => inPlace(client, () => signIn(own, credentials, client)),
    async signOut(client) {
      const signed = await signedOrNull(client);
      const { headers } = await askLibrary(store, () => auth.api.signOut({ headers: headersOf(client), returnHeaders: true }));
      if (signed !== null) {
        const actor: Actor = { name: signed.email, via: 'api', reason: null };
        await recordAction(store, actor, [
          { action: 'session.signOut', ...subject(signed.session.id), before: { userId: signed.userId }, after: null },
        ]);
      }
      return headers.getSetCookie();
    },
    linkFacts: (token, client) => linkFacts(own, token, client),
    acceptLink: (answer, client) => inPlace(client, () => acceptLink(own, answer, client)),
    changePassword: (userId, passwords, client) => changePassword(own, userId, passwords, client),
    startOidc: async (returnTo, client) => startOidc(oidc(), returnTo, client),
    finishOidc: async (query, client) => inPlace(client, () => finishOidc(oidc(), query, client)),
    identifySession,
    identifyKey: (secret) => identifyKey(store, secret),
    sessionsOf: (userId) => sessionsOf(store, userId, settings),
    revokeSession: (userId, id, actor) => revokeSession(store, userId, id, actor),
    list: () => listUsers(store),
    create: (fields, actor) => createUser(store, fields, actor),
    change: (id, change, actor) => changeUser(store, id, change, actor),
    renewLink: (id, actor) => renewLink(store, id, actor),
    keys: () => listKeys(store),
    createKey: (fields, maker, actor) => createKey(store, fields, maker, actor),
    revokeKey: (id, actor) => revokeKey(store, id, actor),
  };
}

/** What happens whenever a session is made, whatever the way in. */
function sessionHooks(store: Store): Parameters<typeof makeAuth>[0]['onSession'] {
  return {
    before: async (userId) => {
      const user = await store.read((db) =>
        db.selectFrom('authUsers').select('disabled').where('id', '=', userId).executeTakeFirst(),
      );
      return user?.disabled === 0;
    },
    after: async ({ id, userId, way }) => {
      await forgetEnded(store);
      await store.write(async (trx) => {
        const user = await trx
          .updateTable('authUsers')
          .set({ lastSignInAt: timestamp(store) })
          .where('id', '=', userId)
          .returning('email')
          .executeTakeFirstOrThrow();
        const actor: Actor = { name: user.email, via: 'api', reason: null };
        await appendAudit(store, trx, actor, { action: 'session.signIn', ...subject(id), before: null, after: { userId, way } });
      });
    },
  };
}

async function identify(
  { store, settings, auth }: Omit<UsersParts, 'log'> & { readonly auth: Auth },
  client: Client,
): Promise<Signed> {
  const found = await askLibrary(store, () =>
    auth.api.getSession({ headers: headersOf(client), query: { disableRefresh: true } }),
  );
  if (found === null) throw ended();
  const { session: row, user } = found;
  const session = sessionOf(
    {
      ...{ id: row.id, createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString() },
      ...{ ipAddress: row.ipAddress ?? null, userAgent: row.userAgent ?? null },
    },
    settings,
  );
  if (session.expiresAt <= timestamp(store) || user.disabled) {
    await store.write((trx) => trx.deleteFrom('authSessions').where('id', '=', session.id).execute());
    throw ended();
  }
  await markSeen(store, session);
  const { id: userId, email, name, role, agencies } = user;
  return { session, userId, email, name, role: role as Role, agencies: readAgencies(agencies) };
}

function ended(): Error {
  return configError('session_ended', 'You are not signed in any more.', { hint: 'Sign in again.' });
}
