import type { DemoCampaign } from './campaigns.ts';
import { audienceColumns, type Choices, choicesOf } from './choices.ts';
import type { DemoContext } from './scale.ts';

/** Campaigns as choices for the rows of an impression log. */
export function campaignSlots(campaigns: readonly DemoCampaign[], context: DemoContext): Choices {
  return choicesOf(
    campaigns.map((campaign) => ({
      weight: campaign.perMille,
      columns: {
        agency: campaign.agencyId,
        advertiser: campaign.advertiserId,
        platform: campaign.platform,
        dsp_advertiser: campaign.dspAdvertiserId,
        dsp_advertiser_name: campaign.dspAdvertiserName,
        io: campaign.insertionOrderId,
        io_name: campaign.insertionOrderName,
        li: campaign.lineItemId,
        li_name: campaign.lineItemName,
        ...audienceColumns(campaign.advertiserId, context, campaign.atMostDevices),
      },
    })),
  );
}
