import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { auditPage } from '../../shapes/api-shapes.ts';
import type { ApiDeps } from '../deps.ts';
import type { Api } from '../env.ts';
import { AUDIT_EXAMPLE } from '../examples.ts';
import { decodeCursor, page } from '../paging.ts';
import { agencyFilter } from '../principal.ts';
import { cursor, given, jsonAnswer, limit, text } from '../requests.ts';

const listRoute = createRoute({
  method: 'get',
  path: '/api/delivery/audit',
  tags: ['Audit'],
  summary: 'Who did what, newest first',
  description: 'Follow `next` until it is null to see all.',
  request: {
    query: z.strictObject({
      agencyId: text.optional().describe('only what concerns this agency'),
      subjectKind: z
        .enum(['run', 'delivery', 'suppression', 'destination', 'user', 'key', 'session', 'alert'])
        .optional()
        .describe('only what was done to runs, deliveries, the suppression list, destinations, users, keys, sessions or alerts'),
      subjectId: text.optional().describe('only what was done to the one with this id'),
      limit,
      cursor,
    }),
  },
  responses: { 200: jsonAnswer(auditPage, 'A page of the audit log.', { entries: [AUDIT_EXAMPLE], next: null }) },
});

/** The audit log. */
export function auditRoutes(api: Api, { ledger }: ApiDeps): void {
  api.openapi(listRoute, async (c) => {
    const { agencyId, limit: count, cursor: from, ...filter } = c.req.valid('query');
    const found = await ledger.auditLog({
      ...given(filter),
      ...agencyFilter(c.get('principal'), agencyId),
      ...(from === undefined ? {} : { before: decodeCursor(from, z.string().max(64)) }),
      limit: count + 1,
    });
    const { rows, next } = page(found, count, c.req.url, ({ id }) => id);
    const entries = rows.map(
      ({ id, at, actor, via, action, agencyId: agency, subjectKind, subjectId, reason, before, after }) => ({
        ...{ id, at, actor, via, action, agencyId: agency, subjectKind, subjectId, reason },
        before: before === null ? null : { ...before },
        after: after === null ? null : { ...after },
      }),
    );
    return c.json({ entries, next }, 200);
  });
}
