import { List, Select, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { CopyText } from '../../../components/copy-text.tsx';
import { ErrorState } from '../../../components/error-state.tsx';
import { Facts } from '../../../components/facts.tsx';
import { Section } from '../../../components/section.tsx';
import { TableSkeleton } from '../../../components/table-skeleton.tsx';
import { Warnings } from '../../../components/warnings.tsx';
import type { AdvertiserKey } from '../queries.ts';
import { CodeBlock } from './code-block.tsx';
import { instructionsQuery } from './instructions-query.ts';

/** How the tag is put into the advertiser's site, with its ids filled in. */
export function Instructions({ advertiser }: { readonly advertiser: AdvertiserKey }) {
  const [platform, setPlatform] = useState<string>();
  const { data, error, refetch } = useQuery(instructionsQuery(advertiser, platform));
  if (data === undefined) {
    return (
      <Section title="Put the pixel into the site">
        {error === null ? <TableSkeleton columns={1} rows={5} /> : <ErrorState error={error} onRetry={refetch} />}
      </Section>
    );
  }
  const { data: told, warnings } = data;
  return (
    <Section title="Put the pixel into the site" description={told.place}>
      <Warnings of={warnings} />
      <Stack gap="md">
        <Select
          label="The site runs on"
          allowDeselect={false}
          data={told.platforms.map(({ platform: value, name }) => ({ value, label: name }))}
          value={told.platform}
          onChange={(value) => setPlatform(value ?? undefined)}
          maw={320}
        />
        <Facts
          facts={[
            { name: 'Macro', value: <CopyText value={told.macro} what="the macro" /> },
            { name: 'Sends to', value: told.collector_url ?? 'not set in aquarius.yaml (pixel.collectorUrl)' },
          ]}
        />
        <List type="ordered" size="sm" spacing="md">
          {told.steps.map(({ text, code }) => (
            <List.Item key={text} styles={{ itemWrapper: { display: 'inline' } }}>
              {text}
              {code !== null && <CodeBlock text={code.text} file={code.file} />}
            </List.Item>
          ))}
        </List>
        <Points title="What the tag can read there" points={told.reads} />
        <Points title="Good to know" points={told.notes} />
      </Stack>
    </Section>
  );
}

function Points({ title, points }: { readonly title: string; readonly points: readonly string[] }) {
  if (points.length === 0) return null;
  return (
    <div>
      <Title order={3} mb={4}>
        {title}
      </Title>
      <List size="sm">
        {points.map((point) => (
          <List.Item key={point}>
            <Text span inherit>
              {point}
            </Text>
          </List.Item>
        ))}
      </List>
    </div>
  );
}
