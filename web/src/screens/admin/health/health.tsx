import { Stack } from '@mantine/core';
import { PageHeader } from '../../../components/page-header.tsx';
import { useAgency } from '../../../shell/use-agency.ts';
import { AdminTabs } from '../admin-tabs.tsx';
import { useIsAdministrator } from '../use-administrator.ts';
import { AgenciesSection } from './agencies-section.tsx';
import { AlertsSection } from './alerts-section.tsx';
import { FeedsSection } from './feeds-section.tsx';
import { SchemaSection } from './schema-section.tsx';
import { ServerSection } from './server-section.tsx';

/** How the server, the warehouse, its feeds and the agencies are. */
export function SystemHealth() {
  const agencyId = useAgency();
  const isAdministrator = useIsAdministrator();
  return (
    <>
      <PageHeader
        title="Health"
        description="The server, the warehouse, its feeds and the agencies. What could not be looked at is never called healthy."
      />
      <AdminTabs />
      <Stack gap="md">
        <ServerSection />
        <AlertsSection agencyId={agencyId} />
        <FeedsSection agencyId={agencyId} />
        <AgenciesSection agencyId={agencyId} />
        {isAdministrator && <SchemaSection />}
      </Stack>
    </>
  );
}
