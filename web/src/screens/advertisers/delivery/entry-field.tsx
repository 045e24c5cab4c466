import { Checkbox, Group, NumberInput, Select, Switch, TagsInput, TextInput } from '@mantine/core';
import { entryLabel } from '../edit/entry-diff.ts';
import type { EntrySchemaField } from './entry-schema.ts';
import { choiceWords } from './entry-words.ts';
import { LookbackOverride } from './lookback-override.tsx';

/** What a field means stands below it, so that fields beside each other are level. */
const BELOW = ['label', 'input', 'description', 'error'] as const;

interface EntryFieldProps {
  readonly field: EntrySchemaField;
  readonly value: unknown;
  /** Undefined leaves it to what holds otherwise. */
  readonly onChange: (value: unknown) => void;
}

/** A field of an entry. Left empty, what the destination or the advertiser says holds. */
export function EntryField({ field, value, onChange }: EntryFieldProps) {
  const { name, meaning, kind, words, otherwise, least, most } = field;
  const label = entryLabel(name);
  const shared = { label, description: meaning, inputWrapperOrder: [...BELOW] };
  switch (kind) {
    case 'choice':
      return (
        <Select
          {...shared}
          data={words.map((word) => ({ value: word, label: choiceWords(word) }))}
          value={String(value ?? otherwise ?? '')}
          allowDeselect={false}
          onChange={onChange}
        />
      );
    case 'flag':
      return (
        <Switch
          label={label}
          description={meaning}
          checked={(value ?? otherwise) === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case 'number':
      return (
        <NumberInput
          {...shared}
          min={least}
          max={most}
          clampBehavior="none"
          allowDecimal={false}
          error={numberError(value, least, most)}
          value={typeof value === 'number' ? value : ''}
          onChange={(number) => onChange(number === '' ? undefined : Number(number))}
        />
      );
    case 'days-or-never':
      return (
        <LookbackOverride
          label={label}
          meaning={meaning}
          most={most ?? 365}
          value={value as number | null | undefined}
          onChange={onChange}
        />
      );
    case 'types':
      return <Types label={label} meaning={meaning} words={words} value={value} onChange={onChange} />;
    case 'texts':
      return (
        <TagsInput
          {...shared}
          value={Array.isArray(value) ? value.map(String) : []}
          onChange={(texts) => onChange(texts.length === 0 ? undefined : texts)}
          placeholder="Type one, then Enter"
        />
      );
    case 'text':
      return (
        <TextInput
          {...shared}
          inputMode={name === 'priceCpm' ? 'decimal' : 'text'}
          value={value === undefined || value === null ? '' : String(value)}
          onChange={(event) => onChange(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
        />
      );
  }
}

function numberError(value: unknown, least: number | undefined, most: number | undefined): string | undefined {
  if (typeof value !== 'number') return undefined;
  if (least !== undefined && value < least) return `Not below ${least}.`;
  return most !== undefined && value > most ? `Not above ${most}.` : undefined;
}

interface TypesProps {
  readonly label: string;
  readonly meaning: string;
  /** What the destination accepts. */
  readonly words: readonly string[];
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

/** Identifier types that the destination accepts; all of them where none is named. */
function Types({ label, meaning, words, value, onChange }: TypesProps) {
  const chosen = Array.isArray(value) ? value.map(String) : [...words];
  const unusable = chosen.filter((type) => !words.includes(type));
  return (
    <Checkbox.Group
      label={label}
      description={meaning}
      inputWrapperOrder={[...BELOW]}
      error={
        unusable.length > 0 ? `It does not take ${unusable.join(', ')}.` : chosen.length === 0 ? 'Choose one or more.' : undefined
      }
      value={chosen}
      onChange={(types) => onChange(words.every((word) => types.includes(word)) ? undefined : types)}
    >
      <Group gap="sm" my={6}>
        {[...words, ...unusable].map((word) => (
          <Checkbox key={word} value={word} label={word} />
        ))}
      </Group>
    </Checkbox.Group>
  );
}
