import { createHash } from 'node:crypto';

/** The standing order: whose audience goes where. */
export interface DeliveryKey {
  readonly agencyId: string;
  readonly advertiserId: string;
  /** Its name in aquarius.yaml. */
  readonly destination: string;
  /** The segment's id at the partner. */
  readonly segmentId: string;
}

/** The delivery's id, the same on every machine: 96 bits of a SHA-256 over the JSON list of the four names, which is unambiguous. */
export function deliveryId(key: DeliveryKey): string {
  const names = JSON.stringify([key.agencyId, key.advertiserId, key.destination, key.segmentId]);
  return createHash('sha256').update(names).digest('hex').slice(0, 24);
}
