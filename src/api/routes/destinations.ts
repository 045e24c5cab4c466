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
    const unfinished = Map.groupBy(await ledger.unfinished(), ({ delivery }) => delivery.destination);
    const lastSuccess = new Map<string, string>();
    for (const { destination, lastDeliveredAt } of await ledger.deliveries()) {
      if (lastDeliveredAt !== null && lastDeliveredAt > (lastSuccess.get(destination) ?? ''))
        lastSuccess.set(destination, lastDeliveredAt);
    }
    const list = destinations.map(({ name, type, limits, hostKeys, capabilities }) => {
      const { breaker, failures, openedAt, openUntil, errorCode, errorMessage } = states.get(name) ?? IN_ORDER;
      const { concurrency, startsPerMinute } = limits;
      const runs = unfinished.get(name) ?? [];
      const held = runs.filter(({ hold }) => hold !== null).length;
      const working = runs.filter(({ hold, leaseOwner }) => hold === null && leaseOwner !== null).length;
      return {
        name,
        type,
        limits: { concurrency, startsPerMinute },
        ...{ breaker, failures, openedAt, openUntil, errorCode, errorMessage },
        lastSuccessAt: lastSuccess.get(name) ?? null,
        waiting: runs.length - held - working,
        ...{ working, held },
        hostKeys: hostKeys === null ? null : [...hostKeys],
        capabilities: { ...capabilities, identifiers: [...capabilities.identifiers], refresh: [...capabilities.refresh] },
      };
    });
    return c.json({ destinations: list }, 200);
  });
}
