import { Text } from '@mantine/core';
import type { z } from 'zod';
import type { CampaignMappingRow, unmapCampaignAnswer, unmapCampaignBody } from '../../../../../src/shapes/config/campaigns.ts';
import { ChangeDialog } from '../../../components/change-dialog.tsx';
import { counted } from '../../../lib/format.ts';
import { useChange } from '../../../lib/use-change.ts';
import type { AdvertiserKey } from '../queries.ts';
import { mappingName, mappingWords } from './mapping-words.ts';

type Body = z.input<typeof unmapCampaignBody>;
type Answer = z.infer<typeof unmapCampaignAnswer>;

interface UnmapCampaignProps {
  readonly advertiser: AdvertiserKey;
  readonly mapping: CampaignMappingRow;
  readonly onClose: () => void;
}

/** Takes a mapping out. */
export function UnmapCampaign({ advertiser: { agencyId }, mapping, onClose }: UnmapCampaignProps) {
  const unmap = useChange<Body, Answer>('unmap-campaign', {
    say: ({ advertiser }) => {
      const lost = -(advertiser?.impressions_gained ?? 0);
      return lost > 0
        ? `The mapping is removed: ${counted(lost, 'impression')} of the last 30 days less.`
        : 'The mapping is removed.';
    },
    onDone: onClose,
  });
  return (
    <ChangeDialog
      title="Remove the mapping?"
      label="Remove"
      danger
      isBusy={unmap.isPending}
      error={unmap.error}
      onSubmit={() => unmap.mutate({ agency_id: agencyId, ...mappingName(mapping) })}
      onClose={onClose}
    >
      <Text size="sm">{mappingWords(mapping)}</Text>
      <Text size="sm" c="dimmed">
        {mapping.IMPRESSIONS_14D === null
          ? 'Its impressions no longer count for the advertiser, unless another mapping covers them.'
          : `The ${counted(mapping.IMPRESSIONS_14D, 'impression')} of the last 14 days that it brings no longer count, unless another mapping covers them.`}
      </Text>
    </ChangeDialog>
  );
}
