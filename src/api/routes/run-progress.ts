import { setTimeout } from 'node:timers/promises';
import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { answerProblem } from '../answer-failure.ts';
import type { ApiDeps } from '../deps.ts';
import type { Api } from '../env.ts';
import { findRun } from '../find-run.ts';
import { runIdParam } from '../requests.ts';
import { runEvents } from '../run-events.ts';
import { eventText, streamOf } from '../stream.ts';

const EXAMPLE = `event: state
data: {"runId":"01k9x2v7c8e4rg1s5t6w7y8z9a","state":"delivering","reason":null,"hold":null,"retryAt":null}

event: progress
data: {"step":"sending","done":52428800,"total":314572800,"unit":"bytes","rate":10485760,"secondsLeft":25}

`;

const progressRoute = createRoute({
  method: 'get',
  path: '/api/delivery/runs/{id}/progress',
  tags: ['Runs'],
  summary: 'A run while it happens',
  description:
    'Server-sent events: `state` at the start and on every change, `progress` when it has changed (at most one a second), `end` when the run is over or waits for a person. `error` with a problem document ends the stream early. A comment keeps the connection alive.',
  request: { params: runIdParam },
  responses: {
    200: {
      description: 'The events. The data of `progress` is as the schema Progress has it.',
      content: { 'text/event-stream': { schema: z.string().meta({ description: 'server-sent events' }), example: EXAMPLE } },
    },
  },
});

const timer = (ms: number, signal: AbortSignal): Promise<void> => setTimeout(ms, undefined, { signal });

/** A run's progress as it happens. */
export function runProgressRoutes(api: Api, { ledger, log, wait = timer }: ApiDeps): void {
  api.openapi(progressRoute, async (c) => {
    const run = await findRun(ledger, c.req.valid('param').id, c.get('principal'));
    const signal = AbortSignal.any([c.req.raw.signal, c.env.closing]);
    const requestId = c.get('requestId');
    const events = streamOf(runEvents(run, { ledger, wait, signal }), (error) =>
      eventText('error', answerProblem(log, error, requestId)),
    );
    // A proxy that collects the answer would show nothing until the end.
    return c.body(events, 200, { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' });
  });
}
