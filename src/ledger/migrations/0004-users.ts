import { type Kysely, sql } from 'kysely';
import type { Engine } from '../engine.ts';
import type { Tables } from '../schema.ts';

/** People who sign in, their sessions, one-time links, and keys of programs. */
export async function up(db: Kysely<Tables>, engine: Engine): Promise<void> {
  await addAuthTables(db, engine);
  await addOwnTables(db, engine);
}

async function addAuthTables(db: Kysely<Tables>, { text }: Engine): Promise<void> {
  await db.schema
    .createTable('authUsers')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('email', text, (column) => column.notNull().unique())
    .addColumn('emailVerified', 'integer', (column) => column.notNull())
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('image', text)
    .addColumn('createdAt', text, (column) => column.notNull())
    .addColumn('updatedAt', text, (column) => column.notNull())
    .addColumn('role', text, (column) => column.notNull())
    .addColumn('agencies', text, (column) => column.notNull())
    .addColumn('disabled', 'integer', (column) => column.notNull())
    .addColumn('lastSignInAt', text)
    .execute();

  await db.schema
    .createTable('authAccounts')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('accountId', text, (column) => column.notNull())
    .addColumn('providerId', text, (column) => column.notNull())
    .addColumn('userId', text, (column) => column.notNull().references('authUsers.id'))
    .addColumn('accessToken', text)
    .addColumn('refreshToken', text)
    .addColumn('idToken', text)
    .addColumn('accessTokenExpiresAt', text)
    .addColumn('refreshTokenExpiresAt', text)
    .addColumn('scope', text)
    .addColumn('password', text)
    .addColumn('createdAt', text, (column) => column.notNull())
    .addColumn('updatedAt', text, (column) => column.notNull())
    .addUniqueConstraint('auth_accounts_key', ['providerId', 'accountId'])
    .execute();
  await db.schema.createIndex('auth_accounts_by_user').on('authAccounts').columns(['userId']).execute();

  await db.schema
    .createTable('authSessions')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('token', text, (column) => column.notNull().unique())
    .addColumn('userId', text, (column) => column.notNull().references('authUsers.id'))
    .addColumn('expiresAt', text, (column) => column.notNull())
    .addColumn('ipAddress', text)
    .addColumn('userAgent', text)
    .addColumn('createdAt', text, (column) => column.notNull())
    .addColumn('updatedAt', text, (column) => column.notNull())
    .execute();
  await db.schema.createIndex('auth_sessions_by_user').on('authSessions').columns(['userId']).execute();
  await db.schema.createIndex('auth_sessions_by_end').on('authSessions').columns(['expiresAt']).execute();

  await db.schema
    .createTable('authVerifications')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('identifier', text, (column) => column.notNull())
    .addColumn('value', text, (column) => column.notNull())
    .addColumn('expiresAt', text, (column) => column.notNull())
    .addColumn('createdAt', text, (column) => column.notNull())
    .addColumn('updatedAt', text, (column) => column.notNull())
    .execute();
  await db.schema.createIndex('auth_verifications_by_identifier').on('authVerifications').columns(['identifier']).execute();
}

async function addOwnTables(db: Kysely<Tables>, { text }: Engine): Promise<void> {
  await db.schema
    .createTable('userLinks')
    .addColumn('tokenHash', text, (column) => column.primaryKey())
    .addColumn('userId', text, (column) => column.references('authUsers.id'))
    .addColumn('kind', text, (column) => column.notNull())
    .addColumn('createdAt', text, (column) => column.notNull())
    .addColumn('expiresAt', text, (column) => column.notNull())
    .addColumn('usedAt', text)
    .execute();
  await sql`create index user_links_open on user_links (user_id) where used_at is null`.execute(db);

  await db.schema
    .createTable('userKeys')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('hash', text, (column) => column.notNull().unique())
    .addColumn('prefix', text, (column) => column.notNull())
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('role', text, (column) => column.notNull())
    .addColumn('agencies', text, (column) => column.notNull())
    .addColumn('makerId', text, (column) => column.references('authUsers.id'))
    .addColumn('makerName', text, (column) => column.notNull())
    .addColumn('createdAt', text, (column) => column.notNull())
    .addColumn('expiresAt', text)
    .addColumn('lastUsedAt', text)
    .addColumn('revokedAt', text)
    .execute();

  await db.schema
    .createTable('userAttempts')
    .addColumn('key', text, (column) => column.primaryKey())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('endsAt', text, (column) => column.notNull())
    .execute();
}
