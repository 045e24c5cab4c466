import { SimpleGrid, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { z } from 'zod';
import type { ImpressionSearchRow, mapCampaignAnswer, mapCampaignBody } from '../../../../../src/shapes/config/campaigns.ts';
import { ChangeDialog } from '../../../components/change-dialog.tsx';
import { counted } from '../../../lib/format.ts';
import { useChange } from '../../../lib/use-change.ts';
import type { AdvertiserKey } from '../queries.ts';
import { ANY_CAMPAIGN, CampaignLevelInputs, levelFields } from './campaign-level.tsx';
import { DspAdvertiserPicker } from './dsp-advertiser-picker.tsx';
import { PlatformSelect } from './platform-select.tsx';

type Body = z.input<typeof mapCampaignBody>;
type Answer = z.infer<typeof mapCampaignAnswer>;

interface MapCampaignProps {
  readonly advertiser: AdvertiserKey;
  /** What the mapping is for, in words. */
  readonly name: string;
  readonly onClose: () => void;
}

/** Gives the impressions of a DSP advertiser, or of one campaign of it, to the advertiser. */
export function MapCampaign({ advertiser: { agencyId, advertiserId }, name, onClose }: MapCampaignProps) {
  const [platform, setPlatform] = useState<string | null>(null);
  const [dsp, setDsp] = useState('');
  const [dspName, setDspName] = useState<string | null>(null);
  const [level, setLevel] = useState(ANY_CAMPAIGN);
  const [campaign, setCampaign] = useState('');
  const map = useChange<Body, Answer>('map-campaign', { say: (answer) => saidOf(answer, name), onDone: onClose });
  const submit = (replace = false): void => {
    if (platform === null) return;
    map.mutate({
      agency_id: agencyId,
      quorum_advertiser_id: advertiserId,
      platform_type: platform,
      dsp_advertiser_id: dsp.trim(),
      ...levelFields(level),
      ...(campaign.trim() === '' ? {} : { campaign_name: campaign.trim() }),
      ...(dspName === null ? {} : { dsp_advertiser_name: dspName }),
      ...(replace ? { replace: true } : {}),
    });
  };
  const pick = (row: ImpressionSearchRow): void => {
    setPlatform(row.PLATFORM_TYPE_ID);
    setDsp(row.DSP_ADVERTISER_ID);
    setDspName(row.DSP_ADVERTISER_NAME);
    map.reset();
  };
  return (
    <ChangeDialog
      title={`Map a campaign to ${name}`}
      label="Map"
      size="lg"
      isBusy={map.isPending}
      error={map.error}
      isIncomplete={platform === null || dsp.trim() === ''}
      onSubmit={() => submit()}
      onTakeOver={() => submit(true)}
      onClose={onClose}
    >
      <DspAdvertiserPicker agencyId={agencyId} onPick={pick} />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <PlatformSelect value={platform} onChange={setPlatform} />
        <TextInput
          label="DSP advertiser"
          description="Its id inside the platform."
          value={dsp}
          onChange={(event) => {
            setDsp(event.currentTarget.value);
            setDspName(null);
            map.reset();
          }}
          required
        />
        <CampaignLevelInputs level={level} onChange={setLevel} />
      </SimpleGrid>
      <TextInput
        label="Name"
        description="A name of your own for it, if you like."
        maxLength={500}
        value={campaign}
        onChange={(event) => setCampaign(event.currentTarget.value)}
      />
      <Text size="sm" c="dimmed">
        The most specific mapping wins: one with a line item before one with an insertion order before one with neither.
      </Text>
    </ChangeDialog>
  );
}

function saidOf({ state, impressions_gained: gained }: Answer, name: string): string {
  if (state === 'unchanged') return `It belonged to ${name} already.`;
  const gain = gained === null ? '' : `, which now has ${counted(gained, 'impression')} of the last 30 days more`;
  return state === 'replaced' ? `Taken over by ${name}${gain}.` : `Mapped to ${name}${gain}.`;
}
