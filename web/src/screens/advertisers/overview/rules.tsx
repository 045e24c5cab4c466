import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { AdvertiserDetail } from '../../../../../src/shapes/config/advertiser-detail.ts';
import { Facts } from '../../../components/facts.tsx';
import { Instant } from '../../../components/instant.tsx';
import { Section } from '../../../components/section.tsx';
import { counted } from '../../../lib/format.ts';
import { configFieldsQuery } from '../queries.ts';
import { EXPOSURE_WORDS, STRATEGY_WORDS } from '../words.ts';

/** By what rules people count as reached. */
export function Rules({ detail: { config } }: { readonly detail: AdvertiserDetail }) {
  const { data } = useQuery(configFieldsQuery);
  /** What a word of a column does, as the server says it everywhere. */
  const meaning = (column: string, word: string): string | null => {
    const field = data?.rows.find(({ COLUMN: name }) => name === column);
    return field?.VALUES?.find(({ value }) => value === word)?.meaning ?? null;
  };
  const strategy = config.IMPRESSION_JOIN_STRATEGY;
  return (
    <Section title="How people are found">
      <Facts
        facts={[
          { name: 'Reached by', value: EXPOSURE_WORDS[config.EXPOSURE_SOURCE] },
          { name: 'Impressions', value: STRATEGY_WORDS[strategy] },
          { name: 'Attribution window', value: counted(config.ATTRIBUTION_WINDOW_DAYS, 'day') },
          { name: 'Matching, informational', value: config.MATCH_STRATEGY },
          { name: 'Last changed', value: <Instant at={config.UPDATED_AT} as="both" /> },
        ]}
      />
      <Text size="sm" c="dimmed" mt="sm" mih="4.5em">
        {meaning('IMPRESSION_JOIN_STRATEGY', strategy)}
      </Text>
    </Section>
  );
}
