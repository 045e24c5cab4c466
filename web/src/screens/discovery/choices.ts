import type { MappingConflictRow, UnmappedImpressionRow } from '../../../../src/shapes/config/campaigns.ts';
import type { UnmappedPixelRow } from '../../../../src/shapes/config/domains.ts';

/** What can be chosen, checked against what the server knows. */

export const PANELS = ['pixels', 'impressions'] as const;

export const PLATFORM_NAMES: Readonly<Record<UnmappedPixelRow['DETECTED_PLATFORM'], string>> = {
  TICKETMASTER: 'Ticketmaster',
  SHOPIFY: 'Shopify',
  SQUARESPACE: 'Squarespace',
  SQUARE: 'Square Online',
  WIX: 'Wix',
  BIGCOMMERCE: 'BigCommerce',
  SFCC: 'Salesforce Commerce Cloud',
  WOOCOMMERCE: 'WooCommerce',
  WORDPRESS: 'WordPress',
  GTM: 'Google Tag Manager',
  STANDARD: 'Other site',
};
export const PLATFORMS = Object.keys(PLATFORM_NAMES) as readonly UnmappedPixelRow['DETECTED_PLATFORM'][];

export const IMPRESSION_STATES = ['UNMAPPED', 'PARTIAL', 'CONFLICT'] as const satisfies readonly Exclude<
  UnmappedImpressionRow['MAPPING_STATE'],
  'MAPPED'
>[];

export const CONFLICT_KINDS = ['campaign', 'domain', 'place'] as const satisfies readonly MappingConflictRow['KIND'][];

export const PIXEL_DAYS = [1, 3, 7, 14, 30] as const;
export const IMPRESSION_DAYS = [7, 14, 30, 60] as const;
