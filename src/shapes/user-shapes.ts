import { z } from 'zod';
import { ROLES } from '../users/role.ts';

/** Users, sessions and keys as the API and the command line show and take them. Fields are added, never renamed or taken away. */

const instant = z.string();
const role = z.enum(ROLES).describe('what they may do; each role may do what the ones before it may');
const agencies = z
  .union([z.literal('all'), z.array(z.string())])
  .describe('`all`, or the ids of the agencies whose data they see; an empty list is none');

const personName = z.string().trim().min(1).max(100);
const email = z.string().trim().toLowerCase().max(254).pipe(z.email());
const agenciesInput = z
  .union([z.literal('all'), z.array(z.string().trim().min(1).max(64)).max(500)])
  .describe('`all`, or the ids of agencies; an empty list is none');
// Its length is judged by the rules for passwords, in words; this only keeps what is absurd out.
const password = z.string().min(1).max(1024);
const linkToken = z.string().min(1).max(128);

export const authMode = z
  .strictObject({
    mode: z.enum(['token', 'users']).describe('`token`: callers bear the machine token; `users`: people sign in'),
    password: z.boolean().describe('people can sign in with e-mail and password'),
    oidc: z
      .strictObject({
        name: z.string().describe('what the provider is called'),
        url: z.string().describe('the path that begins the sign-in there'),
      })
      .nullable()
      .describe('the provider at which people can sign in; null when there is none'),
  })
  .meta({ id: 'AuthMode', description: 'How one signs in here.' });

export const me = z
  .strictObject({
    mode: authMode.shape.mode,
    kind: z.enum(['machine', 'key', 'user']).describe('by what they are known: the machine token, an API key, a session'),
    name: z.string().describe('the name, as the audit log has it'),
    email: z.string().nullable().describe('the e-mail of a user'),
    role,
    agencies,
    sessionExpiresAt: instant.nullable().describe('when the session ends if nothing is done; ISO 8601, UTC'),
  })
  .meta({ id: 'Me', description: 'Who is calling, and what they may do and see.' });

export const signInRequest = z.strictObject({
  email: z.string().trim().min(1).max(254).describe('the e-mail'),
  password: password.describe('the password'),
});

export const acceptLinkRequest = z.strictObject({
  token: linkToken.describe('what stands after the # of the link'),
  password: password.describe('the password to be set: 12 to 128 characters'),
  name: personName.optional().describe('the name, when it is to be another; the first administrator must give one'),
  email: email.optional().describe('the e-mail of the first administrator, who is not a user yet; else it is not looked at'),
});

export const linkRequest = z.strictObject({ token: linkToken.describe('what stands after the # of the link') });

export const linkFacts = z
  .strictObject({
    kind: z
      .enum(['first', 'invite', 'reset'])
      .describe('`first`: makes the first administrator; `invite`: of a new user; `reset`: for a forgotten password'),
    email: z.string().nullable().describe('whose password it sets; null with `first`: then ask for e-mail and name'),
    name: z.string().nullable().describe('the name of the user; null with `first`'),
    expiresAt: instant.describe('until when it works; ISO 8601, UTC'),
  })
  .meta({ id: 'LinkFacts', description: 'What a one-time link is for.' });

export const changePasswordRequest = z.strictObject({
  current: password.describe('the password so far'),
  next: password.describe('the password to be set: 12 to 128 characters'),
});

const session = z.strictObject({
  id: z.string().describe('the id of the session'),
  current: z.boolean().describe('it is the one of this call'),
  createdAt: instant.describe('when they signed in; ISO 8601, UTC'),
  lastSeenAt: instant.describe('when it was used last, to a minute; ISO 8601, UTC'),
  expiresAt: instant.describe('when it ends if it is not used; ISO 8601, UTC'),
  address: z.string().nullable().describe('the address from which they signed in'),
  client: z.string().nullable().describe('the browser, as it names itself'),
});

export const sessionList = z
  .strictObject({ sessions: z.array(session).describe('sessions that have not ended, newest first') })
  .meta({ id: 'SessionList', description: 'Where a user is signed in.' });

export const user = z
  .strictObject({
    id: z.string().describe('the id of the user'),
    email: z.string().describe('the e-mail by which they sign in'),
    name: z.string().describe('the name'),
    role,
    agencies,
    disabled: z.boolean().describe('they cannot sign in, and their keys are refused'),
    signIn: z
      .array(z.enum(['password', 'oidc']))
      .describe('how they can sign in; empty before they have set a password or come from the provider'),
    createdAt: instant.describe('when it was made; ISO 8601, UTC'),
    lastSignInAt: instant.nullable().describe('when they signed in last; ISO 8601, UTC'),
    linkExpiresAt: instant.nullable().describe('until when a one-time link for them can be used; ISO 8601, UTC'),
  })
  .meta({ id: 'User', description: 'A person who may sign in.' });

export const userList = z
  .strictObject({ users: z.array(user).describe('all users, by e-mail') })
  .meta({ id: 'UserList', description: 'The users.' });

export const oneUser = z.strictObject({ user }).meta({ id: 'OneUser', description: 'The user as it is now.' });

const oneTimeLink = z.strictObject({
  url: z.string().describe('the page at which the password is set; it works once'),
  expiresAt: instant.describe('until when it works; ISO 8601, UTC'),
});

export const userWithLink = z
  .strictObject({ user, link: oneTimeLink.nullable().describe('the link; null where passwords are not used') })
  .meta({ id: 'UserWithLink', description: 'A user, with the link to be handed to them.' });

export const createUserRequest = z.strictObject({
  email: email.describe('the e-mail by which they sign in'),
  name: personName.describe('the name'),
  role,
  agencies: agenciesInput,
});

export const changeUserRequest = z
  .strictObject({
    name: personName.optional().describe('another name'),
    role: role.optional(),
    agencies: agenciesInput.optional(),
    disabled: z.boolean().optional().describe('true ends their sessions and refuses their keys'),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), 'must change something');

export const apiKey = z
  .strictObject({
    id: z.string().describe('the id of the key'),
    prefix: z.string().describe('the first characters of the key, by which it is recognised'),
    name: z.string().describe('what it is for'),
    role,
    agencies,
    makerId: z.string().nullable().describe('the user who made it; null when it was made with the machine token'),
    makerName: z.string().describe('who made it'),
    createdAt: instant.describe('when it was made; ISO 8601, UTC'),
    expiresAt: instant.nullable().describe('when it ends; null when it does not'),
    lastUsedAt: instant.nullable().describe('when it was used last, to a minute; ISO 8601, UTC'),
    revokedAt: instant.nullable().describe('when it was revoked; ISO 8601, UTC'),
  })
  .meta({ id: 'ApiKey', description: 'A key of a program.' });

export const keyList = z
  .strictObject({ keys: z.array(apiKey).describe('all keys, newest first') })
  .meta({ id: 'KeyList', description: 'The keys.' });

export const createKeyRequest = z.strictObject({
  name: personName.describe('what it is for'),
  role,
  agencies: agenciesInput,
  expiresInDays: z.int().min(1).max(3650).nullable().default(365).describe('days until it ends; null when it does not'),
});

export const newKey = z
  .strictObject({ key: apiKey, secret: z.string().describe('the key itself, to be sent as Authorization: Bearer') })
  .meta({ id: 'NewKey', description: 'A new key. It is shown this once.' });

export type AuthMode = z.infer<typeof authMode>;
export type Me = z.infer<typeof me>;
export type SignInRequest = z.infer<typeof signInRequest>;
export type LinkFacts = z.infer<typeof linkFacts>;
export type AcceptLinkRequest = z.infer<typeof acceptLinkRequest>;
export type SessionList = z.infer<typeof sessionList>;
export type UserShape = z.infer<typeof user>;
export type UserList = z.infer<typeof userList>;
export type UserWithLink = z.infer<typeof userWithLink>;
export type ApiKeyShape = z.infer<typeof apiKey>;
