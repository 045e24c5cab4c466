import type { TableSpec } from './table-spec.ts';
import { configAuditLog, pixelDomainSetting, storeListUpload } from './tables/admin.ts';
import { loadedFiles, memberChanges } from './tables/bookkeeping.ts';
import { advertiserConfig } from './tables/config.ts';
import { deliveredMembers, deliveryDetails, deliveryOption, deliveryOptionAlias } from './tables/delivery.ts';
import { ipHousehold, maidHousehold } from './tables/households.ts';
import { dailySummary, impressionLog, impressionName, liverampLog, weeklyStats } from './tables/impressions.ts';
import { campaignMapping, domainMapping } from './tables/mappings.ts';
import { agencyAdvertiser, dspPlatform, reportType } from './tables/names.ts';
import { pixelEvents } from './tables/pixels.ts';
import { reachDays, reachExposures, reachKeys, reachState } from './tables/reach.ts';
import { segmentDetail, segmentMapping, segmentMetadata } from './tables/segments.ts';
import { suppression } from './tables/suppression.ts';
import { devicesCaptured, storeVisits, webToStore } from './tables/visits.ts';

/** Every table that this program knows by name. */
export const TABLES: readonly TableSpec[] = [
  advertiserConfig,
  campaignMapping,
  domainMapping,
  segmentMapping,
  segmentMetadata,
  segmentDetail,
  agencyAdvertiser,
  dspPlatform,
  reportType,
  impressionLog,
  liverampLog,
  pixelEvents,
  storeVisits,
  webToStore,
  devicesCaptured,
  ipHousehold,
  maidHousehold,
  deliveryDetails,
  deliveredMembers,
  deliveryOption,
  deliveryOptionAlias,
  suppression,
  configAuditLog,
  pixelDomainSetting,
  storeListUpload,
  weeklyStats,
  dailySummary,
  impressionName,
  loadedFiles,
  memberChanges,
  reachKeys,
  reachExposures,
  reachDays,
  reachState,
];

/** The table of that name, in any case. */
export function findTable(name: string): TableSpec | undefined {
  const upper = name.trim().toUpperCase();
  return TABLES.find((table) => table.name === upper);
}
