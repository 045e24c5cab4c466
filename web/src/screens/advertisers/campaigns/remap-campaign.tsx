import { Text } from '@mantine/core';
import { useState } from 'react';
import type { z } from 'zod';
import type { CampaignMappingRow, remapCampaignAnswer, remapCampaignBody } from '../../../../../src/shapes/config/campaigns.ts';
import { AdvertiserSelect } from '../../../components/advertiser-select.tsx';
import { ChangeDialog } from '../../../components/change-dialog.tsx';
import { useChange } from '../../../lib/use-change.ts';
import type { AdvertiserKey } from '../queries.ts';
import { mappingName, mappingWords } from './mapping-words.ts';

type Body = z.input<typeof remapCampaignBody>;
type Answer = z.infer<typeof remapCampaignAnswer>;

interface RemapCampaignProps {
  readonly advertiser: AdvertiserKey;
  readonly mapping: CampaignMappingRow;
  readonly onClose: () => void;
}

const DONE = {
  remapped: 'The mapping belongs to',
  unchanged: 'The mapping belonged already to',
  merged: 'This mapping is gone, since the same one belonged already to',
} as const;

/** Gives a mapping to another advertiser of the agency. */
export function RemapCampaign({ advertiser: { agencyId, advertiserId }, mapping, onClose }: RemapCampaignProps) {
  const [to, setTo] = useState<string | null>(null);
  const remap = useChange<Body, Answer>('remap-campaign', {
    say: ({ state, advertiser }) => `${DONE[state]} ${advertiser.advertiser_name ?? advertiser.advertiser_id}.`,
    onDone: onClose,
  });
  return (
    <ChangeDialog
      title="Give the mapping to another advertiser"
      label="Give it"
      isBusy={remap.isPending}
      error={remap.error}
      isIncomplete={to === null}
      onSubmit={() => to !== null && remap.mutate({ agency_id: agencyId, ...mappingName(mapping), quorum_advertiser_id: to })}
      onClose={onClose}
    >
      <Text size="sm">{mappingWords(mapping)}</Text>
      <AdvertiserSelect
        label="To"
        description="An advertiser of the same agency."
        agencyId={agencyId}
        except={advertiserId}
        value={to}
        onChange={setTo}
        required
        data-autofocus
      />
      <Text size="sm" c="dimmed">
        Its impressions count for that advertiser from then on, those of the past too.
      </Text>
    </ChangeDialog>
  );
}
