import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { runHistory, sizeHistory } from '../../shapes/history-shapes.ts';
import type { ApiDeps } from '../deps.ts';
import type { Api } from '../env.ts';
import { DELIVERY_EXAMPLE, RUN_EXAMPLE } from '../examples.ts';
import { agencyFilter } from '../principal.ts';
import { given, jsonAnswer, text } from '../requests.ts';

const DAY_MS = 24 * 3_600_000;

const days = (usual: number) =>
  z.coerce.number().int().min(1).max(400).default(usual).describe('how many days back, today among them, 1 to 400');

const runsRoute = createRoute({
  method: 'get',
  path: '/api/delivery/history/runs',
  tags: ['Runs'],
  summary: 'What became of the runs of each day',
  request: {
    query: z.strictObject({ agencyId: text.optional().describe('only of this agency'), days: days(14) }),
  },
  responses: {
    200: jsonAnswer(runHistory, 'Counts by day and state.', {
      since: '2026-11-03T00:00:00.000Z',
      days: [{ day: '2026-11-16', state: 'delivered', runs: 41, rows: 9_204_118 }],
    }),
  },
});

const { deliveryId, agencyId, advertiserId, destination, segmentId } = DELIVERY_EXAMPLE;

const sizesRoute = createRoute({
  method: 'get',
  path: '/api/delivery/history/sizes',
  tags: ['Deliveries'],
  summary: 'Sizes of audiences over time',
  description: 'Of the deliveries whose last set was the largest, or of one alone.',
  request: {
    query: z.strictObject({
      agencyId: text.optional().describe('only of this agency'),
      deliveryId: text.optional().describe('only of this delivery'),
      days: days(90),
      limit: z.coerce.number().int().min(1).max(50).default(8).describe('how many deliveries, 1 to 50'),
    }),
  },
  responses: {
    200: jsonAnswer(sizeHistory, 'The sizes.', {
      since: '2026-08-19T00:00:00.000Z',
      deliveries: [
        {
          ...{ deliveryId: deliveryId ?? '', agencyId, advertiserId, destination: destination ?? '', segmentId: segmentId ?? '' },
          points: [
            { runId: RUN_EXAMPLE.runId, slot: RUN_EXAMPLE.slot, at: RUN_EXAMPLE.finishedAt ?? '', rows: RUN_EXAMPLE.rows },
          ],
        },
      ],
    }),
  },
});

/** How deliveries have been going. */
export function historyRoutes(api: Api, { ledger, clock }: ApiDeps): void {
  /** The beginning of the first of so many days, in UTC. */
  const sinceOf = (count: number): string => {
    const day = new Date(clock.now().getTime() - (count - 1) * DAY_MS).toISOString().slice(0, 10);
    return `${day}T00:00:00.000Z`;
  };

  api.openapi(runsRoute, async (c) => {
    const query = c.req.valid('query');
    const since = sinceOf(query.days);
    const found = await ledger.runsByDay({ since, ...agencyFilter(c.get('principal'), query.agencyId) });
    return c.json({ since, days: [...found] }, 200);
  });

  api.openapi(sizesRoute, async (c) => {
    const query = c.req.valid('query');
    const since = sinceOf(query.days);
    const found = await ledger.sizesOverTime({
      since,
      ...agencyFilter(c.get('principal'), query.agencyId),
      ...given({ deliveryId: query.deliveryId }),
      limit: query.limit,
    });
    return c.json({ since, deliveries: found.map((delivery) => ({ ...delivery, points: [...delivery.points] })) }, 200);
  });
}
