import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { configError } from '../../errors.ts';
import { changePasswordRequest, me, sessionList } from '../../shapes/user-shapes.ts';
import type { ApiDeps } from '../deps.ts';
import type { Api } from '../env.ts';
import { ME_EXAMPLE } from '../examples.ts';
import { meOf } from '../me-of.ts';
import { actorOf, type Principal } from '../principal.ts';
import { jsonAnswer, jsonBody, text } from '../requests.ts';
import { requireUsers, signedInAs } from '../signed-in.ts';

const TAGS = ['Signing in'];

const meRoute = createRoute({
  method: 'get',
  path: '/api/me',
  tags: TAGS,
  summary: 'Who is calling, and what they may do and see',
  responses: { 200: jsonAnswer(me, 'The caller.', ME_EXAMPLE) },
});

const passwordRoute = createRoute({
  method: 'post',
  path: '/api/me/password',
  tags: TAGS,
  summary: 'Change the own password',
  description: 'Ends all sessions of the user and begins a new one, whose cookie comes with the answer.',
  request: { body: jsonBody(changePasswordRequest, true) },
  responses: { 200: jsonAnswer(me, 'The caller.', ME_EXAMPLE) },
});

const sessionsRoute = createRoute({
  method: 'get',
  path: '/api/me/sessions',
  tags: TAGS,
  summary: 'Where the caller is signed in',
  responses: {
    200: jsonAnswer(sessionList, 'The sessions.', {
      sessions: [
        {
          id: '01k9x2v7c8e4rg1s5t6w7y8z9b',
          current: true,
          createdAt: '2026-11-16T06:00:00.000Z',
          lastSeenAt: '2026-11-16T06:12:00.000Z',
          expiresAt: '2026-11-16T08:12:00.000Z',
          address: '203.0.113.7',
          client: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0',
        },
      ],
    }),
  },
});

const endRoute = createRoute({
  method: 'delete',
  path: '/api/me/sessions/{id}',
  tags: TAGS,
  summary: 'End a session of the caller',
  request: { params: z.strictObject({ id: text.describe('the id of the session') }) },
  responses: { 204: { description: 'It has ended.' } },
});

/** What concerns the caller themselves. */
export function meRoutes(api: Api, { users }: ApiDeps): void {
  api.openapi(meRoute, (c) => c.json(meOf(c.get('principal'), users !== undefined), 200));

  api.openapi(passwordRoute, async (c) => {
    const { userId } = signedIn(c.get('principal'));
    const { cookies } = await requireUsers(users).changePassword(userId, c.req.valid('json'), c.get('client'));
    return c.json(meOf(await signedInAs(c, requireUsers(users), cookies), true), 200);
  });

  api.openapi(sessionsRoute, async (c) => {
    const { userId, sessionId } = signedIn(c.get('principal'));
    const found = await requireUsers(users).sessionsOf(userId);
    return c.json({ sessions: found.map((session) => ({ ...session, current: session.id === sessionId })) }, 200);
  });

  api.openapi(endRoute, async (c) => {
    const principal = c.get('principal');
    const { userId } = signedIn(principal);
    await requireUsers(users).revokeSession(userId, c.req.valid('param').id, actorOf(principal, undefined));
    return c.body(null, 204);
  });
}

/** Who is signed in; programs are not. */
function signedIn({ kind, userId, session }: Principal): { readonly userId: string; readonly sessionId: string } {
  if (kind === 'user' && userId !== null && session !== undefined) return { userId, sessionId: session.id };
  throw configError('session_needed', 'This is for people who are signed in.', {
    hint: 'A key or the token has no password and no session.',
  });
}
