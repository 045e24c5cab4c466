import { SimpleGrid, Text } from '@mantine/core';
import { useState } from 'react';
import type { z } from 'zod';
import type { mapCampaignAnswer, mapCampaignBody, UnmappedImpressionRow } from '../../../../../src/shapes/config/campaigns.ts';
import { AdvertiserSelect } from '../../../components/advertiser-select.tsx';
import { ChangeDialog } from '../../../components/change-dialog.tsx';
import { counted } from '../../../lib/format.ts';
import { useChange } from '../../../lib/use-change.ts';
import { ANY_CAMPAIGN, CampaignLevelInputs, levelFields } from '../../advertisers/campaigns/campaign-level.tsx';

type Body = z.input<typeof mapCampaignBody>;
type Answer = z.infer<typeof mapCampaignAnswer>;

interface MapDspAdvertiserProps {
  readonly row: UnmappedImpressionRow;
  readonly onDone: (answer: Answer, body: Body) => void;
  readonly onClose: () => void;
}

/** Gives the impressions of a DSP advertiser, or of one campaign of it, to an advertiser of the agency. */
export function MapDspAdvertiser({ row, onDone, onClose }: MapDspAdvertiserProps) {
  const [advertiserId, setAdvertiserId] = useState<string | null>(null);
  const [name, setName] = useState<string | null>(null);
  const [level, setLevel] = useState(ANY_CAMPAIGN);
  const what = row.DSP_ADVERTISER_NAME ?? row.DSP_ADVERTISER_ID;
  const map = useChange<Body, Answer>('map-campaign', {
    say: ({ state, impressions_gained: gained }) =>
      state === 'unchanged'
        ? `${what} belonged to ${name} already.`
        : `${what} is mapped to ${name}${gained === null ? '' : `, which now has ${counted(gained, 'impression')} of the last 30 days more`}.`,
    onDone,
  });
  const submit = (replace = false): void => {
    if (advertiserId === null || row.PLATFORM_TYPE_ID === null) return;
    map.mutate({
      agency_id: row.AGENCY_ID,
      quorum_advertiser_id: advertiserId,
      platform_type: row.PLATFORM_TYPE_ID,
      dsp_advertiser_id: row.DSP_ADVERTISER_ID,
      ...levelFields(level),
      ...(row.DSP_ADVERTISER_NAME === null ? {} : { dsp_advertiser_name: row.DSP_ADVERTISER_NAME }),
      ...(replace ? { replace: true } : {}),
    });
  };
  return (
    <ChangeDialog
      title={`Map ${what}`}
      label="Map"
      isBusy={map.isPending}
      error={map.error}
      isIncomplete={advertiserId === null}
      onSubmit={() => submit()}
      onTakeOver={() => submit(true)}
      onClose={onClose}
    >
      <Text size="sm">
        {counted(row.UNASSIGNED_IMPRESSIONS, 'impression')} of {row.PLATFORM_NAME ?? 'its platform'} belong to nobody.
      </Text>
      <AdvertiserSelect
        label="Advertiser"
        description={`Of ${row.AGENCY_NAME ?? 'agency'} ${row.AGENCY_ID}.`}
        agencyId={row.AGENCY_ID}
        value={advertiserId}
        onChange={(id, shown) => {
          setAdvertiserId(id);
          setName(shown);
          map.reset();
        }}
        required
        data-autofocus
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <CampaignLevelInputs level={level} onChange={setLevel} />
      </SimpleGrid>
    </ChangeDialog>
  );
}
