import { Alert, Button, Drawer, List, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { ImpressionExplanation } from '../../../../../src/shapes/config/campaigns.ts';
import { oneOf } from '../../../api/config.ts';
import { ErrorState } from '../../../components/error-state.tsx';
import { TableSkeleton } from '../../../components/table-skeleton.tsx';
import { Warnings } from '../../../components/warnings.tsx';
import { counted } from '../../../lib/format.ts';
import { useFocusBack } from '../../../lib/use-focus-back.ts';
import { ExplainedMappings } from './explained-mappings.tsx';
import { PlatformSelect } from './platform-select.tsx';

/** The keys of an impression. */
export interface Keys {
  readonly platform: string | null;
  readonly dsp: string;
  readonly insertionOrder: string;
  readonly lineItem: string;
}

interface ExplainProps {
  readonly agencyId: string;
  readonly keys: Keys;
  readonly onClose: () => void;
}

/** Tells whose an impression with these keys is, and why. */
export function Explain({ agencyId, keys, onClose }: ExplainProps) {
  useFocusBack();
  const [typed, setTyped] = useState(keys);
  const [asked, setAsked] = useState<Keys | null>(keys.platform === null || keys.dsp === '' ? null : keys);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setAsked(typed);
  };
  const set = (change: Partial<Keys>): void => setTyped({ ...typed, ...change });
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title="Whose is an impression?"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack gap="md">
        <form onSubmit={submit}>
          <SimpleGrid cols={{ base: 1, sm: 2 }} mb="sm">
            <PlatformSelect value={typed.platform} onChange={(platform) => set({ platform })} />
            <TextInput
              label="DSP advertiser"
              description="Its id inside the platform."
              value={typed.dsp}
              onChange={(event) => set({ dsp: event.currentTarget.value })}
              required
            />
            <TextInput
              label="Insertion order"
              description="Left empty: it has none."
              value={typed.insertionOrder}
              onChange={(event) => set({ insertionOrder: event.currentTarget.value })}
            />
            <TextInput
              label="Line item"
              description="Left empty: it has none."
              value={typed.lineItem}
              onChange={(event) => set({ lineItem: event.currentTarget.value })}
            />
          </SimpleGrid>
          <Button type="submit" disabled={typed.platform === null || typed.dsp.trim() === ''}>
            Explain
          </Button>
        </form>
        {asked !== null && <Explanation agencyId={agencyId} keys={asked} />}
      </Stack>
    </Drawer>
  );
}

function Explanation({ agencyId, keys }: { readonly agencyId: string; readonly keys: Keys }) {
  const query = {
    agency_id: agencyId,
    platform_type: keys.platform ?? '',
    dsp_advertiser_id: keys.dsp.trim(),
    insertion_order_id: keys.insertionOrder.trim(),
    line_item_id: keys.lineItem.trim(),
  };
  const { data, error, refetch } = useQuery({
    queryKey: ['config', 'explain-impression', query],
    queryFn: ({ signal }) => oneOf<ImpressionExplanation>('explain-impression', { query, signal }),
  });
  if (data === undefined)
    return error === null ? <TableSkeleton columns={2} rows={4} /> : <ErrorState error={error} onRetry={refetch} />;
  const { data: explained, warnings } = data;
  return (
    <Stack gap="md" aria-live="polite">
      <Warnings of={warnings} />
      <Outcome explained={explained} />
      <List size="sm" type="ordered" spacing={4}>
        {explained.SENTENCES.map((sentence) => (
          <List.Item key={sentence}>{sentence}</List.Item>
        ))}
      </List>
      {explained.ADVERTISERS.length > 0 && (
        <div>
          <Title order={3} mb={4}>
            For each advertiser
          </Title>
          <List size="sm" spacing={4}>
            {explained.ADVERTISERS.map(({ ADVERTISER: { ADVERTISER_ID: id, ADVERTISER_NAME: name }, GETS: gets, WHY: why }) => (
              <List.Item key={id}>
                <strong>{name ?? `Advertiser ${id}`}</strong> {gets ? 'gets it' : 'does not get it'}. {why}
              </List.Item>
            ))}
          </List>
        </div>
      )}
      <ExplainedMappings mappings={explained.MAPPINGS} />
    </Stack>
  );
}

const OUTCOMES = {
  OWNED: { color: 'green', tone: 'var(--aq-good)', icon: IconCircleCheck },
  CONFLICT: { color: 'red', tone: 'var(--aq-bad)', icon: IconAlertTriangle },
  UNMAPPED: { color: 'gray', tone: 'var(--aq-wait)', icon: IconCircleDashed },
} as const;

function Outcome({ explained }: { readonly explained: ImpressionExplanation }) {
  const { color, tone, icon: Icon } = OUTCOMES[explained.OUTCOME];
  const owner = explained.ADVERTISER;
  const words =
    explained.OUTCOME === 'OWNED' && owner !== null
      ? `It belongs to ${owner.ADVERTISER_NAME ?? `advertiser ${owner.ADVERTISER_ID}`}.`
      : explained.OUTCOME === 'CONFLICT'
        ? 'Several claim it alike, so it goes to nobody.'
        : 'It belongs to nobody.';
  return (
    <Alert color={color} variant="outline" icon={<Icon aria-hidden />} title={<Text c={tone}>{words}</Text>}>
      <Text size="sm">
        {explained.IMPRESSIONS_30D === null
          ? 'How many impressions have these keys was not counted.'
          : `${counted(explained.IMPRESSIONS_30D, 'impression')} with these very keys in the last 30 days.`}
      </Text>
    </Alert>
  );
}
