import { AquariusError, configError } from '../errors.ts';
import type { Actor } from '../ledger/actor.ts';
import { type Store, timestamp } from '../ledger/store.ts';
import type { Agencies } from './agencies.ts';
import { changeUserIn, insertUser, type UserChange } from './change-users.ts';
import { oneUser } from './find-users.ts';
import { agenciesOf, type Claims, roleOf } from './oidc-claims.ts';
import type { Role } from './role.ts';
import type { OidcSettings } from './sign-in-settings.ts';
import type { User } from './user.ts';

/** Under which name accounts of the provider are kept. */
export const PROVIDER_ID = 'oidc';

/** The account of a person: a subject is unique for its issuer alone, and the issuer of the settings may change. */
export function accountIdOf({ iss, sub }: Claims): string {
  return `${String(iss)}#${String(sub)}`;
}

/**
 * Decides whether somebody whom the provider vouches for may come in, makes them a user where the settings say so, and brings role and
 * agencies up to what the token says. `config` errors: `oidc_email_missing`, `oidc_email_unverified`, `oidc_domain_refused`,
 * `oidc_not_a_user`, `oidc_role_missing`, `user_disabled`.
 */
export async function admit(store: Store, settings: OidcSettings, claims: Claims): Promise<User> {
  const email = emailOf(settings, claims);
  const name = typeof claims.name === 'string' && claims.name.trim() !== '' ? claims.name.trim().slice(0, 100) : email;
  const actor: Actor = { name: email, via: 'api', reason: `signed in at ${settings.name}` };
  return store.write(async (trx) => {
    const known =
      (await trx
        .selectFrom('authAccounts')
        .select('userId as id')
        .where('providerId', '=', PROVIDER_ID)
        .where('accountId', '=', accountIdOf(claims))
        .executeTakeFirst()) ?? (await trx.selectFrom('authUsers').select('id').where('email', '=', email).executeTakeFirst());
    const { role, agencies } = wantedOf(settings, claims);
    if (known === undefined) {
      if (role === null) throw refused('oidc_not_a_user', 'is not a user here', 'An administrator can make them one.');
      const id = await insertUser(store, trx, { email, name, role, agencies: agencies ?? [] }, actor);
      return oneUser(trx, timestamp(store), id);
    }
    const user = await oneUser(trx, timestamp(store), known.id);
    if (user.disabled) throw refused('user_disabled', 'is disabled', 'An administrator can enable them.');
    if (settings.roleClaim === undefined && agencies === null) return user;
    if (settings.roleClaim !== undefined && role === null) {
      throw refused('oidc_role_missing', 'has no role at the provider', 'Give them one there.');
    }
    const change: UserChange = {
      ...(settings.roleClaim === undefined || role === null ? {} : { role }),
      ...(agencies === null ? {} : { agencies }),
    };
    return changeUserIn(store, trx, user.id, change, actor).catch((error: unknown) => {
      // Nobody could mend it afterwards.
      if (error instanceof AquariusError && error.code === 'last_admin') return user;
      throw error;
    });
  });
}

function emailOf({ allowedDomains, trustEmail }: OidcSettings, claims: Claims): string {
  const email = typeof claims.email === 'string' ? claims.email.trim().toLowerCase() : '';
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) {
    throw refused('oidc_email_missing', 'has no e-mail at the provider', 'Let it put the claim email into the ID token.');
  }
  const isVerified = claims.email_verified === true || claims.email_verified === 'true';
  if (!isVerified && !trustEmail) {
    throw refused('oidc_email_unverified', 'has an e-mail that is not verified', 'See users.oidc.trustEmail.');
  }
  const domain = email.slice(email.lastIndexOf('@') + 1);
  if (allowedDomains !== undefined && !allowedDomains.includes(domain)) {
    throw refused('oidc_domain_refused', 'has an e-mail of another domain', 'See users.oidc.allowedDomains.');
  }
  return email;
}

/** Role and agencies as the token and the settings have them; null is none, and nothing said. */
function wantedOf(
  { roleClaim, defaultRole, agenciesClaim }: OidcSettings,
  claims: Claims,
): { readonly role: Role | null; readonly agencies: Agencies | null } {
  const role = (roleClaim === undefined ? null : roleOf(claims, roleClaim)) ?? defaultRole ?? null;
  return { role, agencies: agenciesClaim === undefined ? null : agenciesOf(claims, agenciesClaim) };
}

function refused(code: string, why: string, hint: string): Error {
  return configError(code, `This person ${why}.`, { hint });
}
