/**
 * Users, their sessions and the keys of programs as Kysely sees them. The tables `auth_…` are those of the sign-in library, with its
 * column names; the tables `user_…` are ours.
 */
export interface UserTables {
  authUsers: AuthUsersTable;
  authAccounts: AuthAccountsTable;
  authSessions: AuthSessionsTable;
  authVerifications: AuthVerificationsTable;
  userLinks: UserLinksTable;
  userKeys: UserKeysTable;
  userAttempts: UserAttemptsTable;
}

export interface AuthUsersTable {
  id: string;
  /** In lower case. */
  email: string;
  emailVerified: number;
  name: string;
  image: string | null;
  createdAt: string;
  updatedAt: string;
  role: 'viewer' | 'operator' | 'admin';
  /** `all`, or a JSON list of ids. */
  agencies: string;
  disabled: number;
  lastSignInAt: string | null;
}

/** Ways to sign in: provider `credential` with a hashed password, or `oidc` with the issuer and subject. */
interface AuthAccountsTable {
  id: string;
  accountId: string;
  providerId: string;
  userId: string;
  accessToken: string | null;
  refreshToken: string | null;
  idToken: string | null;
  accessTokenExpiresAt: string | null;
  refreshTokenExpiresAt: string | null;
  scope: string | null;
  password: string | null;
  createdAt: string;
  updatedAt: string;
}

export interface AuthSessionsTable {
  id: string;
  token: string;
  userId: string;
  /** The longest that it lasts, however much it is used. */
  expiresAt: string;
  ipAddress: string | null;
  userAgent: string | null;
  createdAt: string;
  /** When it was used last, to a minute. */
  updatedAt: string;
}

/** What a sign-in at a provider must remember until it comes back. */
interface AuthVerificationsTable {
  id: string;
  identifier: string;
  value: string;
  expiresAt: string;
  createdAt: string;
  updatedAt: string;
}

export interface UserLinksTable {
  /** SHA-256 of the token; the token itself is not kept. */
  tokenHash: string;
  /** Null for the link of the first admin, who is not a user yet. */
  userId: string | null;
  kind: 'first' | 'invite' | 'reset';
  createdAt: string;
  expiresAt: string;
  usedAt: string | null;
}

export interface UserKeysTable {
  id: string;
  /** SHA-256 of the key; the key itself is not kept. */
  hash: string;
  prefix: string;
  name: string;
  role: AuthUsersTable['role'];
  agencies: string;
  makerId: string | null;
  makerName: string;
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

/** Attempts to sign in, by account and by address. */
interface UserAttemptsTable {
  key: string;
  attempts: number;
  /** When the counting begins anew. */
  endsAt: string;
}
