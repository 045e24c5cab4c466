import { betterAuth } from 'better-auth';
import { type GenericOAuthConfig, genericOAuth } from 'better-auth/plugins/generic-oauth';
import type { Logger } from 'pino';
import type { Store } from '../ledger/store.ts';
import { ADDRESS_HEADER } from './client.ts';
import type { SignInSettings } from './sign-in-settings.ts';

/**
 * The sign-in library on our tables. Nothing of it is reachable from outside: routes call its server functions, and hand it the one
 * request that is its own, with which a provider sends people back.
 */

/** Where the library answers. */
export const AUTH_PATH = '/api/auth';

export interface AuthParts {
  readonly store: Store;
  readonly settings: SignInSettings;
  readonly log: Logger;
  /** Told of every new session before it is used; gives false to refuse it. */
  readonly onSession: {
    readonly before: (userId: string) => Promise<boolean>;
    readonly after: (session: {
      readonly id: string;
      readonly userId: string;
      readonly way: 'password' | 'oidc';
    }) => Promise<void>;
  };
}

export type Auth = ReturnType<typeof makeAuth>;

/** Makes the library's instance; with a provider it asks that for its addresses when it is first used. */
export function makeAuth({ store, settings, log, onSession }: AuthParts, provider?: GenericOAuthConfig) {
  const { origin, secret, passwords, sessionMs } = settings;
  const secure = origin.startsWith('https:');
  return betterAuth({
    appName: 'Aquarius',
    baseURL: origin,
    basePath: AUTH_PATH,
    secret,
    database: {
      db: store.db,
      // Of both stores, since our tables are the same in both: times as text, booleans as numbers.
      type: 'sqlite',
    },
    user: {
      modelName: 'authUsers',
      additionalFields: {
        role: { type: 'string', required: true, input: false },
        agencies: { type: 'string', required: true, input: false },
        disabled: { type: 'boolean', required: true, input: false, defaultValue: false },
      },
    },
    session: { modelName: 'authSessions', expiresIn: sessionMs / 1000, disableSessionRefresh: true },
    account: {
      modelName: 'authAccounts',
      updateAccountOnSignIn: false,
      // The provider must call the e-mail verified; ours was typed by an administrator.
      accountLinking: { enabled: true, requireLocalEmailVerified: false },
    },
    verification: { modelName: 'authVerifications' },
    emailAndPassword: { enabled: passwords, disableSignUp: true, minPasswordLength: 12, maxPasswordLength: 128 },
    // Attempts are limited by us, in the control store.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    // Faults are ours to tell: the library would print them.
    onAPIError: { throw: true },
    plugins: provider === undefined ? [] : [genericOAuth({ config: [provider] })],
    advanced: {
      database: { validateSchema: false, generateId: () => store.newId() },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      useSecureCookies: false,
      defaultCookieAttributes: { secure, httpOnly: true, sameSite: 'lax', path: '/' },
      cookies: Object.fromEntries(
        ['session_token', 'state'].map((name) => [name, { name: cookieName(origin, name === 'state' ? 'state' : 'session') }]),
      ),
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => {
            if (!(await onSession.before(session.userId))) return false;
            const at = store.clock.now();
            const expiresAt = new Date(at.getTime() + sessionMs);
            return { data: { ...session, createdAt: at, updatedAt: at, expiresAt } };
          },
          after: async ({ id, userId }, context) =>
            onSession.after({ id, userId, way: context?.path === '/sign-in/email' ? 'password' : 'oidc' }),
        },
      },
      account: {
        create: {
          // We ask the provider who somebody is, and nothing in their name: there is no use in keeping its tokens.
          before: async (account) => ({ data: { ...account, accessToken: null, refreshToken: null, idToken: null } }),
        },
      },
    },
    logger: {
      level: 'error',
      // What comes after the message may quote people.
      log: (_level, message) => log.warn({ message: message.slice(0, 300) }, 'signing in'),
    },
  });
}

/** On https a name that a browser keeps to this one host, whatever other hosts of the domain try to set. */
export function cookieName(origin: string, name: 'session' | 'state'): string {
  return `${origin.startsWith('https:') ? '__Host-' : ''}aquarius_${name}`;
}
