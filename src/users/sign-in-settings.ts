import type { UserSettings } from '../config/user-settings.ts';
import type { Secrets } from '../destinations/destination.ts';
import { configError } from '../errors.ts';

export interface Lifetimes {
  /** The longest that a session lasts, in milliseconds. */
  readonly sessionMs: number;
  /** How long it lasts without being used, in milliseconds. */
  readonly idleMs: number;
}

export type OidcSettings = Omit<NonNullable<UserSettings['oidc']>, 'clientSecret'> & { readonly clientSecret: string };

/** How people sign in, with the secrets themselves. */
export interface SignInSettings extends Lifetimes {
  /** `https://aquarius.example.com`, without a slash at the end. */
  readonly origin: string;
  readonly secret: string;
  readonly passwords: boolean;
  readonly trustedProxies: readonly string[];
  readonly oidc: OidcSettings | null;
}

const SECRET_LENGTH = 32;

/** Finds the secrets. One that could be guessed is a `config` error `auth_secret_weak`. */
export async function signInSettings(settings: UserSettings, secrets: Secrets): Promise<SignInSettings> {
  const secret = await secrets(settings.secret);
  if (secret.length < SECRET_LENGTH || new Set(secret).size < 8) {
    throw configError('auth_secret_weak', `The secret ${settings.secret} is too weak: whoever guesses it can make sessions.`, {
      hint: 'Make one with `openssl rand -hex 32`.',
    });
  }
  const { oidc } = settings;
  return {
    origin: originOf(settings),
    secret,
    sessionMs: settings.sessionHours * 3_600_000,
    idleMs: settings.idleMinutes * 60_000,
    passwords: settings.passwords,
    trustedProxies: settings.trustedProxies,
    oidc: oidc === undefined ? null : { ...oidc, clientSecret: await secrets(oidc.clientSecret) },
  };
}

/** Address of the pages, without a slash at the end. */
export function originOf({ url }: Pick<UserSettings, 'url'>): string {
  return new URL(url).origin;
}
