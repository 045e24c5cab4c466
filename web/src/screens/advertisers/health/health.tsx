import { Stack } from '@mantine/core';
import type { TabProps } from '../tab-props.ts';
import { AgencyFindings } from './agency-findings.tsx';
import { Readiness } from './readiness.tsx';

/** Whether the advertiser can be delivered, and how the data is that it comes from. */
export function Health({ advertiser }: TabProps) {
  return (
    <Stack gap="md">
      <Readiness advertiser={advertiser} />
      <AgencyFindings agencyId={advertiser.agencyId} />
    </Stack>
  );
}
