import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { isFinished, RUN_STATES, type RunState } from '../../ledger/states.ts';
import { rejectionList, runDetail, runPage } from '../../shapes/api-shapes.ts';
import { confirmationShape } from '../../shapes/confirmation.ts';
import { costsShape } from '../../shapes/costs.ts';
import { rejectionsCsv, rejectionsShape } from '../../shapes/rejections.ts';
import { runToShape } from '../../shapes/to-shape.ts';
import type { ApiDeps } from '../deps.ts';
import type { Api } from '../env.ts';
import { CONFIRMATION_EXAMPLE, COSTS_EXAMPLE, REJECTIONS_EXAMPLE, RUN_EXAMPLE, STEPS_EXAMPLE } from '../examples.ts';
import { findRun } from '../find-run.ts';
import { decodeCursor, page } from '../paging.ts';
import { agencyFilter } from '../principal.ts';
import { cursor, given, jsonAnswer, limit, runIdParam, text } from '../requests.ts';

/** Where a page of runs ends: they are ordered by these, newest first. */
const position = z.strictObject({ plannedAt: z.iso.datetime(), id: z.string().max(64) });

const listRoute = createRoute({
  method: 'get',
  path: '/api/delivery/runs',
  tags: ['Runs'],
  summary: 'Runs, newest first',
  description: 'Follow `next` until it is null to see all: runs that are added meanwhile neither repeat nor hide one.',
  request: {
    query: z.strictObject({
      agencyId: text.optional().describe('only of this agency'),
      advertiserId: text.optional().describe('only of this advertiser'),
      destination: text.optional().describe('only to this destination'),
      deliveryId: text.optional().describe('only of this delivery'),
      slot: text.optional().describe('only for this slot').meta({ example: '2026-W47' }),
      state: z.enum(RUN_STATES).optional().describe('only in this state'),
      unfinished: z.enum(['true']).optional().describe('only those that are not over yet'),
      held: z.enum(['true', 'false']).optional().describe('only those that wait for a person, or only those that do not'),
      from: z.iso.date().optional().describe('only those that were planned on this day, in UTC, or later'),
      to: z.iso.date().optional().describe('only those that were planned on this day, in UTC, or earlier'),
      limit,
      cursor,
    }),
  },
  responses: { 200: jsonAnswer(runPage, 'A page of runs.', { runs: [RUN_EXAMPLE], next: null }) },
});

const showRoute = createRoute({
  method: 'get',
  path: '/api/delivery/runs/{id}',
  tags: ['Runs'],
  summary: 'A run with its manifest and its story',
  request: { params: runIdParam },
  responses: {
    200: jsonAnswer(runDetail, 'The run.', {
      run: RUN_EXAMPLE,
      manifest: null,
      confirmation: CONFIRMATION_EXAMPLE,
      costs: COSTS_EXAMPLE,
      steps: STEPS_EXAMPLE,
    }),
  },
});

const rejectionsRoute = createRoute({
  method: 'get',
  path: '/api/delivery/runs/{id}/rejections',
  tags: ['Runs'],
  summary: 'Why the partner refused rows of a run',
  description: 'Counts by the partner’s own codes, with what to do about each. No identifier is among them.',
  request: { params: runIdParam },
  responses: { 200: jsonAnswer(rejectionList, 'The reasons, most frequent first.', REJECTIONS_EXAMPLE) },
});

const rejectionsCsvRoute = createRoute({
  method: 'get',
  path: '/api/delivery/runs/{id}/rejections.csv',
  tags: ['Runs'],
  summary: 'The same as a CSV file',
  request: { params: runIdParam },
  responses: {
    200: {
      description: 'A file for spreadsheets.',
      content: { 'text/csv': { schema: z.string().meta({ description: 'REASON,ROWS,ADVICE' }) } },
    },
  },
});

function statesOf(state: RunState | undefined, unfinished: boolean): { readonly states?: readonly RunState[] } {
  const all = state === undefined ? RUN_STATES : [state];
  if (unfinished) return { states: all.filter((one) => !isFinished(one)) };
  return state === undefined ? {} : { states: all };
}

/** The beginning of the next day. */
function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + 24 * 3_600_000).toISOString();
}

/** Looking at runs. */
export function runRoutes(api: Api, { ledger, rejectionsOf }: ApiDeps): void {
  api.openapi(listRoute, async (c) => {
    const { agencyId, state, unfinished, held, from, to, limit: count, cursor: place, ...filter } = c.req.valid('query');
    const found = await ledger.runs({
      ...given(filter),
      ...agencyFilter(c.get('principal'), agencyId),
      ...statesOf(state, unfinished === 'true'),
      ...(held === undefined ? {} : { held: held === 'true' }),
      ...(from === undefined ? {} : { from: `${from}T00:00:00.000Z` }),
      ...(to === undefined ? {} : { to: dayAfter(to) }),
      ...(place === undefined ? {} : { before: decodeCursor(place, position) }),
      limit: count + 1,
    });
    const { rows, next } = page(found, count, c.req.url, ({ plannedAt, id }) => ({ plannedAt, id }));
    return c.json({ runs: rows.map(runToShape), next }, 200);
  });

  api.openapi(showRoute, async (c) => {
    const run = await findRun(ledger, c.req.valid('param').id, c.get('principal'));
    const steps = await ledger.stepsOf(run.id);
    const story = steps.map(({ seq, attempt, at, step, detail }) => ({ seq, attempt, at, step, detail: { ...detail } }));
    const confirmation = confirmationShape(await ledger.confirmationOf(run.id));
    const costs = costsShape(await ledger.costsOf(run.id));
    return c.json({ run: runToShape(run), manifest: run.manifest, confirmation, costs, steps: story }, 200);
  });

  api.openapi(rejectionsRoute, async (c) => {
    const run = await findRun(ledger, c.req.valid('param').id, c.get('principal'));
    return c.json(rejectionsShape(run, rejectionsOf(run)), 200);
  });

  api.openapi(rejectionsCsvRoute, async (c) => {
    const run = await findRun(ledger, c.req.valid('param').id, c.get('principal'));
    return c.body(rejectionsCsv(rejectionsOf(run)), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="rejections-${run.id}.csv"`,
    });
  });
}
