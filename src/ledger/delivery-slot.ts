import { type RawBuilder, sql } from 'kysely';

/** A delivery in one of its slots. */
export interface DeliverySlot {
  readonly deliveryId: string;
  readonly slot: string;
}

/** How a delivery and a slot stand in a set. */
export function pairKey({ deliveryId, slot }: DeliverySlot): string {
  return `${deliveryId} ${slot}`;
}

/** `(delivery_id, slot)` is one of these. */
export function among(pairs: readonly DeliverySlot[]): RawBuilder<boolean> {
  const values = pairs.map(({ deliveryId, slot }) => sql`(${deliveryId}, ${slot})`);
  return sql<boolean>`(delivery_id, slot) in (values ${sql.join(values)})`;
}
