import { Button, Drawer, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { AdvertiserConfigRow } from '../../../../../src/shapes/config/advertiser-config.ts';
import type { ConfigFieldRow } from '../../../../../src/shapes/config/config-fields.ts';
import { DiscardDialog } from '../../../components/discard-dialog.tsx';
import { ErrorState } from '../../../components/error-state.tsx';
import { TableSkeleton } from '../../../components/table-skeleton.tsx';
import { type AdvertiserKey, configFieldsQuery } from '../queries.ts';
import { type Changes, type Param, paramsOf, sameValue, valueIn } from './changes.ts';
import { FieldInput } from './field-input.tsx';
import { Review } from './review.tsx';

interface EditConfigProps {
  readonly advertiser: AdvertiserKey;
  readonly config: AdvertiserConfigRow;
  readonly onClose: () => void;
}

/** The editor of a configuration, but for its delivery, which has one of its own. */
export function EditConfig({ advertiser, config, onClose }: EditConfigProps) {
  // What it was opened with: what comes meanwhile does not change it under the hands of who types.
  const [before, setBefore] = useState(config);
  const [changes, setChanges] = useState<Changes>({});
  const [isReviewing, setReviewing] = useState(false);
  const [isLeaving, setLeaving] = useState(false);
  const { data, error, refetch } = useQuery(configFieldsQuery);
  const fields = (data?.rows ?? []).filter(isEdited);
  const isDirty = paramsOf(changes).length > 0;
  const set = (param: Param, value: unknown): void => {
    const { [param]: _, ...others } = changes;
    setChanges(sameValue(value, valueIn(before, param)) ? others : { ...others, [param]: value });
  };
  const close = (): void => (isDirty ? setLeaving(true) : onClose());
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setReviewing(true);
  };
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size="lg"
      title={isReviewing ? 'What will change' : 'Edit the configuration'}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {isReviewing ? (
        <Review
          advertiser={advertiser}
          before={before}
          changes={changes}
          params={fields.map(({ FIELD: field }) => field as Param)}
          onBack={() => setReviewing(false)}
          onRebase={(now, left) => {
            setBefore(now);
            setChanges(left);
            if (paramsOf(left).length === 0) setReviewing(false);
          }}
          onSaved={onClose}
        />
      ) : (
        <form onSubmit={submit}>
          <Stack gap="lg">
            <Text size="sm" c="dimmed">
              What is delivered where, and when, is set on the tab Delivery.
            </Text>
            {data === undefined &&
              (error === null ? <TableSkeleton columns={1} /> : <ErrorState error={error} onRetry={refetch} />)}
            {fields.map((field) => {
              const param = field.FIELD as Param;
              const value = param in changes ? changes[param] : valueIn(before, param);
              return (
                <FieldInput
                  key={param}
                  field={field}
                  value={value ?? null}
                  error={undefined}
                  onChange={(changed) => set(param, changed)}
                />
              );
            })}
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={close}>
                Leave it
              </Button>
              <Button type="submit" disabled={!isDirty}>
                Review changes
              </Button>
            </Group>
          </Stack>
        </form>
      )}
      {isLeaving && <DiscardDialog onStay={() => setLeaving(false)} onDiscard={onClose} />}
    </Drawer>
  );
}

function isEdited({ FIELD: field }: ConfigFieldRow): boolean {
  return !field.startsWith('delivery_');
}
