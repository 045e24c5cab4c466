import { SimpleGrid, Stack } from '@mantine/core';
import type { TabProps } from '../tab-props.ts';
import { ConfigProblems } from './config-problems.tsx';
import { Figures } from './figures.tsx';
import { FourKeys } from './four-keys.tsx';
import { Ids } from './ids.tsx';
import { Rules } from './rules.tsx';
import { Setup } from './setup.tsx';

/** What an advertiser's page begins with: what is missing, what there is, by what it is known. */
export function Overview({ advertiser, detail, onEdit }: TabProps) {
  return (
    <Stack gap="md">
      <ConfigProblems config={detail.config} onEdit={onEdit} />
      <Setup advertiser={advertiser} setup={detail.setup} onEdit={onEdit} />
      <Figures advertiser={advertiser} detail={detail} />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <Rules detail={detail} />
        <Ids detail={detail} />
      </SimpleGrid>
      <FourKeys detail={detail} />
    </Stack>
  );
}
