import { OpenAPIHono } from '@hono/zod-openapi';
import { TrieRouter } from 'hono/router/trie-router';
import { configError } from '../errors.ts';
import { ACCESS, accessKey } from './access.ts';
import { answerFailure, problemResponse, refuseInvalid } from './answer-failure.ts';
import type { ApiDeps } from './deps.ts';
import type { Api, ApiEnv } from './env.ts';
import { accessGuard, bodyGuard, clientOf, hostGuard, originGuard, securityHeaders } from './guards.ts';
import { makeIdentify } from './identify.ts';
import type { Identify } from './principal.ts';
import { problemOf } from './problem.ts';
import { requestLog } from './request-log.ts';
import { isRoute } from './route-of.ts';
import { alertRoutes } from './routes/alerts.ts';
import { auditRoutes } from './routes/audit.ts';
import { authRoutes } from './routes/auth.ts';
import { commandRoutes } from './routes/commands.ts';
import { advertiserRoutes } from './routes/config-advertisers.ts';
import { configAuditRoutes } from './routes/config-audit.ts';
import { configCampaignRoutes } from './routes/config-campaigns.ts';
import { configDomainRoutes } from './routes/config-domains.ts';
import { configHealthRoutes } from './routes/config-health.ts';
import { legacyRoutes } from './routes/config-legacy.ts';
import { configListRoutes } from './routes/config-lists.ts';
import { placeRoutes } from './routes/config-places.ts';
import { storeListRoutes } from './routes/config-store-lists.ts';
import { deliveryRoutes } from './routes/deliveries.ts';
import { deliveryLogRoutes } from './routes/delivery-log.ts';
import { deliveryReadinessRoutes } from './routes/delivery-readiness.ts';
import { destinationTestRoutes } from './routes/destination-tests.ts';
import { destinationRoutes } from './routes/destinations.ts';
import { healthRoutes } from './routes/health.ts';
import { historyRoutes } from './routes/history.ts';
import { meRoutes } from './routes/me.ts';
import { referenceRoutes } from './routes/reference.ts';
import { runActionRoutes } from './routes/run-actions.ts';
import { runFileRoutes } from './routes/run-files.ts';
import { runProgressRoutes } from './routes/run-progress.ts';
import { runRoutes } from './routes/runs.ts';
import { triggerRoutes } from './routes/trigger.ts';
import { userRoutes } from './routes/users.ts';
import { webPages } from './web-pages.ts';

const ROUTES = [
  authRoutes,
  meRoutes,
  userRoutes,
  runRoutes,
  historyRoutes,
  runActionRoutes,
  runProgressRoutes,
  runFileRoutes,
  triggerRoutes,
  deliveryRoutes,
  deliveryReadinessRoutes,
  deliveryLogRoutes,
  destinationRoutes,
  destinationTestRoutes,
  advertiserRoutes,
  configListRoutes,
  legacyRoutes,
  configAuditRoutes,
  configHealthRoutes,
  placeRoutes,
  storeListRoutes,
  alertRoutes,
  auditRoutes,
  configCampaignRoutes,
  configDomainRoutes,
  healthRoutes,
  commandRoutes,
  referenceRoutes,
] as const;

/**
 * The API, to be given to `listen`. Callers are whoever `identify` says; by token, key and session unless said. A route of which the
 * table does not say who may call it is a bug and throws.
 */
export function makeApi(deps: ApiDeps, identify: Identify = makeIdentify(deps.token, deps.users ?? null)): Api {
  const api: Api = new OpenAPIHono<ApiEnv>({
    defaultHook: (result) => {
      if (!result.success) refuseInvalid(result.target, result.error);
    },
  });
  api.onError((error, c) => answerFailure(deps.log, error, c));
  const { origin: site = null, trustedProxies = [] } = deps.users?.settings ?? {};
  api.use(requestLog(deps.log), securityHeaders(site), clientOf(trustedProxies), hostGuard(site), originGuard(site));
  if (deps.pages !== undefined) api.use(webPages(deps.pages));
  api.use(accessGuard(identify, site), bodyGuard);
  for (const addTo of ROUTES) addTo(api, deps);
  const routes = api.routes.filter(isRoute);
  const open = routes.find(({ method, path }) => ACCESS[accessKey(method, path)] === undefined);
  if (open !== undefined) throw new Error(`The table of access has no ${open.method} ${open.path}.`);
  answerUnknown(api);
  return api;
}

/** What is not there: 405 where the path is known under other methods, else 404. */
function answerUnknown(api: Api): void {
  const methods = new TrieRouter<string>();
  for (const { method, path } of api.routes.filter(isRoute)) methods.add('ALL', path, method);
  api.notFound((c) => {
    const found = methods.match('ALL', c.req.path)[0].map(([method]) => method);
    const allowed = [...new Set(found.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))];
    const error =
      allowed.length === 0
        ? configError('route_unknown', 'There is nothing at this path.', { hint: 'The API is described at /api/docs.' })
        : configError('method_not_allowed', `This path takes ${allowed.join(', ')} alone.`, {
            hint: 'The API is described at /api/docs.',
          });
    return problemResponse(problemOf(error, c.get('requestId')), allowed.length === 0 ? {} : { Allow: allowed.join(', ') });
  });
}
