import { createHash } from 'node:crypto';
import { createRoute, type RouteConfig } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { z } from 'zod';
import { type AdminContext, requireAgency, type WriteContext } from '../admin/context.ts';
import { configError } from '../errors.ts';
import { configFailure, type Listed, listAnswer, oneAnswer, type Told } from '../shapes/config/envelope.ts';
import type { ApiDeps } from './deps.ts';
import type { Api, ApiEnv } from './env.ts';
import { inTime } from './in-time.ts';
import type { Principal } from './principal.ts';
import { formBody, jsonAnswer, jsonBody } from './requests.ts';

/**
 * The one way in which endpoints of /api/config are made: who asks is bound to their agencies here, for all of them, and answers have
 * the envelope here.
 */

interface Described {
  /** Without parameters in it: `/api/config/agencies`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
}

type Fields = z.ZodObject<z.ZodRawShape>;

const KEY = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/, 'must be 1 to 200 printable ASCII characters without blanks')
    .optional()
    .describe(
      'a name of your own for this call, such as a UUID: the same one with the same body has one effect, however often it is sent',
    ),
});

const FAILURES = {
  default: jsonAnswer(configFailure, 'What went wrong, and what to do about it.'),
} as const;

/** A list: the query says `limit` and `offset`. */
export function configList<Query extends Fields, Row extends z.ZodType>(
  api: Api,
  deps: ApiDeps,
  route: Described & { readonly query: Query; readonly row: Row },
  handle: (admin: AdminContext, query: z.output<Query>) => Promise<Listed<z.output<Row>>>,
): void {
  const schema = listAnswer(route.row);
  const definition = createRoute({
    method: 'get',
    path: route.path,
    ...described(route),
    request: { query: route.query },
    responses: { 200: jsonAnswer(schema, 'A page of rows.'), ...FAILURES },
  });
  register(api, definition, async (c) => {
    const query = validOf<z.output<Query>>(c, 'query');
    const { rows, total, warnings = [] } = await withAdmin(c, deps, query, (admin) => handle(admin, query));
    const offset = Number((query as { offset?: number }).offset ?? 0);
    const truncated = offset + rows.length < total;
    return c.json({ success: true, data: rows, count: rows.length, total, truncated, warnings });
  });
}

/** One thing. */
export function configOne<Query extends Fields, Data extends z.ZodType>(
  api: Api,
  deps: ApiDeps,
  route: Described & { readonly query: Query; readonly data: Data },
  handle: (admin: AdminContext, query: z.output<Query>) => Promise<Told<z.output<Data>>>,
): void {
  const definition = createRoute({
    method: 'get',
    path: route.path,
    ...described(route),
    request: { query: route.query },
    responses: { 200: jsonAnswer(oneAnswer(route.data), 'The answer.'), ...FAILURES },
  });
  register(api, definition, async (c) => {
    const query = validOf<z.output<Query>>(c, 'query');
    const { data, warnings = [] } = await withAdmin(c, deps, query, (admin) => handle(admin, query));
    return c.json({ success: true, data, warnings });
  });
}

/** A change. The body names the agency as `agency_id`, and may say why as `reason`; a form may hold a file besides. */
export function configWrite<Body extends Fields, Data extends z.ZodType>(
  api: Api,
  deps: ApiDeps,
  route: Described & { readonly body: Body; readonly data: Data; readonly isForm?: true },
  handle: (admin: WriteContext, body: z.output<Body>) => Promise<Told<z.output<Data>>>,
): void {
  const definition = createRoute({
    method: 'post',
    path: route.path,
    ...described(route),
    request: { headers: KEY, body: route.isForm === true ? formBody(route.body) : jsonBody(route.body, true) },
    responses: { 200: jsonAnswer(oneAnswer(route.data), 'What was done.'), ...FAILURES },
  });
  register(api, definition, async (c) => {
    const body = validOf<z.output<Body>>(c, route.isForm === true ? 'form' : 'json');
    const principal = c.get('principal');
    const key = validOf<z.output<typeof KEY>>(c, 'header')['idempotency-key'];
    const reason = (body as { reason?: string }).reason ?? null;
    const work = async () => {
      const told = await withAdmin(c, deps, body, (admin) =>
        handle(
          {
            ...admin,
            actor: { name: principal.name, role: principal.role, reason },
            requestId: c.get('requestId'),
            turn: deps.turn,
          },
          body,
        ),
      );
      return { success: true, data: told.data, warnings: told.warnings ?? [] };
    };
    if (key === undefined) return c.json(await work());
    const request = {
      scope: `POST ${route.path} ${principal.name}`,
      key,
      requestHash: sha256(JSON.stringify(await withoutBytes(body))),
    };
    const answer = await deps.ledger.idempotent(request, async () => ({ status: 200, body: await work(), replayed: false }));
    if (answer.replayed) c.header('Idempotency-Replayed', 'true');
    return c.json(answer.body);
  });
}

/** The framework infers a handler from a route that it sees whole; of one that is made from a parameter it cannot. */
function register(api: Api, definition: RouteConfig, handle: (c: Context<ApiEnv>) => Promise<Response>): void {
  api.openapi(definition, handle as never);
}

/** What the framework has checked of a request by the route's schema. */
function validOf<T>(c: Context<ApiEnv>, part: 'query' | 'json' | 'form' | 'header'): T {
  return c.req.valid(part as never) as T;
}

function described({ tag, summary, description }: Described) {
  return { tags: [tag], summary, ...(description === undefined ? {} : { description }) };
}

const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** What was asked for, with the SHA-256 of each file in place of its bytes. */
async function withoutBytes(body: object): Promise<object> {
  const fields = Object.entries(body).map(async ([name, value]) =>
    value instanceof File ? [name, { name: value.name, sha256: sha256(await value.bytes()) }] : [name, value],
  );
  return Object.fromEntries(await Promise.all(fields));
}

/** Opens the warehouse for a request of somebody who sees these agencies, or the one of them that the request names. */
export async function withAdmin<T>(
  c: Context<ApiEnv>,
  deps: ApiDeps,
  request: unknown,
  work: (admin: AdminContext) => Promise<T>,
): Promise<T> {
  return inTime(c.req.raw, (signal) => deps.withAdmin({ scope: scopeOf(c.get('principal'), request), signal }, work));
}

function scopeOf({ agencyIds }: Principal, request: unknown): AdminContext['scope'] {
  const agencyId = (request as { readonly agency_id?: string }).agency_id;
  if (agencyId === undefined) return agencyIds;
  requireAgency(agencyIds, agencyId);
  return [agencyId];
}

/** For endpoints whose rows belong to no agency: everybody with the role sees them. */
export function refuseScoped(admin: AdminContext): void {
  if (admin.scope === 'all') return;
  throw configError('agency_forbidden', 'This concerns all agencies.', { hint: 'Ask an administrator.' });
}
