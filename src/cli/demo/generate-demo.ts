import { ident, type Sql } from '../../lib/sql.ts';
import { findTable } from '../../warehouse/tables.ts';
import type { Session } from '../../warehouse/warehouse.ts';
import { ADVERTISERS, AGENCIES } from './advertisers.ts';
import { BUSINESS_TABLES } from './business-tables.ts';
import { generateDevicesCaptured } from './devices-captured.ts';
import { generateIpHouseholds, generateMaidHouseholds } from './households.ts';
import { generateImpressions } from './impressions.ts';
import { generateLiverampImpressions } from './liveramp-impressions.ts';
import { generatePixelEvents } from './pixel-events.ts';
import { type DemoContext, scaleOf } from './scale.ts';
import { generateStoreVisits } from './store-visits.ts';
import { generateSuppression } from './suppression.ts';

interface DemoOptions {
  /** Impressions; the other logs follow in proportion. */
  readonly rows: number;
  readonly seed: number;
  /** The instant to which the data reaches; but for the impossible times nothing is later. */
  readonly now: Date;
}

export interface DemoSummary {
  readonly agencies: number;
  readonly advertisers: number;
  readonly impressions: number;
  /** Rows written, by table. */
  readonly tables: Readonly<Record<string, number>>;
}

type Generate = (session: Session, table: Sql, context: DemoContext) => Promise<number>;

const LOGS: Readonly<Record<string, Generate>> = {
  AD_IMPRESSION_LOG_V2: generateImpressions,
  LIVERAMP_IMPRESSION_LOG: generateLiverampImpressions,
  WEBPIXEL_EVENTS: generatePixelEvents,
  STORE_VISITS: generateStoreVisits,
  SEGMENT_DEVICES_CAPTURED: generateDevicesCaptured,
  SUPPRESSION: generateSuppression,
  IP_HOUSEHOLD_LOOKUP: generateIpHouseholds,
  MAID_HOUSEHOLD_LOOKUP: generateMaidHouseholds,
};

/**
 * Fills the empty tables of a DuckDB warehouse with invented data that has every fault of real data. The same options give the same
 * rows.
 */
export async function generateDemo(session: Session, options: DemoOptions): Promise<DemoSummary> {
  const context: DemoContext = { seed: options.seed, now: options.now, scale: scaleOf(options.rows) };
  const tables: Record<string, number> = {};
  await session.transaction(async () => {
    for (const [name, fill] of Object.entries(BUSINESS_TABLES)) tables[name] = await fill(session, tableName(name), options.now);
    for (const [name, generate] of Object.entries(LOGS)) tables[name] = await generate(session, tableName(name), context);
  });
  return { agencies: AGENCIES.length, advertisers: ADVERTISERS.length, impressions: options.rows, tables };
}

function tableName(name: string): Sql {
  const spec = findTable(name);
  if (spec === undefined) throw new Error(`The catalogue has no table ${name}.`);
  return ident(spec.schema, spec.name);
}
