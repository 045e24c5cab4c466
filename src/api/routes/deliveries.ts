import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { configError } from '../../errors.ts';
import type { Actor } from '../../ledger/actor.ts';
import type { DeliveryKey } from '../../ledger/delivery-key.ts';
import { type DeliveryOverview, deliveryOverview } from '../../shapes/delivery-shape.ts';
import { DELIVERY_STATES } from '../../shapes/delivery-states.ts';
import type { ApiDeps, DeliveryQuery } from '../deps.ts';
import type { Api } from '../env.ts';
import { DELIVERY_EXAMPLE } from '../examples.ts';
import { actorOf, agencyFilter, type Principal } from '../principal.ts';
import { deliveryIdParam, given, jsonAnswer, jsonBody, optionalReason, text } from '../requests.ts';

const delivery = deliveryOverview.meta({ id: 'Delivery', description: 'A standing order and how it is doing.' });
const one = z.strictObject({ delivery: delivery }).meta({ id: 'OneDelivery', description: 'The delivery as it is now.' });

const listRoute = createRoute({
  method: 'get',
  path: '/api/delivery/deliveries',
  tags: ['Deliveries'],
  summary: 'Deliveries and how they are doing',
  description: 'All that are configured and all that ever ran: those that do not run have a reason.',
  request: {
    query: z.strictObject({
      agencyId: text.optional().describe('only of this agency'),
      advertiserId: text.optional().describe('only of this advertiser'),
      destination: text.optional().describe('only to this destination'),
      state: z.enum(DELIVERY_STATES).optional().describe('only in this state'),
    }),
  },
  responses: {
    200: jsonAnswer(
      z
        .strictObject({ deliveries: z.array(delivery).describe('all of them') })
        .meta({ id: 'DeliveryList', description: 'Deliveries.' }),
      'The deliveries.',
      { deliveries: [DELIVERY_EXAMPLE] },
    ),
  },
});

const responses = { 200: jsonAnswer(one, 'The delivery.', { delivery: DELIVERY_EXAMPLE }) };

const showRoute = createRoute({
  method: 'get',
  path: '/api/delivery/deliveries/{id}',
  tags: ['Deliveries'],
  summary: 'A delivery and how it is doing',
  request: { params: deliveryIdParam },
  responses,
});

const shared = {
  method: 'post' as const,
  tags: ['Deliveries'],
  request: { params: deliveryIdParam, body: jsonBody(optionalReason, false) },
  responses,
};

const pauseRoute = createRoute({
  ...shared,
  path: '/api/delivery/deliveries/{id}/pause',
  summary: 'Pause a delivery',
  description: 'No more runs are planned, and those that wait stay; one that is being worked on goes on.',
});

const resumeRoute = createRoute({
  ...shared,
  path: '/api/delivery/deliveries/{id}/resume',
  summary: 'Let a paused delivery run again',
});

/** Characters of a whole id: nothing else begins with one. */
const ID_LENGTH = 24;

/** Standing orders. */
export function deliveryRoutes(api: Api, { ledger, listDeliveries }: ApiDeps): void {
  /** Narrows the list to the advertiser and destination of a whole id, as far as the ledger knows it. */
  const whoseIs = async (id: string): Promise<Pick<DeliveryQuery, 'advertiserId' | 'destination'>> => {
    const known = id.length === ID_LENGTH ? await ledger.deliveryById(id) : null;
    return known === null ? {} : { advertiserId: known.advertiserId, destination: known.destination };
  };

  /** The delivery that an id or its beginning names. */
  const find = async (id: string, principal: Principal): Promise<DeliveryOverview> => {
    const visible = await listDeliveries({ ...(await whoseIs(id)), ...agencyFilter(principal, undefined) });
    const [found, other] = visible.filter(({ deliveryId }) => deliveryId?.startsWith(id.toLowerCase()));
    if (found === undefined) {
      throw configError('delivery_unknown', `There is no delivery ${id}.`, { hint: 'GET /api/delivery/deliveries lists them.' });
    }
    if (other === undefined) return found;
    throw configError('delivery_ambiguous', `More than one delivery begins with ${id}.`, { hint: 'Give more of the id.' });
  };

  api.openapi(listRoute, async (c) => {
    const { agencyId, state, ...filter } = c.req.valid('query');
    const found = await listDeliveries({ ...given(filter), ...agencyFilter(c.get('principal'), agencyId) });
    return c.json({ deliveries: found.filter((shown) => state === undefined || shown.state === state) }, 200);
  });

  api.openapi(showRoute, async (c) => c.json({ delivery: await find(c.req.valid('param').id, c.get('principal')) }, 200));

  const actions = [
    [pauseRoute, (key: DeliveryKey, actor: Actor) => ledger.pauseDelivery(key, actor)],
    [resumeRoute, (key: DeliveryKey, actor: Actor) => ledger.resumeDelivery(key, actor)],
  ] as const;
  for (const [route, act] of actions) {
    api.openapi(route, async (c) => {
      const principal = c.get('principal');
      const { deliveryId, agencyId, advertiserId, destination, segmentId } = await find(c.req.valid('param').id, principal);
      if (deliveryId === null || destination === null || segmentId === null) throw new Error('A delivery has an id but no key.');
      await act({ agencyId, advertiserId, destination, segmentId }, actorOf(principal, c.req.valid('json').reason));
      return c.json({ delivery: await find(deliveryId, principal) }, 200);
    });
  }
}
