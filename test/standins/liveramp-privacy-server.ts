import { randomUUID } from 'node:crypto';
import { type HttpStandIn, httpStandIn, type StandInAnswer, type StandInRequest } from './http-standin.ts';

/**
 * LiveRamp's Privacy API for tests, with the service that gives its tokens, as strict as its published contract: forms and JSON are
 * checked member by member, a token ends when it is told to, and a request that is made twice is told so.
 */
export interface PrivacyServer extends HttpStandIn {
  /** What has been asked about each device id: its requests by type. */
  readonly requests: ReadonlyMap<string, readonly string[]>;
  /** Tokens given so far. */
  readonly tokens: readonly string[];
  /** Ends every token that was given. */
  expireTokens(): void;
}

export const ACCOUNT = { username: 'acme-service', password: 'kZ9-privacy-secret', orgId: 'org-1480' };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const FORM = { grant_type: 'password', client_id: 'liveramp-api', scope: 'openid' };

export async function startPrivacyServer(): Promise<PrivacyServer> {
  const requests = new Map<string, string[]>();
  const ids = new Map<string, string>();
  const tokens: string[] = [];
  const inForce = new Set<string>();

  function giveToken({ method, headers, body }: StandInRequest): StandInAnswer {
    const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
    const form = Object.fromEntries(new URLSearchParams(body.toString()));
    const { username, password, ...rest } = form;
    if (method !== 'POST' || !isForm || JSON.stringify(rest) !== JSON.stringify({ ...FORM }))
      return { status: 400, body: { error: 'invalid_request' } };
    if (username !== ACCOUNT.username || password !== ACCOUNT.password) return { status: 401, body: { error: 'invalid_grant' } };
    const token = `token-${tokens.length + 1}-${randomUUID()}`;
    tokens.push(token);
    inForce.add(token);
    return { status: 200, body: { access_token: token, token_type: 'Bearer', expires_in: 600 } };
  }

  function refusal({ headers }: StandInRequest): StandInAnswer | null {
    const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
    if (!inForce.has(token)) return problem(401, 'Invalid authorization token');
    if (headers['lr-org-id'] === undefined) return problem(400, 'LR-Org-ID is missing');
    return headers['lr-org-id'] === ACCOUNT.orgId ? null : problem(403, 'no access to this organization');
  }

  function take({ headers, body }: StandInRequest): StandInAnswer {
    if (headers['content-type'] !== 'application/json') return problem(400, 'not JSON');
    let input: unknown;
    try {
      input = JSON.parse(body.toString());
    } catch {
      return problem(400, 'not JSON');
    }
    if (typeof input !== 'object' || input === null) return problem(400, 'no object');
    const { maid, request_type: type, ...others } = input as Record<string, unknown>;
    if (type !== 'DELETION' && type !== 'OPT_OUT') return problem(422, 'request_type');
    if (typeof maid !== 'string' || !UUID.test(maid) || Object.keys(others).length > 0)
      return problem(422, `maid ${String(maid)}`);
    const key = `${maid.toLowerCase()} ${type}`;
    const known = ids.get(key);
    if (known !== undefined) return { status: 200, body: { request_uuid: known, status: 'PROCESSING', is_duplicate: true } };
    const id = randomUUID();
    ids.set(key, id);
    requests.set(maid.toLowerCase(), [...(requests.get(maid.toLowerCase()) ?? []), type]);
    return { status: 201, body: { request_uuid: id, status: 'ACCEPTED', message: 'created', is_duplicate: false } };
  }

  const partner = await httpStandIn((request) => {
    const [path = ''] = request.path.split('?');
    if (path === '/token') return giveToken(request);
    if (path !== '/v1/requests') return problem(404, 'nothing here');
    const refused = refusal(request);
    if (refused !== null) return refused;
    if (request.method === 'POST') return take(request);
    return request.method === 'GET'
      ? { status: 200, body: { privacy_requests: [], total: ids.size, page: 1, page_size: 1 } }
      : problem(405, 'method');
  });
  return Object.assign(partner, { requests, tokens, expireTokens: () => inForce.clear() });
}

const problem = (status: number, message: string): StandInAnswer => ({ status, body: { message, time: '2026-11-23T06:00:00Z' } });
