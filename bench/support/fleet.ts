import { type DeliveryKey, deliveryId } from '../../src/ledger/delivery-key.ts';
import { join, sql } from '../../src/lib/sql.ts';
import type { Session } from '../../src/warehouse/warehouse.ts';

/** Many deliveries of many advertisers, always the same for the same number. */

export const AGENCIES = 40;
export const DESTINATIONS = ['activation-us', 'activation-eu', 'measurement', 'archive'] as const;
/** Rows put in by one statement. */
const BATCH = 250;

export interface FleetDelivery extends DeliveryKey {
  readonly id: string;
}

/** A 32-bit number that a text stands for: FNV-1a, mixed once more. Millions of these are made, so it is no cryptographic hash. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let place = 0; place < text.length; place += 1) hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A number from 0 to 1 that a text stands for. */
export function share(text: string): number {
  return hash32(text) / 2 ** 32;
}

/** Bytes that a text stands for, as many as a SHA-256 has. */
export function digest(text: string): Buffer {
  const bytes = Buffer.alloc(32);
  for (let place = 0; place < 8; place += 1) bytes.writeUInt32BE(hash32(`${place} ${text}`), place * 4);
  return bytes;
}

/** So many deliveries: advertisers with one to four destinations each, in agencies of which a few are large and many small. */
export function makeFleet(count: number): readonly FleetDelivery[] {
  const fleet: FleetDelivery[] = [];
  for (let advertiser = 0; fleet.length < count; advertiser += 1) {
    const agencyId = String(1000 + Math.floor(AGENCIES * share(`agency ${advertiser}`) ** 1.5));
    const advertiserId = String(20_000 + advertiser);
    for (const destination of DESTINATIONS.slice(0, 1 + (advertiser % DESTINATIONS.length))) {
      if (fleet.length === count) break;
      const key = { agencyId, advertiserId, destination, segmentId: `${agencyId}_${advertiserId}` };
      fleet.push({ ...key, id: deliveryId(key) });
    }
  }
  return fleet;
}

/** Puts the fleet into an empty REF_ADVERTISER_CONFIG, every delivery switched on. */
export async function configureFleet(session: Session, fleet: readonly FleetDelivery[], cadence: string): Promise<void> {
  const advertisers = [...Map.groupBy(fleet, ({ segmentId }) => segmentId).values()];
  for (let start = 0; start < advertisers.length; start += BATCH) {
    const rows = advertisers.slice(start, start + BATCH).flatMap((deliveries) => {
      const [first] = deliveries;
      if (first === undefined) return [];
      const entries = deliveries.map(({ destination }) => ({ destination, identifiers: ['IDFA', 'GAID'], lookbackDays: 30 }));
      return [
        sql`(${first.agencyId}, ${first.advertiserId}, 'ACTIVE', 'IMPRESSION', 'PCM_4KEY', TRUE, ${cadence}, ${JSON.stringify(entries)},
          ${`Advertiser ${first.advertiserId}`})`,
      ];
    });
    await session.execute(sql`INSERT INTO BASE_TABLES.REF_ADVERTISER_CONFIG (AGENCY_ID, ADVERTISER_ID, CONFIG_STATUS, EXPOSURE_SOURCE,
        IMPRESSION_JOIN_STRATEGY, DELIVERY_ENABLED, DELIVERY_CADENCE, DELIVERY_DESTINATIONS, ADVERTISER_DISPLAY_NAME)
      VALUES ${join(rows)}`);
  }
}

/** The destinations of the fleet as YAML: each a folder, a subfolder of this one. */
export function fleetDestinations(folder: string): string {
  return `destinations:\n${DESTINATIONS.map((name) => `  ${name}: { type: folder, path: ${folder}/${name} }`).join('\n')}\n`;
}
