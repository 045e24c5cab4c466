import { createRoute } from '@hono/zod-openapi';
import { deliveryPreview, previewRequest, readinessQuery, readinessReport } from '../../shapes/config/delivery.ts';
import type { ApiDeps } from '../deps.ts';
import type { Api } from '../env.ts';
import { inTime } from '../in-time.ts';
import { jsonAnswer, jsonBody } from '../requests.ts';

const readinessRoute = createRoute({
  method: 'get',
  path: '/api/delivery/readiness',
  tags: ['Deliveries'],
  summary: 'Whether an advertiser can be delivered, rule by rule',
  description: 'Every rule of every destination, also those that come after one that fails, with what to do about each.',
  request: { query: readinessQuery },
  responses: { 200: jsonAnswer(readinessReport, 'The rules and what came of them.') },
});

const previewRoute = createRoute({
  method: 'post',
  path: '/api/delivery/preview',
  tags: ['Deliveries'],
  summary: 'What would go out with values that are not saved',
  description:
    'Counts the audience of each destination as a delivery would now, also of what is switched off. Nothing is written or sent, and no identifier is in the answer. Values that could not be saved are refused as a save refuses them.',
  request: { body: jsonBody(previewRequest, true) },
  responses: { 200: jsonAnswer(deliveryPreview, 'What would go.') },
});

/** Trying a delivery out before it runs. */
export function deliveryReadinessRoutes(api: Api, { withAdmin, readinessOf, previewOf }: ApiDeps): void {
  api.openapi(readinessRoute, async (c) => {
    const query = c.req.valid('query');
    const { agencyIds: scope } = c.get('principal');
    const report = await inTime(c.req.raw, (signal) => withAdmin({ scope, signal }, (admin) => readinessOf(admin, query)));
    return c.json(report, 200);
  });

  api.openapi(previewRoute, async (c) => {
    const request = c.req.valid('json');
    const { agencyIds: scope } = c.get('principal');
    const preview = await inTime(c.req.raw, (signal) => withAdmin({ scope, signal }, (admin) => previewOf(admin, request)));
    return c.json(preview, 200);
  });
}
