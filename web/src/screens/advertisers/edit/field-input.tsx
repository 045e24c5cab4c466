import { MultiSelect, NumberInput, Select, Switch, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { DspPlatformRow } from '../../../../../src/shapes/config/campaigns.ts';
import type { ConfigFieldRow } from '../../../../../src/shapes/config/config-fields.ts';
import type { ReportTypeRow } from '../../../../../src/shapes/config/lists.ts';
import { listOf } from '../../../api/config.ts';
import { SELDOM_MS } from '../../../api/config-queries.ts';

interface FieldInputProps {
  readonly field: ConfigFieldRow;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly error: string | undefined;
}

/** A field of the configuration, with what it does below its name. */
export function FieldInput({ field, value, onChange, error }: FieldInputProps) {
  const shared = {
    label: field.LABEL,
    description: <Explained field={field} value={value} />,
    error,
    disabled: !field.PRESENT,
    inputWrapperOrder: ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[],
  };
  switch (field.KIND) {
    case 'choice':
      return (
        <Select
          {...shared}
          data={(field.VALUES ?? []).map(({ value: word }) => word)}
          value={value === null ? null : String(value)}
          allowDeselect={false}
          onChange={onChange}
          renderOption={({ option }) => (
            <Option word={option.value} meaning={field.VALUES?.find((known) => known.value === option.value)?.meaning} />
          )}
        />
      );
    case 'flag':
      return (
        <Switch
          label={field.LABEL}
          description={<Explained field={field} value={value} />}
          error={error}
          disabled={!field.PRESENT || field.DERIVED}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case 'number':
      return (
        <NumberInput
          {...shared}
          min={field.MINIMUM ?? undefined}
          max={field.MAXIMUM ?? undefined}
          clampBehavior="none"
          allowDecimal={false}
          allowNegative={false}
          value={value === null ? '' : Number(value)}
          onChange={(number) => onChange(number === '' ? null : Number(number))}
        />
      );
    case 'list':
      return <ListInput shared={shared} field={field} value={value} onChange={onChange} />;
    default:
      return (
        <TextInput
          {...shared}
          maxLength={field.MAXIMUM ?? undefined}
          value={value === null ? '' : String(value)}
          onChange={(event) => onChange(event.currentTarget.value === '' ? null : event.currentTarget.value)}
        />
      );
  }
}

/** What the field does, what the chosen word does, and whether it has any effect. */
function Explained({ field, value }: { readonly field: ConfigFieldRow; readonly value: unknown }) {
  const meaning = field.VALUES?.find((known) => known.value === value)?.meaning;
  const isEmpty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
  return (
    <>
      {field.MEANING}
      {meaning !== undefined && meaning !== field.MEANING && ` ${meaning}`}
      {isEmpty &&
        field.NULL_MEANS !== null &&
        ` Left empty: ${field.NULL_MEANS.charAt(0).toLowerCase()}${field.NULL_MEANS.slice(1)}`}
      {field.DERIVED && ' Follows from what is assigned.'}
      {field.INFORMATIONAL !== null && (
        <Text span inherit fs="italic">
          {' '}
          Informational. {field.INFORMATIONAL}
        </Text>
      )}
      {!field.PRESENT && ' The table of this warehouse has no such column.'}
    </>
  );
}

function Option({ word, meaning }: { readonly word: string; readonly meaning: string | undefined }) {
  return (
    <div>
      <Text size="sm">{word}</Text>
      {meaning !== undefined && (
        <Text size="xs" c="dimmed">
          {meaning}
        </Text>
      )}
    </div>
  );
}

interface ListInputProps {
  readonly shared: {
    readonly label: string;
    readonly description: ReactNode;
    readonly error: string | undefined;
    readonly disabled: boolean;
  };
  readonly field: ConfigFieldRow;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

/** Ids from a list of the server. */
function ListInput({ shared, field, value, onChange }: ListInputProps) {
  const name = (field.LIST ?? '').replace('/api/config/', '');
  const { data, isError } = useQuery({
    queryKey: ['config', name],
    queryFn: ({ signal }) => listOf<DspPlatformRow | ReportTypeRow>(name, { signal }),
    enabled: name !== '',
    staleTime: SELDOM_MS,
  });
  const chosen = Array.isArray(value) ? value.map(String) : [];
  const options = (data?.rows ?? []).map((row) =>
    'PLATFORM_TYPE_ID' in row
      ? { value: row.PLATFORM_TYPE_ID, label: `${row.PLATFORM_NAME} (${row.PLATFORM_TYPE_ID})` }
      : {
          value: row.REPORT_TYPE_ID,
          label: `${row.DISPLAY_NAME ?? row.REPORT_TYPE_CODE ?? 'Report type'} (${row.REPORT_TYPE_ID})`,
        },
  );
  const unknown = chosen.filter((id) => !options.some((option) => option.value === id)).map((id) => ({ value: id, label: id }));
  return (
    <MultiSelect
      {...shared}
      data={[...options, ...unknown]}
      value={chosen}
      onChange={onChange}
      searchable
      clearable
      nothingFoundMessage={isError ? 'The list could not be loaded.' : 'Nothing is called so'}
    />
  );
}
