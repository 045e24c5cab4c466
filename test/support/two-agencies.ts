import { type AdminWorld, adminWorld } from './admin-world.ts';
import { impression, mapping } from './project.ts';
import { configRow } from './seed.ts';

export const OWN = '1480';
export const OTHER = '77';
/** Stands in names and texts of the other agency, and nobody ever sends it: whoever reads it has crossed the border. */
export const MARK = 'quagga';
/** Stands in domains and ids of the other agency, which others may guess. */
export const KNOWN_NAME = 'zebra';

/** Two agencies with the same ids and something of everything, so that whatever crosses the border between them is seen. */
export async function twoAgencies(): Promise<AdminWorld> {
  const world = await adminWorld();
  const at = '2026-02-15T10:00:00Z';
  const of = (agency: string, name: string, secret = name) => ({
    config: configRow('4711', [{ destination: 'archive', segmentId: `${secret}-segment` }], {
      AGENCY_ID: agency,
      ADVERTISER_DISPLAY_NAME: `${secret} brand`,
      CLIENT_IDENTIFIER: `${secret} client`,
    }),
    name: { AGENCY_ID: agency, ADVERTISER_ID: '4711', ADVERTISER_NAME: `${secret} name`, AGENCY_NAME: `${secret} agency` },
    domain: { Agency_Id: agency, Advertiser_id: '4711', URL: `${name}.com`, IS_POI: false },
    place: {
      AGENCY_ID: agency,
      ADVERTISER_ID: '4711',
      SEGMENT_MD5: (agency === OWN ? 'a' : 'b').repeat(32),
      SEGMENT_UNIQUE_ID: `S-${secret}`,
    },
    events: Array.from({ length: 12 }, (_, index) => ({
      UUID: `${secret}-${index}`,
      AGENCY_ID: agency,
      EVENT_TIMESTAMP: at,
      PAGE_URL: `https://shop.${name}-new.com/${secret}`,
      EVENT_TYPE: 'site_visit',
      CLIENT_IP: '93.184.216.34',
      ALL_PARAMETERS: JSON.stringify({ secret }),
    })),
    impressions: Array.from({ length: 3 }, (_, index) => ({
      ...impression(`aaaaaaaa-0000-4000-8000-00000000000${index}`, { at, dspAdvertiser: `${name}-dsp` }),
      AGENCY_ID: agency,
      DSP_ADVERTISER_NAME: `${secret} dsp`,
    })),
    mapping: { ...mapping('4711', `${name}-mapped`), AGENCY_ID: agency, ADVERTISER_NAME_FROM_DSP: `${secret} mapped` },
  });
  const both = [of(OWN, 'ace'), of(OTHER, KNOWN_NAME, MARK)];
  await world.load({
    REF_ADVERTISER_CONFIG: both.map(({ config }) => config),
    REF_AGENCY_ADVERTISER: both.map(({ name }) => name),
    ADVERTISER_DOMAIN_MAPPING: both.map(({ domain }) => domain),
    SEGMENT_MD5_MAPPING: both.map(({ place }) => place),
    WEBPIXEL_EVENTS: both.flatMap(({ events }) => events),
    AD_IMPRESSION_LOG_V2: both.flatMap(({ impressions }) => impressions),
    PIXEL_CAMPAIGN_MAPPING_V2: both.map(({ mapping: one }) => one),
    REF_DSP_PLATFORM: [{ PLATFORM_TYPE_ID: '21', PLATFORM_NAME: 'FreeWheel', IS_ACTIVE: true }],
  });
  return world;
}
