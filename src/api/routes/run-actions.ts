import { createRoute } from '@hono/zod-openapi';
import type { Actor } from '../../ledger/actor.ts';
import type { Run } from '../../ledger/run.ts';
import { changedRun } from '../../shapes/api-shapes.ts';
import { runToShape } from '../../shapes/to-shape.ts';
import type { ApiDeps } from '../deps.ts';
import type { Api } from '../env.ts';
import { RUN_EXAMPLE } from '../examples.ts';
import { findRun } from '../find-run.ts';
import { actorOf } from '../principal.ts';
import { jsonAnswer, jsonBody, optionalReason, requiredReason, runIdParam } from '../requests.ts';

const responses = { 200: jsonAnswer(changedRun, 'The run as it is now.', { run: RUN_EXAMPLE }) };

const shared = { method: 'post' as const, tags: ['Runs'], responses };
const mayHaveReason = { params: runIdParam, body: jsonBody(optionalReason, false) };

const cancelRoute = createRoute({
  ...shared,
  path: '/api/delivery/runs/{id}/cancel',
  summary: 'Stop a run',
  description: 'One that is being worked on stops at the next sign of life of its worker: cancelRequested is true until then.',
  request: mayHaveReason,
});

const retryRoute = createRoute({
  ...shared,
  path: '/api/delivery/runs/{id}/retry',
  summary: 'Try a run again',
  description: 'A failed or skipped run is taken up again, now; one that was staged sends the same bytes under the same names.',
  request: mayHaveReason,
});

const approveRoute = createRoute({
  ...shared,
  path: '/api/delivery/runs/{id}/approve',
  summary: 'Let a run go on that waits for a person',
  request: mayHaveReason,
});

const rejectRoute = createRoute({
  ...shared,
  path: '/api/delivery/runs/{id}/reject',
  summary: 'End a run that waits for a person',
  description: 'Nothing of it is sent. The reason is kept in the audit log.',
  request: { params: runIdParam, body: jsonBody(requiredReason, true) },
});

/** What people do to runs. Each is in the audit log. */
export function runActionRoutes(api: Api, { ledger, retryDeadlineMs }: ApiDeps): void {
  const answer = (run: Run) => ({ run: runToShape(run) });
  const actions = [
    [cancelRoute, (id: string, actor: Actor) => ledger.cancel(id, actor)],
    [retryRoute, (id: string, actor: Actor) => ledger.retry(id, actor, retryDeadlineMs)],
    [approveRoute, (id: string, actor: Actor) => ledger.approve(id, actor)],
  ] as const;
  for (const [route, act] of actions) {
    api.openapi(route, async (c) => {
      const principal = c.get('principal');
      const { id } = await findRun(ledger, c.req.valid('param').id, principal);
      return c.json(answer(await act(id, actorOf(principal, c.req.valid('json').reason))), 200);
    });
  }
  api.openapi(rejectRoute, async (c) => {
    const principal = c.get('principal');
    const { id } = await findRun(ledger, c.req.valid('param').id, principal);
    return c.json(answer(await ledger.reject(id, actorOf(principal, c.req.valid('json').reason))), 200);
  });
}
