import { Text } from '@mantine/core';
import type { Alert } from '../../api/types.ts';
import { TextLink } from '../../components/links.tsx';
import { useAdvertiserName } from '../../shell/use-advertiser-name.ts';

/** What an alert is about, with a link to its run, or else its delivery, or its destination. */
export function AlertSubject({ alert }: { readonly alert: Alert }) {
  const nameOf = useAdvertiserName();
  const { advertiserId, segmentId, destination, slot } = alert.detail;
  if (typeof advertiserId !== 'string') {
    return typeof destination === 'string' ? (
      <TextLink to="/destinations" fw={500}>
        {destination}
      </TextLink>
    ) : (
      <span>The delivery log</span>
    );
  }
  const about = [slot, typeof destination === 'string' ? `to ${destination}` : null, segmentId].filter(
    (part) => typeof part === 'string',
  );
  return (
    <>
      <DeliveryLink alert={alert} advertiserId={advertiserId}>
        {nameOf(alert.agencyId, advertiserId)}
      </DeliveryLink>
      <Text size="xs" c="dimmed">
        {about.join(', ')}
      </Text>
    </>
  );
}

interface DeliveryLinkProps {
  readonly alert: Alert;
  readonly advertiserId: string;
  readonly children: string;
}

function DeliveryLink({ alert, advertiserId, children }: DeliveryLinkProps) {
  const { run, destination, upload } = alert.detail;
  if (typeof run === 'string') {
    return (
      <TextLink to="/runs/$id" params={{ id: run }} fw={500}>
        {children}
      </TextLink>
    );
  }
  if (typeof upload === 'string' && alert.agencyId !== null) {
    return (
      <TextLink
        to="/advertisers/$agencyId/$advertiserId"
        params={{ agencyId: alert.agencyId, advertiserId }}
        search={{ tab: 'places' }}
        fw={500}
      >
        {children}
      </TextLink>
    );
  }
  const search = {
    advertiser: advertiserId,
    ...(typeof destination === 'string' ? { destination } : {}),
    ...(alert.agencyId === null ? {} : { agency: alert.agencyId }),
  };
  return (
    <TextLink to="/deliveries" search={search} fw={500}>
      {children}
    </TextLink>
  );
}
