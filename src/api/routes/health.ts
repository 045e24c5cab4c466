import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { readiness } from '../../shapes/api-shapes.ts';
import type { ApiDeps } from '../deps.ts';
import type { Api } from '../env.ts';
import { requireAdministrator } from '../principal.ts';
import { jsonAnswer } from '../requests.ts';

const READY_DEADLINE_MS = 5_000;

const health = z
  .strictObject({ status: z.literal('ok').describe('the program answers'), version: z.string().describe('its version') })
  .meta({ id: 'Health', description: 'The program lives.' });

const healthRoute = createRoute({
  method: 'get',
  path: '/healthz',
  tags: ['Operation'],
  summary: 'Whether the program lives',
  description: 'Looks at nothing else. For a probe that restarts what does not answer.',
  responses: { 200: jsonAnswer(health, 'It lives.', { status: 'ok', version: '0.1.0' }) },
});

const READY_EXAMPLE = { ok: true, checks: [{ name: 'control store', ok: true, message: 'answers' }] };

const readyRoute = createRoute({
  method: 'get',
  path: '/readyz',
  tags: ['Operation'],
  summary: 'Whether the program can work',
  description: 'Looks at what it needs: the control store, the warehouse, the stage. For a probe that decides about traffic.',
  responses: {
    200: jsonAnswer(readiness, 'It can work.', READY_EXAMPLE),
    503: jsonAnswer(readiness, 'Something that it needs is away.', {
      ok: false,
      checks: [{ name: 'control store', ok: false, message: 'does not answer' }],
    }),
  },
});

const metricsRoute = createRoute({
  method: 'get',
  path: '/metrics',
  tags: ['Operation'],
  summary: 'Metrics for Prometheus',
  description: 'In the text format of Prometheus, over all agencies.',
  responses: {
    200: {
      description: 'The metrics.',
      content: { 'text/plain': { schema: z.string().meta({ description: 'lines of metrics' }) } },
    },
  },
});

/** Health, readiness and metrics. */
export function healthRoutes(api: Api, { version, ready, metrics }: ApiDeps): void {
  api.openapi(healthRoute, (c) => c.json({ status: 'ok' as const, version }, 200));

  api.openapi(readyRoute, async (c) => {
    const signal = AbortSignal.any([c.req.raw.signal, AbortSignal.timeout(READY_DEADLINE_MS)]);
    const { ok, checks } = await ready(signal);
    return c.json({ ok, checks: checks.map(({ name, ok: there, message }) => ({ name, ok: there, message })) }, ok ? 200 : 503);
  });

  api.openapi(metricsRoute, async (c) => {
    requireAdministrator(c.get('principal'));
    const { contentType, body } = await metrics();
    return c.text(body, 200, { 'Content-Type': contentType });
  });
}
