import { createRoute } from '@hono/zod-openapi';
import { deliveryLog } from '../../admin/delivery/delivery-log.ts';
import { deliveryLogPage, deliveryLogQuery } from '../../shapes/config/delivery.ts';
import type { ApiDeps } from '../deps.ts';
import type { Api } from '../env.ts';
import { inTime } from '../in-time.ts';
import { jsonAnswer } from '../requests.ts';

const logRoute = createRoute({
  method: 'get',
  path: '/api/delivery/log',
  tags: ['Deliveries'],
  summary: "The warehouse's record of deliveries, newest first",
  description:
    'SEGMENT_DELIVERY_DETAILS, a row for each part. Rows of an earlier system are among them, with their own words for the status.',
  request: { query: deliveryLogQuery },
  responses: { 200: jsonAnswer(deliveryLogPage, 'A page of rows.') },
});

/** What the warehouse remembers of deliveries. */
export function deliveryLogRoutes(api: Api, { withAdmin }: ApiDeps): void {
  api.openapi(logRoute, async (c) => {
    const query = c.req.valid('query');
    const { agencyIds: scope } = c.get('principal');
    const page = await inTime(c.req.raw, (signal) => withAdmin({ scope, signal }, (admin) => deliveryLog(admin, query)));
    return c.json(page, 200);
  });
}
