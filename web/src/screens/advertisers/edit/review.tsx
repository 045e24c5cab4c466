import { Button, Group, Skeleton, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { AdvertiserConfigRow } from '../../../../../src/shapes/config/advertiser-config.ts';
import type { UpdatedConfig } from '../../../../../src/shapes/config/advertiser-writes.ts';
import { isApiError } from '../../../api/api-error.ts';
import { change } from '../../../api/config.ts';
import { ErrorNote } from '../../../components/error-note.tsx';
import { refreshConfig, showDone } from '../../../components/undo-notice.tsx';
import { Warnings } from '../../../components/warnings.tsx';
import { type AdvertiserKey, configFieldsQuery, keyOf } from '../queries.ts';
import { ChangeTable } from './change-table.tsx';
import type { Changes, Param } from './changes.ts';
import { ClashForm } from './clash-form.tsx';
import { readConfig } from './config-query.ts';
import { mergeOf, withoutTaken } from './merge.ts';

interface ReviewProps {
  readonly advertiser: AdvertiserKey;
  /** The configuration that the editor was opened with. */
  readonly before: AdvertiserConfigRow;
  readonly changes: Changes;
  /** All that the editor shows. */
  readonly params: readonly Param[];
  readonly onBack: () => void;
  /** Told when others have changed something: the editor goes on from what is there now, with what is left of its changes. */
  readonly onRebase: (now: AdvertiserConfigRow, changes: Changes) => void;
  readonly onSaved: (now: AdvertiserConfigRow) => void;
}

const LONGEST_REASON = 500;

/**
 * Shows what a save would change before it changes it. When somebody else has saved meanwhile their values are shown beside these, and
 * nothing is overwritten that nobody has seen.
 */
export function Review({ advertiser, before, changes, params, onBack, onRebase, onSaved }: ReviewProps) {
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const fields = useQuery(configFieldsQuery);
  const labelOf = (param: Param): string => fields.data?.rows.find(({ FIELD: field }) => field === param)?.LABEL ?? param;
  const body = { ...keyOf(advertiser), ...changes, expected_version: before.CONFIG_VERSION };
  const trial = useQuery({
    queryKey: ['trial', advertiser, body],
    queryFn: ({ signal }) => change<UpdatedConfig>('update-config', { ...body, dry_run: true }, { signal }),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const save = useMutation({
    mutationFn: () =>
      change<UpdatedConfig>('update-config', { ...body, ...(reason.trim() === '' ? {} : { reason: reason.trim() }) }),
    onSuccess: async ({ data, warnings }) => {
      showDone({ client, message: 'Saved.', agencyId: advertiser.agencyId, auditId: data.audit_id, warnings });
      onSaved(data.config);
      await refreshConfig(client);
    },
  });
  const isStale = [trial.error, save.error].some((error) => isApiError(error) && error.code === 'config_version_stale');
  if (isStale)
    return (
      <Clashes
        advertiser={advertiser}
        before={before}
        changes={changes}
        params={params}
        labelOf={labelOf}
        onBack={onBack}
        onRebase={onRebase}
      />
    );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  const updated = trial.data?.data;
  const changesNothing = updated?.fields_updated.length === 0;
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {trial.isPending && <Skeleton height={120} />}
        <ErrorNote error={trial.error} />
        <Warnings of={trial.data?.warnings} />
        {updated !== undefined && !changesNothing && <ChangeTable updated={updated} labelOf={labelOf} />}
        {changesNothing && <Text size="sm">Everything is like that already.</Text>}
        {updated !== undefined && !changesNothing && (
          <Textarea
            label="Why"
            description="It is kept in the history, if you like to say it."
            maxLength={LONGEST_REASON}
            autosize
            minRows={2}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
        <ErrorNote error={save.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onBack} disabled={save.isPending}>
            Back
          </Button>
          <Button type="submit" loading={save.isPending} disabled={updated === undefined || changesNothing}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface ClashesProps extends Omit<ReviewProps, 'onSaved'> {
  readonly labelOf: (param: Param) => string;
}

function Clashes({ advertiser, before, changes, params, labelOf, onBack, onRebase }: ClashesProps) {
  const { data: now, error } = useQuery({
    queryKey: ['config', 'advertiser-config', advertiser, 'now'],
    queryFn: () => readConfig(advertiser),
    staleTime: 0,
    gcTime: 0,
  });
  if (now === undefined) {
    return error === null ? (
      <Skeleton height={160} />
    ) : (
      <Stack gap="md">
        <ErrorNote error={error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onBack}>
            Back
          </Button>
        </Group>
      </Stack>
    );
  }
  return (
    <ClashForm
      merge={mergeOf(before, now, changes, params)}
      labelOf={labelOf}
      onBack={onBack}
      onSettled={(taken) => onRebase(now, withoutTaken(changes, taken))}
    />
  );
}
