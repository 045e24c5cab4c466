import { APIError } from 'better-auth/api';
import type { GenericOAuthConfig } from 'better-auth/plugins/generic-oauth';
import { AquariusError } from '../errors.ts';
import type { Store } from '../ledger/store.ts';
import { accountIdOf, admit, PROVIDER_ID } from './admit.ts';
import { type Claims, claimsOf, isForClient } from './oidc-claims.ts';
import type { OidcSettings } from './sign-in-settings.ts';

const USER_INFO_MS = 10_000;

/**
 * The provider as the library takes it. The library does the flow (PKCE, state, nonce) and verifies signature, audience and times of the
 * ID token; that the issuer is the configured one, and not just the one that the provider names itself, is verified here.
 */
export function oidcProvider(store: Store, settings: OidcSettings): GenericOAuthConfig {
  const { issuer, clientId, clientSecret, name } = settings;
  return {
    providerId: PROVIDER_ID,
    name,
    discoveryUrl: discoveryUrl(issuer),
    requireIdTokenVerification: true,
    clientId,
    clientSecret,
    tokenEndpointAuth: { method: 'client_secret_basic' },
    pkce: true,
    scopes: ['openid', 'email', 'profile'],
    // Whoever may become a user has become one when the library looks.
    disableSignUp: true,
    accountSubject: ({ profile }) => accountIdOf(profile),
    getUserInfo: async ({ idToken, accessToken }) => {
      const claims = claimsOf(idToken);
      if (claims === null || claims.iss !== issuer || !isForClient(claims, clientId)) return null;
      const whole = claims.email === undefined ? { ...(await userInfo(issuer, accessToken, claims.sub)), ...claims } : claims;
      return { ...whole, sub: String(claims.sub), email: textOf(whole.email), name: textOf(whole.name), emailVerified: false };
    },
    mapProfileToUser: async (profile) => {
      const user = await admit(store, settings, profile).catch((error: unknown) => {
        if (!(error instanceof AquariusError) || error.kind !== 'config') throw error;
        throw new APIError('FORBIDDEN', { code: error.code, message: error.message });
      });
      return { email: user.email, emailVerified: true, name: user.name };
    },
  };
}

function discoveryUrl(issuer: string): string {
  return `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
}

/** What the provider says besides the token, which some keep short; nothing when it says it of somebody else. */
async function userInfo(issuer: string, accessToken: string | undefined, subject: unknown): Promise<Claims> {
  if (accessToken === undefined) return {};
  const signal = AbortSignal.timeout(USER_INFO_MS);
  const discovered = await fetch(discoveryUrl(issuer), { signal });
  const { userinfo_endpoint: url } = (await discovered.json()) as { readonly userinfo_endpoint?: unknown };
  if (typeof url !== 'string') return {};
  const answer = await fetch(url, { headers: { authorization: `Bearer ${accessToken}` }, redirect: 'error', signal });
  const claims: unknown = answer.ok ? await answer.json() : null;
  return typeof claims === 'object' && claims !== null && 'sub' in claims && claims.sub === subject ? { ...claims } : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
