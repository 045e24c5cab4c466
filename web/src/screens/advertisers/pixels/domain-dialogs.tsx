import { Select, Switch, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type {
  configureDomainAnswer,
  configureDomainBody,
  MappedUrl,
  reassignDomainAnswer,
  reassignDomainBody,
  removeDomainAnswer,
  removeDomainBody,
} from '../../../../../src/shapes/config/domains.ts';
import { AdvertiserSelect } from '../../../components/advertiser-select.tsx';
import { ChangeDialog } from '../../../components/change-dialog.tsx';
import { counted } from '../../../lib/format.ts';
import { useChange } from '../../../lib/use-change.ts';
import { type AdvertiserKey, keyOf } from '../queries.ts';
import { instructionsQuery } from './instructions-query.ts';

interface DomainDialogProps {
  readonly advertiser: AdvertiserKey;
  readonly onClose: () => void;
}

type AddBody = z.input<typeof configureDomainBody>;
type Added = z.infer<typeof configureDomainAnswer>;

/** Gives a domain to the advertiser: the events of its hosts are the advertiser's from then on. */
export function AddDomain({ advertiser, onClose }: DomainDialogProps) {
  const [url, setUrl] = useState('');
  const [isPoi, setPoi] = useState(false);
  const [platform, setPlatform] = useState<string | null>(null);
  const { data } = useQuery(instructionsQuery(advertiser, undefined));
  const add = useChange<AddBody, Added>('configure-domain', { say: addedWords, onDone: onClose });
  const submit = (replace = false): void =>
    add.mutate({
      ...keyOf(advertiser),
      url: url.trim(),
      is_poi: isPoi,
      ...(platform === null ? {} : { platform_override: platform as AddBody['platform_override'] & string }),
      ...(replace ? { replace: true } : {}),
    });
  return (
    <ChangeDialog
      title="Add a domain"
      label="Add"
      isBusy={add.isPending}
      error={add.error}
      isIncomplete={url.trim() === ''}
      onSubmit={() => submit()}
      onTakeOver={() => submit(true)}
      onClose={onClose}
    >
      <TextInput
        label="Domain"
        description="A host or an address, such as shop.example.com. Only its host counts; a whole domain covers its hosts."
        placeholder="shop.example.com"
        inputMode="url"
        autoCapitalize="none"
        spellCheck={false}
        value={url}
        onChange={(event) => {
          setUrl(event.currentTarget.value);
          add.reset();
        }}
        required
        data-autofocus
      />
      <Switch
        label="It is a store locator"
        description="A page on which people look for a store near them."
        checked={isPoi}
        onChange={(event) => setPoi(event.currentTarget.checked)}
      />
      <Select
        label="Site platform"
        description="Left empty it is detected from the events."
        placeholder="Detected"
        clearable
        data={(data?.data.platforms ?? []).map(({ platform: value, name }) => ({ value, label: name }))}
        value={platform}
        onChange={setPlatform}
      />
    </ChangeDialog>
  );
}

function addedWords({ state, host, events_gained_7d: gained }: Added): string {
  if (state === 'unchanged') return `${host} was there already.`;
  const events = gained === null ? '' : `: ${counted(gained, 'event')} of the last 7 days now count`;
  return state === 'updated'
    ? `${host} is changed${events}.`
    : `${host} is ${state === 'replaced' ? 'taken over' : 'added'}${events}.`;
}

type RemoveBody = z.input<typeof removeDomainBody>;
type Removed = z.infer<typeof removeDomainAnswer>;

/** Takes a domain away. */
export function RemoveDomain({ advertiser, domain, onClose }: DomainDialogProps & { readonly domain: MappedUrl }) {
  const name = domain.host ?? domain.url;
  const remove = useChange<RemoveBody, Removed>('remove-domain', { say: () => `${name} is removed.`, onDone: onClose });
  return (
    <ChangeDialog
      title={`Remove ${name}?`}
      label="Remove"
      danger
      isBusy={remove.isPending}
      error={remove.error}
      onSubmit={() => remove.mutate({ ...keyOf(advertiser), url: domain.url })}
      onClose={onClose}
    >
      <Text size="sm">
        {domain.events_7d === null
          ? 'Its events no longer count for the advertiser.'
          : `The ${counted(domain.events_7d, 'event')} of the last 7 days that it brings no longer count for the advertiser.`}{' '}
        The tag on the site goes on reporting; the domain then stands among the unmapped ones.
      </Text>
    </ChangeDialog>
  );
}

type ReassignBody = z.input<typeof reassignDomainBody>;
type Reassigned = z.infer<typeof reassignDomainAnswer>;

/** Gives a domain to another advertiser of the agency. */
export function ReassignDomain({ advertiser, domain, onClose }: DomainDialogProps & { readonly domain: MappedUrl }) {
  const [to, setTo] = useState<string | null>(null);
  const [toName, setToName] = useState<string | null>(null);
  const name = domain.host ?? domain.url;
  const reassign = useChange<ReassignBody, Reassigned>('reassign-domain', {
    say: ({ host, to_advertiser_id: id }) => `${host} belongs to ${toName ?? id} now.`,
    onDone: onClose,
  });
  return (
    <ChangeDialog
      title={`Give ${name} to another advertiser`}
      label="Give it"
      isBusy={reassign.isPending}
      error={reassign.error}
      isIncomplete={to === null}
      onSubmit={() =>
        to !== null &&
        reassign.mutate({
          agency_id: advertiser.agencyId,
          url: domain.url,
          from_advertiser_id: advertiser.advertiserId,
          to_advertiser_id: to,
        })
      }
      onClose={onClose}
    >
      <AdvertiserSelect
        label="To"
        description="An advertiser of the same agency."
        agencyId={advertiser.agencyId}
        except={advertiser.advertiserId}
        value={to}
        onChange={(id, shown) => {
          setTo(id);
          setToName(shown);
        }}
        required
        data-autofocus
      />
      <Text size="sm" c="dimmed">
        Its events count for that advertiser from then on, those of the past too.
      </Text>
    </ChangeDialog>
  );
}
