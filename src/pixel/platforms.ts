/** What a site may run on, as far as its pixel events tell it; the value of WEB_PIXEL_INTEGRATION_TYPE. */
export const PLATFORMS = [
  'TICKETMASTER',
  'SHOPIFY',
  'SQUARESPACE',
  'SQUARE',
  'WIX',
  'BIGCOMMERCE',
  'SFCC',
  'WOOCOMMERCE',
  'WORDPRESS',
  'GTM',
  'STANDARD',
] as const;

export type Platform = (typeof PLATFORMS)[number];

/** Names for people. */
export const PLATFORM_NAMES: Readonly<Record<Platform, string>> = {
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

/** The platform that a text names in any case, or null. */
export function platformNamed(text: string): Platform | null {
  const wanted = text.trim().toUpperCase();
  return PLATFORMS.find((platform) => platform === wanted) ?? null;
}
