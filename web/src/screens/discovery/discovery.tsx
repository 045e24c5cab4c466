import { SimpleGrid, Tabs } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { PageHeader } from '../../components/page-header.tsx';
import { useAgency } from '../../shell/use-agency.ts';
import { PANELS } from './choices.ts';
import { ImpressionsPanel } from './impressions/impressions-panel.tsx';
import { KeysHelp } from './keys-help.tsx';
import { PixelsPanel } from './pixels/pixels-panel.tsx';
import type { DiscoverySearch } from './routes.ts';
import { ScorecardFigures } from './scorecard-figures.tsx';

/** From here on both lists stand beside each other. */
const ROOM_FOR_BOTH = '(min-width: 85em)';

/** What nobody has been given yet: domains that pixels report, and campaigns of ad platforms. */
export function Discovery() {
  const search: DiscoverySearch = useSearch({ from: '/shell/discovery' });
  const agencyId = useAgency();
  const navigate = useNavigate();
  const hasRoom = useMediaQuery(ROOM_FOR_BOTH, undefined, { getInitialValueInEffect: false });
  const change = (changed: Partial<DiscoverySearch>): void =>
    void navigate({
      to: '.',
      search: (before) => ({ ...before, ...changed }),
      replace: 'pq' in changed || 'iq' in changed || 'panel' in changed,
    });
  const panels = {
    pixels: <PixelsPanel search={search} agencyId={agencyId} onChange={change} />,
    impressions: <ImpressionsPanel search={search} agencyId={agencyId} onChange={change} />,
  } as const;
  return (
    <>
      <PageHeader
        title="Discovery"
        description="What reports events or has impressions, and belongs to no advertiser yet"
        actions={<KeysHelp />}
      />
      <ScorecardFigures agencyId={agencyId} />
      {hasRoom ? (
        <SimpleGrid cols={2} spacing="md">
          {panels.pixels}
          {panels.impressions}
        </SimpleGrid>
      ) : (
        <Tabs
          value={search.panel ?? 'pixels'}
          onChange={(panel) => change({ panel: PANELS.find((one) => one === panel && one !== 'pixels') })}
          keepMounted={false}
        >
          <Tabs.List mb="md">
            <Tabs.Tab value="pixels">Web pixels</Tabs.Tab>
            <Tabs.Tab value="impressions">Impressions</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="pixels">{panels.pixels}</Tabs.Panel>
          <Tabs.Panel value="impressions">{panels.impressions}</Tabs.Panel>
        </Tabs>
      )}
    </>
  );
}
