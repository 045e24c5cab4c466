import { Alert, Anchor, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { z } from 'zod';
import type { createAdvertiserBody, createdAdvertiser } from '../../../../../src/shapes/config/advertiser-writes.ts';
import { isApiError } from '../../../api/api-error.ts';
import { change } from '../../../api/config.ts';
import { advertiserSearchQuery } from '../../../api/config-queries.ts';
import { useMe } from '../../../auth/use-me.ts';
import { AgencySelect } from '../../../components/agency-select.tsx';
import { ErrorNote } from '../../../components/error-note.tsx';
import { refreshConfig, showDone } from '../../../components/undo-notice.tsx';

type Body = z.input<typeof createAdvertiserBody>;
type Created = z.infer<typeof createdAdvertiser>;

interface CreateAdvertiserProps {
  /** The agency that is chosen on the page. */
  readonly agencyId: string | undefined;
  readonly onClose: () => void;
}

/** Makes an advertiser, says how its impressions will be found, and leads to it. */
export function CreateAdvertiser({ agencyId, onClose }: CreateAdvertiserProps) {
  const { agencies } = useMe();
  const [agency, setAgency] = useState<string | null>(
    agencyId ?? (agencies !== 'all' && agencies.length === 1 ? (agencies[0] ?? null) : null),
  );
  const [name, setName] = useState('');
  const client = useQueryClient();
  const navigate = useNavigate();
  const open = (advertiserId: string): void => {
    onClose();
    void navigate({ to: '/advertisers/$agencyId/$advertiserId', params: { agencyId: agency ?? '', advertiserId } });
  };
  const create = useMutation({
    mutationFn: (body: Body) => change<Created>('create-advertiser', body),
    onSuccess: async ({ data, warnings }, body) => {
      const { advertiser_id: advertiserId, strategy_reason: reason, audit_id: auditId } = data;
      showDone({
        client,
        message: `${body.advertiser_name} is advertiser ${advertiserId}. ${reason}`,
        agencyId: body.agency_id,
        auditId,
        warnings,
      });
      await refreshConfig(client);
      open(advertiserId);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (agency !== null) create.mutate({ agency_id: agency, advertiser_name: name.trim() });
  };
  const taken = isApiError(create.error) && create.error.code === 'advertiser_exists' ? create.error : null;
  return (
    <Modal opened onClose={onClose} title="New advertiser" centered closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <AgencySelect
            label="Agency"
            description="It stays with this agency."
            value={agency}
            onChange={(value) => {
              setAgency(value);
              create.reset();
            }}
            required
            {...(agency === null ? { 'data-autofocus': true } : {})}
          />
          <TextInput
            label="Name"
            description="As people call it; it can be changed later."
            maxLength={200}
            value={name}
            onChange={(event) => {
              setName(event.currentTarget.value);
              create.reset();
            }}
            required
            {...(agency === null ? {} : { 'data-autofocus': true })}
          />
          <Text size="sm" c="dimmed">
            It begins active, with delivery off. Its impressions are found as those of the agency's other advertisers when these
            agree, else by campaign mappings; you are told which.
          </Text>
          {taken !== null && agency !== null ? (
            <Existing agencyId={agency} name={name} error={taken} onOpen={open} />
          ) : (
            <ErrorNote error={create.error} />
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose} disabled={create.isPending}>
              Leave it
            </Button>
            <Button type="submit" loading={create.isPending} disabled={agency === null || name.trim() === ''}>
              Create
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

interface ExistingProps {
  readonly agencyId: string;
  readonly name: string;
  readonly error: Error;
  readonly onOpen: (advertiserId: string) => void;
}

/** The name is taken: leads to who has it. */
function Existing({ agencyId, name, error, onOpen }: ExistingProps) {
  const { data } = useQuery(advertiserSearchQuery(name.trim(), agencyId, 5));
  const wanted = name.trim().toLowerCase();
  const holder = data?.rows.find(({ ADVERTISER_NAME: shown, RAW_NAME: raw }) =>
    [shown, raw].some((text) => text?.toLowerCase() === wanted),
  );
  return (
    <Alert role="alert" color="yellow" variant="outline" title={error.message}>
      {holder === undefined ? (
        'Choose another name.'
      ) : (
        <Anchor component="button" type="button" size="sm" onClick={() => onOpen(holder.ADVERTISER_ID)}>
          Open {holder.ADVERTISER_NAME ?? holder.ADVERTISER_ID}
        </Anchor>
      )}
    </Alert>
  );
}
