import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { z } from 'zod';
import { acceptLinkRequest, authMode, linkFacts, linkRequest, me, signInRequest } from '../../shapes/user-shapes.ts';
import type { ApiDeps } from '../deps.ts';
import type { Api, ApiEnv } from '../env.ts';
import { ME_EXAMPLE } from '../examples.ts';
import { meOf } from '../me-of.ts';
import { jsonAnswer, jsonBody } from '../requests.ts';
import { requireUsers, setCookies, signedInAs } from '../signed-in.ts';

const TAGS = ['Signing in'];
const signedIn = { 200: jsonAnswer(me, 'Who is signed in now. The cookie of the session comes with it.', ME_EXAMPLE) };

const modeRoute = createRoute({
  method: 'get',
  path: '/api/auth-mode',
  tags: TAGS,
  summary: 'How one signs in here',
  responses: { 200: jsonAnswer(authMode, 'How one signs in.', { mode: 'users', password: true, oidc: null }) },
});

const signInRoute = createRoute({
  method: 'post',
  path: '/api/auth/sign-in',
  tags: TAGS,
  summary: 'Sign in with e-mail and password',
  description: 'For pages: programs send a key. Too many attempts are answered with 429 and Retry-After.',
  request: { body: jsonBody(signInRequest, true) },
  responses: signedIn,
});

const signOutRoute = createRoute({
  method: 'post',
  path: '/api/auth/sign-out',
  tags: TAGS,
  summary: 'Sign out',
  description: 'Ends the session of the cookie, and takes the cookie away.',
  responses: { 204: { description: 'Signed out.' } },
});

const linkRoute = createRoute({
  method: 'post',
  path: '/api/auth/link',
  tags: TAGS,
  summary: 'What a one-time link is for',
  description: 'Does not use the link up.',
  request: { body: jsonBody(linkRequest, true) },
  responses: {
    200: jsonAnswer(linkFacts, 'What it is for.', {
      ...{ kind: 'invite', email: ME_EXAMPLE.email, name: ME_EXAMPLE.name, expiresAt: '2026-11-18T06:00:00.000Z' },
    }),
  },
});

const acceptRoute = createRoute({
  method: 'post',
  path: '/api/auth/accept-link',
  tags: TAGS,
  summary: 'Set the password by a one-time link',
  description: 'Uses the link up, ends all other sessions of the user, and signs in.',
  request: { body: jsonBody(acceptLinkRequest, true) },
  responses: signedIn,
});

const onward = { 302: { description: 'The browser is sent on.' } };

const startRoute = createRoute({
  method: 'get',
  path: '/api/auth/oidc/start',
  tags: TAGS,
  summary: 'Sign in at the provider',
  description: 'For browsers: sends on to the provider of users.oidc in aquarius.yaml.',
  request: {
    query: z.strictObject({
      returnTo: z.string().min(1).max(2000).default('/').describe('path of the page to come back to'),
    }),
  },
  responses: onward,
});

const callbackRoute = createRoute({
  method: 'get',
  path: '/api/auth/callback/oidc',
  tags: TAGS,
  summary: 'Come back from the provider',
  description:
    'The address to be registered there. Who is refused comes to the first page, with the reason as signInProblem in the query.',
  responses: onward,
});

/** Signing in and out. */
export function authRoutes(api: Api, { users }: ApiDeps): void {
  const sendOn = (c: Context<ApiEnv>, { location, cookies }: { location: string; cookies: readonly string[] }): Response => {
    setCookies(c, cookies);
    return c.redirect(location, 302);
  };

  api.openapi(modeRoute, (c) => {
    if (users === undefined) return c.json({ mode: 'token' as const, password: false, oidc: null }, 200);
    const oidc = users.provider === null ? null : { name: users.provider, url: startRoute.path };
    return c.json({ mode: 'users' as const, password: users.settings.passwords, oidc }, 200);
  });

  api.openapi(signInRoute, async (c) => {
    const { cookies } = await requireUsers(users).signIn(c.req.valid('json'), c.get('client'));
    return c.json(meOf(await signedInAs(c, requireUsers(users), cookies), true), 200);
  });

  api.openapi(signOutRoute, async (c) => {
    setCookies(c, await requireUsers(users).signOut(c.get('client')));
    return c.body(null, 204);
  });

  api.openapi(linkRoute, async (c) => {
    return c.json(await requireUsers(users).linkFacts(c.req.valid('json').token, c.get('client')), 200);
  });

  api.openapi(acceptRoute, async (c) => {
    const { cookies } = await requireUsers(users).acceptLink(c.req.valid('json'), c.get('client'));
    return c.json(meOf(await signedInAs(c, requireUsers(users), cookies), true), 200);
  });

  api.openapi(startRoute, async (c) => {
    return sendOn(c, await requireUsers(users).startOidc(c.req.valid('query').returnTo, c.get('client')));
  });

  api.openapi(callbackRoute, async (c) => {
    return sendOn(c, await requireUsers(users).finishOidc(new URL(c.req.url).search, c.get('client')));
  });
}
