import { type RawBuilder, sql } from 'kysely';
import type { Engine } from './engine.ts';

/** A delivery in one of its slots. */
export interface DeliverySlot {
  readonly deliveryId: string;
  readonly slot: string;
}

/** How a delivery and a slot stand in a set. */
export function pairKey({ deliveryId, slot }: DeliverySlot): string {
  return `${deliveryId} ${slot}`;
}

/** `(delivery_id, slot)` is one of these, however many. */
export function among({ pairs }: Engine, wanted: readonly DeliverySlot[]): RawBuilder<boolean> {
  return sql<boolean>`(delivery_id, slot) in (${pairs(JSON.stringify(wanted.map(({ deliveryId, slot }) => [deliveryId, slot])))})`;
}
