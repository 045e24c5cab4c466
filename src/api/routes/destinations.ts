import { createRoute } from '@hono/zod-openapi';
import { destinationList } from '../../shapes/api-shapes.ts';
import type { ApiDeps } from '../deps.ts';
import type { Api } from '../env.ts';
import { DESTINATION_EXAMPLE } from '../examples.ts';
import { jsonAnswer } from '../requests.ts';

const listRoute = createRoute({
  method: 'get',
  path: '/api/delivery/destinations',
  tags: ['Destinations'],
  summary: 'Destinations and how they are doing',
  description: 'A destination that keeps failing is left alone for a while: its breaker is open. The others go on.',
  responses: { 200: jsonAnswer(destinationList, 'The destinations.', { destinations: [DESTINATION_EXAMPLE] }) },
});

/** What is told of a destination that has never been used. */
const IN_ORDER = {
  breaker: 'closed',
  failures: 0,
  openedAt: null,
  openUntil: null,
  errorCode: null,
  errorMessage: null,
} as const;

/** Destinations. */
export function destinationRoutes(api: Api, { ledger, destinations }: ApiDeps): void {
  api.openapi(listRoute, async (c) => {
    const states = new Map((await ledger.destinations()).map((state) => [state.name, state]));
    const list = destinations.map(({ name, type, limits }) => {
      const { breaker, failures, openedAt, openUntil, errorCode, errorMessage } = states.get(name) ?? IN_ORDER;
      const { concurrency, startsPerMinute } = limits;
      return {
        name,
        type,
        limits: { concurrency, startsPerMinute },
        ...{ breaker, failures, openedAt, openUntil, errorCode, errorMessage },
      };
    });
    return c.json({ destinations: list }, 200);
  });
}
