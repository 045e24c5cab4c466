import { List, Switch, Text } from '@mantine/core';
import { useState } from 'react';
import type { z } from 'zod';
import type {
  configureDomainAnswer,
  configureDomainBody,
  configureDomainsAnswer,
  configureDomainsBody,
  UnmappedPixelRow,
} from '../../../../../src/shapes/config/domains.ts';
import { AdvertiserSelect } from '../../../components/advertiser-select.tsx';
import { ChangeDialog } from '../../../components/change-dialog.tsx';
import { counted } from '../../../lib/format.ts';
import { useChange } from '../../../lib/use-change.ts';

type OneBody = z.input<typeof configureDomainBody>;
type One = z.infer<typeof configureDomainAnswer>;
type ManyBody = z.input<typeof configureDomainsBody>;
type Many = z.infer<typeof configureDomainsAnswer>;

interface AssignDomainsProps {
  /** Of one agency, or the dialog says that it cannot be. */
  readonly rows: readonly UnmappedPixelRow[];
  readonly onDone: (answer: { readonly audit_id: string | null }, body: { readonly agency_id: string }) => void;
  readonly onClose: () => void;
}

const SHOWN = 8;

/** Gives domains to an advertiser: their events count for it from then on, those of the past too. */
export function AssignDomains({ rows, onDone, onClose }: AssignDomainsProps) {
  const [advertiserId, setAdvertiserId] = useState<string | null>(null);
  const [name, setName] = useState<string | null>(null);
  const [isPoi, setPoi] = useState(false);
  const [first] = rows;
  const agencies = new Set(rows.map(({ AGENCY_ID: id }) => id));
  const who = name ?? `advertiser ${advertiserId}`;
  const one = useChange<OneBody, One>('configure-domain', {
    say: ({ host, events_gained_7d: gained }) => `${host} belongs to ${who}${gainWords(gained)}.`,
    onDone,
  });
  const many = useChange<ManyBody, Many>('configure-domains', {
    say: ({ domains, events_gained_7d: gained }) =>
      `${counted(domains.length, 'domain')} belong${domains.length === 1 ? 's' : ''} to ${who}${gainWords(gained)}.`,
    onDone,
  });
  const act = rows.length === 1 ? one : many;
  const submit = (replace = false): void => {
    if (advertiserId === null || first === undefined) return;
    const agency_id = first.AGENCY_ID;
    const more = replace ? { replace: true } : {};
    if (rows.length === 1) one.mutate({ agency_id, advertiser_id: advertiserId, url: first.BASE_DOMAIN, is_poi: isPoi, ...more });
    else
      many.mutate({
        agency_id,
        domains: rows.map(({ BASE_DOMAIN: url }) => ({ advertiser_id: advertiserId, url, is_poi: isPoi })),
        ...more,
      });
  };
  if (first === undefined) return null;
  return (
    <ChangeDialog
      title={rows.length === 1 ? `Assign ${first.BASE_DOMAIN}` : `Assign ${counted(rows.length, 'domain')}`}
      label="Assign"
      isBusy={act.isPending}
      error={act.error}
      isIncomplete={advertiserId === null || agencies.size > 1}
      onSubmit={() => submit()}
      onTakeOver={() => submit(true)}
      onClose={onClose}
    >
      {agencies.size > 1 ? (
        <Text size="sm">These domains are of {agencies.size} agencies. Select those of one, and assign them first.</Text>
      ) : (
        <>
          {rows.length > 1 && (
            <List size="sm">
              {rows.slice(0, SHOWN).map(({ BASE_DOMAIN: domain }) => (
                <List.Item key={domain}>{domain}</List.Item>
              ))}
              {rows.length > SHOWN && <List.Item>and {rows.length - SHOWN} more</List.Item>}
            </List>
          )}
          <AdvertiserSelect
            label="Advertiser"
            description={`Of agency ${first.AGENCY_ID}.`}
            agencyId={first.AGENCY_ID}
            value={advertiserId}
            onChange={(id, shown) => {
              setAdvertiserId(id);
              setName(shown);
              act.reset();
            }}
            required
            data-autofocus
          />
          <Switch
            label={rows.length === 1 ? 'It is a store locator' : 'They are store locators'}
            description="A page on which people look for a store near them."
            checked={isPoi}
            onChange={(event) => setPoi(event.currentTarget.checked)}
          />
          <Text size="sm" c="dimmed">
            The events of {rows.length === 1 ? 'the domain and all its hosts' : 'the domains and all their hosts'} count for the
            advertiser from then on, those of the past too.
          </Text>
        </>
      )}
    </ChangeDialog>
  );
}

function gainWords(gained: number | null): string {
  return gained === null ? '' : `: ${counted(gained, 'event')} of the last 7 days now count`;
}
