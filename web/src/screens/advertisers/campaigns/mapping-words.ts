import type { CampaignMappingRow } from '../../../../../src/shapes/config/campaigns.ts';

/** A mapping in a line: `The Trade Desk, DSP advertiser 77, insertion order 12`. */
export function mappingWords(mapping: CampaignMappingRow): string {
  return [
    mapping.PLATFORM_NAME ?? `platform ${mapping.DSP_PLATFORM_TYPE ?? 'none'}`,
    `DSP advertiser ${mapping.DSP_ADVERTISER_ID ?? 'none'}`,
    ...(mapping.INSERTION_ORDER_ID === null ? [] : [`insertion order ${mapping.INSERTION_ORDER_ID}`]),
    ...(mapping.LINE_ITEM_ID === null ? [] : [`line item ${mapping.LINE_ITEM_ID}`]),
  ].join(', ');
}

/** By what the API is told which mapping is meant: its number, or its keys where mappings have none. */
export function mappingName(mapping: CampaignMappingRow) {
  if (mapping.MAPPING_ID !== null) return { mapping_id: mapping.MAPPING_ID } as const;
  return {
    mapping: {
      platform_type: mapping.DSP_PLATFORM_TYPE ?? '',
      dsp_advertiser_id: mapping.DSP_ADVERTISER_ID ?? '',
      insertion_order_id: mapping.INSERTION_ORDER_ID,
      line_item_id: mapping.LINE_ITEM_ID,
      quorum_advertiser_id: mapping.QUORUM_ADVERTISER_ID ?? '',
    },
  } as const;
}

/** Its place in a list: sites without numbers have but the keys. */
export function mappingKey(mapping: CampaignMappingRow): string {
  const { MAPPING_ID, DSP_PLATFORM_TYPE, DSP_ADVERTISER_ID, INSERTION_ORDER_ID, LINE_ITEM_ID, QUORUM_ADVERTISER_ID } = mapping;
  return [MAPPING_ID, DSP_PLATFORM_TYPE, DSP_ADVERTISER_ID, INSERTION_ORDER_ID, LINE_ITEM_ID, QUORUM_ADVERTISER_ID].join(' ');
}

/** How narrow it is. */
export const SPECIFICITY_WORDS: Readonly<Record<number, string>> = {
  0: 'All campaigns',
  1: 'One insertion order',
  2: 'One line item',
  3: 'One line item of one insertion order',
};
