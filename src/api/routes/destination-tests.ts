import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { transientError } from '../../errors.ts';
import { destinationTest, hostKeyReport, hostKeyRequest } from '../../shapes/config/delivery.ts';
import type { ApiDeps } from '../deps.ts';
import type { Api } from '../env.ts';
import { actorOf, type Principal } from '../principal.ts';
import { jsonAnswer, jsonBody } from '../requests.ts';

const nameParam = z.strictObject({
  name: z.string().min(1).max(256).describe('its name in aquarius.yaml').meta({ example: 'liveramp-us' }),
});

const testRoute = createRoute({
  method: 'post',
  path: '/api/delivery/destinations/{name}/test',
  tags: ['Destinations'],
  summary: 'Try whether a destination can be reached and used',
  description:
    'Connects, signs in, and proves that a delivery could be made; nothing is sent and nothing left behind. What is wrong is the answer, with `ok: false`. One destination is asked once in ten seconds at most.',
  request: { params: nameParam },
  responses: { 200: jsonAnswer(destinationTest, 'How it went.') },
});

const hostKeyRoute = createRoute({
  method: 'post',
  path: '/api/delivery/destinations/{name}/pin-host-key',
  tags: ['Destinations'],
  summary: 'Compare the host keys that a server offers with the trusted ones',
  description:
    'Answers what to write into aquarius.yaml, and writes nothing: whoever can change that file decides what is trusted. Give the fingerprint that the partner has published to have it compared.',
  request: { params: nameParam, body: jsonBody(hostKeyRequest, false) },
  responses: { 200: jsonAnswer(hostKeyReport, 'What it offers, and what is trusted.') },
});

/** Longest time for asking a partner, in milliseconds. */
const TEST_MS = 30_000;
/** How long a destination is left alone after it was asked. */
const PAUSE_MS = 10_000;

/** Asking destinations how they are. */
export function destinationTestRoutes(api: Api, { ledger, clock, testDestination, hostKeysOf }: ApiDeps): void {
  /** By destination: when it was asked last, and whether that goes on. */
  const asked = new Map<string, { readonly at: number; isOpen: boolean }>();

  /** Asks a destination, which is pressed neither by many at once nor by one in a hurry. */
  const ask = async <T>(request: Request, name: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    const now = clock.now().getTime();
    const last = asked.get(name);
    const waitMs = last === undefined ? 0 : last.at + PAUSE_MS - now;
    if (last?.isOpen === true || waitMs > 0) {
      throw transientError('destination_test_busy', `${name} was asked a moment ago.`, {
        hint: 'Wait a few seconds, then try again.',
        retryAfterMs: Math.max(1_000, waitMs),
      });
    }
    const turn = { at: now, isOpen: true };
    asked.set(name, turn);
    try {
      return await work(AbortSignal.any([request.signal, AbortSignal.timeout(TEST_MS)]));
    } finally {
      turn.isOpen = false;
    }
  };

  const record = (principal: Principal, action: string, name: string, after: Readonly<Record<string, unknown>>) =>
    ledger.recordAction(actorOf(principal, undefined), [
      { action, agencyId: null, subjectKind: 'destination', subjectId: name, before: null, after },
    ]);

  api.openapi(testRoute, async (c) => {
    const { name } = c.req.valid('param');
    const result = await ask(c.req.raw, name, (signal) => testDestination(name, signal));
    await record(c.get('principal'), 'destination.test', name, { ok: result.ok, code: result.code });
    return c.json(result, 200);
  });

  api.openapi(hostKeyRoute, async (c) => {
    const { name } = c.req.valid('param');
    const { fingerprint } = c.req.valid('json') ?? {};
    const report = await ask(c.req.raw, name, (signal) => hostKeysOf(name, fingerprint, signal));
    await record(c.get('principal'), 'destination.hostKeys', name, {
      verdict: report.verdict,
      offered: report.offered.map((key) => key.fingerprint),
    });
    return c.json(report, 200);
  });
}
