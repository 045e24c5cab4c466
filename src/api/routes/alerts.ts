import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import type { Alert } from '../../ledger/alert.ts';
import { alertList } from '../../shapes/api-shapes.ts';
import type { ApiDeps } from '../deps.ts';
import type { Api } from '../env.ts';
import { ALERT_EXAMPLE } from '../examples.ts';
import { maySee } from '../principal.ts';
import { given, jsonAnswer, limit, text } from '../requests.ts';

const listRoute = createRoute({
  method: 'get',
  path: '/api/delivery/alerts',
  tags: ['Alerts'],
  summary: 'What is wrong, and what was',
  request: {
    query: z.strictObject({
      agencyId: text.optional().describe('only of this agency'),
      state: z.enum(['firing', 'resolved']).optional().describe('only those that last, or only those that are over'),
      limit,
    }),
  },
  responses: { 200: jsonAnswer(alertList, 'The alerts.', { alerts: [ALERT_EXAMPLE], more: false }) },
});

/** Alerts. */
export function alertRoutes(api: Api, { ledger }: ApiDeps): void {
  /** The first so many alerts that are shown, asking for more rows until there are as many or no more. */
  const firstShown = async (
    state: 'firing' | 'resolved' | undefined,
    shown: (alert: Alert) => boolean,
    wanted: number,
  ): Promise<readonly Alert[]> => {
    for (let rows = wanted; ; rows *= 4) {
      const found = await ledger.alerts({ ...given({ state }), limit: rows });
      const visible = found.filter(shown);
      if (visible.length >= wanted || found.length < rows) return visible.slice(0, wanted);
    }
  };

  api.openapi(listRoute, async (c) => {
    const { agencyId, state, limit: count } = c.req.valid('query');
    const principal = c.get('principal');
    const isShown = (alert: Alert): boolean =>
      maySee(principal, alert.agencyId) && (agencyId === undefined || alert.agencyId === agencyId);
    const found = await firstShown(state, isShown, count + 1);
    const taken = new Map((await ledger.acknowledgements()).map(({ key, at, by, note }) => [key, { at, by, note }]));
    const alerts = found.slice(0, count).map((alert) => ({
      ...alert,
      detail: { ...alert.detail },
      acknowledged: alert.state === 'firing' ? (taken.get(alert.key) ?? null) : null,
    }));
    return c.json({ alerts, more: found.length > count }, 200);
  });
}
