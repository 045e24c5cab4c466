import { createHash } from 'node:crypto';
import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { configError } from '../../errors.ts';
import { planOutput } from '../../shapes/shapes.ts';
import { type TriggerRequest, triggerOutcome, triggerRequest } from '../../shapes/trigger-shapes.ts';
import type { ApiDeps } from '../deps.ts';
import type { Api } from '../env.ts';
import { TRIGGER_EXAMPLE } from '../examples.ts';
import { actorOf, maySee, type Principal } from '../principal.ts';
import { jsonAnswer, jsonBody } from '../requests.ts';

const ROUTE = '/api/delivery/run';

const outcome = triggerOutcome.meta({ id: 'TriggerOutcome', description: 'What was asked for, and what came of it.' });
const plan = planOutput.meta({ id: 'Plan', description: 'What would be delivered, and why everything else would not.' });

const triggerRoute = createRoute({
  method: 'post',
  path: ROUTE,
  tags: ['Runs'],
  summary: 'Run deliveries now',
  description:
    'Plans a run for each delivery that the filters leave and whose slot has not been delivered; workers take them up. With `from` and `to` slots of the past are made up for. The same key with the same body gives the same answer and no second effect; with another body it is refused. With `dryRun` the plan is told, nothing is changed, and no key is needed.',
  request: {
    headers: z.object({
      'idempotency-key': z
        .string()
        .regex(/^[\x21-\x7e]{1,200}$/, 'must be 1 to 200 printable ASCII characters without blanks')
        .optional()
        .describe('a name of your own for this call, such as a UUID: repeat it when you repeat the call. Required without dryRun')
        .meta({ example: '5c9d2f4e-7f0a-4f6b-9a57-0d2f6c1f6f3e' }),
    }),
    body: jsonBody(triggerRequest.meta({ id: 'TriggerRequest', description: 'What is to run.' }), true),
  },
  responses: {
    200: jsonAnswer(plan, 'With dryRun: what would be delivered.'),
    202: jsonAnswer(outcome, 'The runs that were asked for.', TRIGGER_EXAMPLE),
  },
});

/** Whoever sees some agencies alone must say for which of them. */
function checkAgency(principal: Principal, { agencyId }: TriggerRequest): void {
  if (principal.agencyIds === 'all' || (agencyId !== undefined && maySee(principal, agencyId))) return;
  throw configError('agency_forbidden', 'You may run deliveries of your own agencies alone.', {
    hint: 'Name one of them as agencyId.',
  });
}

/** The same for the same request: the schema has filled in what was left out, and put the fields in its order. */
function hashOf(request: TriggerRequest): string {
  return createHash('sha256').update(JSON.stringify(request)).digest('hex');
}

/** Asking for runs. */
export function triggerRoutes(api: Api, { ledger, trigger, preview }: ApiDeps): void {
  api.openapi(triggerRoute, async (c) => {
    const request = c.req.valid('json');
    const principal = c.get('principal');
    checkAgency(principal, request);
    if (request.dryRun) return c.json(await preview(request), 200);
    const key = c.req.valid('header')['idempotency-key'];
    if (key === undefined) {
      throw configError('idempotency_key_missing', 'This needs the header Idempotency-Key.', {
        hint: 'Send a name of your own for this call, such as a UUID, and the same one when you repeat it.',
      });
    }
    const scope = `POST ${ROUTE} ${principal.name}`;
    const requestKey = createHash('sha256').update(`${scope}\n${key}`).digest('hex');
    const { status, body, replayed } = await ledger.idempotent({ scope, key, requestHash: hashOf(request) }, async () => ({
      status: 202,
      body: await trigger(request, actorOf(principal, undefined), requestKey),
      replayed: false,
    }));
    if (replayed) c.header('Idempotency-Replayed', 'true');
    return c.json(triggerOutcome.parse(body), status as 202);
  });
}
