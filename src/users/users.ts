import type { Actor } from '../ledger/actor.ts';
import type { Agencies } from './agencies.ts';
import type { UserChange, UserFields } from './change-users.ts';
import type { Client } from './client.ts';
import type { ApiKey, KeyFields, KeyMaker } from './keys.ts';
import type { LinkFacts, NewLink } from './links.ts';
import type { Onward } from './oidc-sign-in.ts';
import type { Role } from './role.ts';
import type { Session } from './sessions.ts';
import type { LinkAnswer, SignedIn } from './sign-in.ts';
import type { SignInSettings } from './sign-in-settings.ts';
import type { User } from './user.ts';

/** Who is signed in. */
export interface Signed {
  readonly session: Session;
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly agencies: Agencies;
}

/** All that a server does with users. The contract of each method stands with the function of that name in this room. */
export interface Users {
  readonly settings: Pick<SignInSettings, 'origin' | 'passwords' | 'trustedProxies'>;
  /** Name of the cookie that is a session. */
  readonly sessionCookie: string;
  /** What the provider is called; null when there is none. */
  readonly provider: string | null;

  signIn(credentials: { readonly email: string; readonly password: string }, client: Client): Promise<SignedIn>;
  /** Ends the session of the cookie; gives the cookies that take it out of the browser. */
  signOut(client: Client): Promise<readonly string[]>;
  linkFacts(token: string, client: Client): Promise<LinkFacts>;
  acceptLink(answer: LinkAnswer, client: Client): Promise<SignedIn>;
  changePassword(
    userId: string,
    passwords: { readonly current: string; readonly next: string },
    client: Client,
  ): Promise<SignedIn>;
  /** `config`: `oidc_unknown` when there is no provider. */
  startOidc(returnTo: string, client: Client): Promise<Onward>;
  finishOidc(query: string, client: Client): Promise<Onward>;

  /** Who the cookie is of. A `config` error `session_ended` when its session is over, or it is none. */
  identifySession(client: Client): Promise<Signed>;
  identifyKey(secret: string): Promise<ApiKey>;
  sessionsOf(userId: string): Promise<readonly Session[]>;
  revokeSession(userId: string, id: string, actor: Actor): Promise<void>;

  list(): Promise<readonly User[]>;
  create(fields: UserFields, actor: Actor): Promise<{ readonly user: User; readonly link: NewLink }>;
  change(id: string, change: UserChange, actor: Actor): Promise<User>;
  renewLink(id: string, actor: Actor): Promise<{ readonly user: User; readonly link: NewLink }>;
  keys(): Promise<readonly ApiKey[]>;
  createKey(fields: KeyFields, maker: KeyMaker, actor: Actor): Promise<{ readonly key: ApiKey; readonly secret: string }>;
  revokeKey(id: string, actor: Actor): Promise<ApiKey>;
}
