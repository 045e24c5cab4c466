import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { z } from 'zod';
import { configError } from '../../errors.ts';
import {
  apiKey,
  changeUserRequest,
  createKeyRequest,
  createUserRequest,
  keyList,
  newKey,
  oneUser,
  type UserWithLink,
  userList,
  userWithLink,
} from '../../shapes/user-shapes.ts';
import { keyToShape, userToShape } from '../../shapes/user-to-shape.ts';
import { linkUrl } from '../../users/link-url.ts';
import type { NewLink } from '../../users/links.ts';
import type { User } from '../../users/user.ts';
import type { Users } from '../../users/users.ts';
import type { ApiDeps } from '../deps.ts';
import type { Api, ApiEnv } from '../env.ts';
import { KEY_EXAMPLE, USER_EXAMPLE } from '../examples.ts';
import { actorOf, type Principal, requireAdministrator } from '../principal.ts';
import { jsonAnswer, jsonBody, text } from '../requests.ts';
import { requireUsers } from '../signed-in.ts';

const TAGS = ['Users and keys'];
const LINK_EXAMPLE = { url: 'https://aquarius.example.com/welcome#d8…', expiresAt: '2026-11-18T06:00:00.000Z' };
const userParam = z.strictObject({ id: text.describe('the id of the user') });

const listRoute = createRoute({
  method: 'get',
  path: '/api/users',
  tags: TAGS,
  summary: 'The users',
  responses: { 200: jsonAnswer(userList, 'All users.', { users: [USER_EXAMPLE] }) },
});

const createUserRoute = createRoute({
  method: 'post',
  path: '/api/users',
  tags: TAGS,
  summary: 'Make a user',
  description: 'The answer has a link by which the user sets a password: hand it over, it is shown this once. It holds 48 hours.',
  request: { body: jsonBody(createUserRequest, true) },
  responses: { 201: jsonAnswer(userWithLink, 'The user and the link.', { user: USER_EXAMPLE, link: LINK_EXAMPLE }) },
});

const changeRoute = createRoute({
  method: 'patch',
  path: '/api/users/{id}',
  tags: TAGS,
  summary: 'Change, disable or enable a user',
  description: 'Another role, other agencies and disabling end their sessions. The last administrator stays one.',
  request: { params: userParam, body: jsonBody(changeUserRequest, true) },
  responses: { 200: jsonAnswer(oneUser, 'The user.', { user: USER_EXAMPLE }) },
});

const linkRoute = createRoute({
  method: 'post',
  path: '/api/users/{id}/link',
  tags: TAGS,
  summary: 'Make a link by which a user sets a password',
  description: 'For who has forgotten it, or let the first link expire. It takes the place of any earlier one.',
  request: { params: userParam },
  responses: { 201: jsonAnswer(userWithLink, 'The user and the link.', { user: USER_EXAMPLE, link: LINK_EXAMPLE }) },
});

const keysRoute = createRoute({
  method: 'get',
  path: '/api/keys',
  tags: TAGS,
  summary: 'The keys of programs',
  responses: { 200: jsonAnswer(keyList, 'All keys, revoked ones too.', { keys: [KEY_EXAMPLE] }) },
});

const createKeyRoute = createRoute({
  method: 'post',
  path: '/api/keys',
  tags: TAGS,
  summary: 'Make a key',
  description: 'It is shown this once. A key may never do more than its maker may at the time.',
  request: { body: jsonBody(createKeyRequest, true) },
  responses: { 201: jsonAnswer(newKey, 'The key.', { key: KEY_EXAMPLE, secret: 'aq_Vt3…' }) },
});

const revokeRoute = createRoute({
  method: 'delete',
  path: '/api/keys/{id}',
  tags: TAGS,
  summary: 'Revoke a key',
  description: 'It is refused from now on, for good.',
  request: { params: z.strictObject({ id: text.describe('the id of the key') }) },
  responses: {
    200: jsonAnswer(
      z.strictObject({ key: apiKey }).meta({ id: 'OneKey', description: 'The key as it is now.' }),
      'The revoked key.',
      { key: { ...KEY_EXAMPLE, revokedAt: '2026-11-20T10:00:00.000Z' } },
    ),
  },
});

/** Users and keys. */
export function userRoutes(api: Api, { users }: ApiDeps): void {
  /** The caller, with what they administer. */
  const administration = (c: Context<ApiEnv>): { readonly own: Users; readonly principal: Principal } => {
    const principal = c.get('principal');
    requireAdministrator(principal);
    return { own: requireUsers(users), principal };
  };

  api.openapi(listRoute, async (c) => {
    const { own } = administration(c);
    return c.json({ users: (await own.list()).map(userToShape) }, 200);
  });

  api.openapi(createUserRoute, async (c) => {
    const { own, principal } = administration(c);
    return c.json(withLink(own, await own.create(c.req.valid('json'), actorOf(principal, undefined))), 201);
  });

  api.openapi(changeRoute, async (c) => {
    const { own, principal } = administration(c);
    const user = await own.change(c.req.valid('param').id, c.req.valid('json'), actorOf(principal, undefined));
    return c.json({ user: userToShape(user) }, 200);
  });

  api.openapi(linkRoute, async (c) => {
    const { own, principal } = administration(c);
    if (!own.settings.passwords) {
      throw configError('passwords_off', 'Passwords are not used here.', { hint: 'The user signs in at the provider.' });
    }
    return c.json(withLink(own, await own.renewLink(c.req.valid('param').id, actorOf(principal, undefined))), 201);
  });

  api.openapi(keysRoute, async (c) => {
    const { own } = administration(c);
    return c.json({ keys: (await own.keys()).map(keyToShape) }, 200);
  });

  api.openapi(createKeyRoute, async (c) => {
    const { own, principal } = administration(c);
    const maker = { userId: principal.userId, role: principal.role, agencies: principal.agencyIds };
    const { key, secret } = await own.createKey(c.req.valid('json'), maker, actorOf(principal, undefined));
    return c.json({ key: keyToShape(key), secret }, 201);
  });

  api.openapi(revokeRoute, async (c) => {
    const { own, principal } = administration(c);
    return c.json({ key: keyToShape(await own.revokeKey(c.req.valid('param').id, actorOf(principal, undefined))) }, 200);
  });
}

function withLink({ settings }: Users, { user, link }: { readonly user: User; readonly link: NewLink }): UserWithLink {
  const { origin, passwords } = settings;
  return { user: userToShape(user), link: passwords ? { url: linkUrl(origin, link), expiresAt: link.expiresAt } : null };
}
