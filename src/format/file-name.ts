import { type AquariusError, configError } from '../errors.ts';
import type { IdentifierType } from '../identity/identifier-type.ts';
import { didYouMean } from '../lib/did-you-mean.ts';
import type { FileAction, FileContext, Layout } from './layout.ts';
import { timeText } from './time-text.ts';
import { typeWord } from './type-word.ts';

const FIELDS = [
  'agencyId',
  'advertiserId',
  'segmentId',
  'destination',
  'identifierType',
  'slot',
  'date',
  'date:compact',
  'timestamp',
  'timestamp:iso',
  'timestamp:unix',
  'runId',
  'part',
  'md5',
  'sha256',
] as const;
type Field = (typeof FIELDS)[number];

const FIELD = /\{([^{}]*)\}/g;
const NO_CHECKSUMS: Checksums = { md5: '0'.repeat(32), sha256: '0'.repeat(64) };
const PART_DIGITS = 4;
const ACTION_WORDS: Record<FileAction, string> = { remove: 'remove', optOut: 'opt-out' };

function nameError(message: string, hint: string | undefined): AquariusError {
  return configError('file_name', message, hint === undefined ? {} : { hint });
}

const isField = (name: string): name is Field => (FIELDS as readonly string[]).includes(name);

function fieldsOf(template: string): Set<Field> {
  const fields = new Set<Field>();
  for (const [, name = ''] of template.matchAll(FIELD)) {
    if (!isField(name)) throw nameError(`The file name template has an unknown field {${name}}.`, didYouMean(name, FIELDS));
    fields.add(name);
  }
  if (/[{}]/.test(template.replaceAll(FIELD, ''))) {
    throw nameError(
      'The file name template has a brace without its partner.',
      'Write fields as {runId}; leave other braces out.',
    );
  }
  return fields;
}

/** Checksums of a file's content before compression, in lower-case hexadecimal. */
export type Checksums = Readonly<Record<'md5' | 'sha256', string>>;

/** The checksums that a file's name has in it. Such a file is named when it has been written. */
export function checksumsInName(layout: Layout): readonly (keyof Checksums)[] {
  const fields = fieldsOf(layout.nameTemplate);
  return (['md5', 'sha256'] as const).filter((checksum) => fields.has(checksum));
}

/** The fields of a template that no file name has, which a destination may fill by itself. */
export function unknownNameFields(template: string): readonly string[] {
  return [...template.matchAll(FIELD)].map(([, name = '']) => name).filter((name) => !isField(name));
}

/** Whether no two files of other runs or content can get the same name. */
function isUnique(fields: ReadonlySet<Field>): boolean {
  const hasTime = fields.has('timestamp') || fields.has('timestamp:iso') || fields.has('timestamp:unix');
  return fields.has('runId') || (hasTime && (fields.has('md5') || fields.has('sha256')));
}

/** Refuses a template with unknown fields, or one by which two files of a partner could get the same name: `config` error `file_name`. */
export function checkNameTemplate(layout: Layout): void {
  const fields = fieldsOf(layout.nameTemplate);
  if (!isUnique(fields)) {
    throw nameError(
      'The file name template lacks {runId}: a later file would overwrite an earlier one.',
      'Add {runId} to the template, or {timestamp} together with {md5} or {sha256}.',
    );
  }
  const perType = layout.filePer === 'identifierType';
  if (perType && !fields.has('identifierType')) {
    throw nameError(
      'The file name template lacks {identifierType}, and there is a file for each type.',
      'Add {identifierType} to the template.',
    );
  }
  if (!perType && fields.has('identifierType')) {
    throw nameError(
      'The file name template has {identifierType}, but a file holds all types.',
      'Remove {identifierType} from the template.',
    );
  }
}

/** Whether the layout can name more than one file of a type. */
export function canNameParts(layout: Layout): boolean {
  return fieldsOf(layout.nameTemplate).has('part') || checksumsInName(layout).length > 0;
}

/**
 * A file's name with its extensions. Whatever a field brings, letters, digits, `.`, `-` and `_` stay and the rest becomes `-`.
 * A name that partners refuse (too long, `.` or `_` first) is a `config` error `file_name`. `part` counts from 1. Without `checksums`
 * zeros stand for them, which gives a name of the same length.
 */
export function fileName(
  layout: Layout,
  context: FileContext,
  part: number,
  type?: IdentifierType,
  checksums: Checksums = NO_CHECKSUMS,
): string {
  const planned = timeText(context.plannedAt, 'iso-seconds');
  function fill(field: Field): string {
    switch (field) {
      case 'date':
        return planned.slice(0, 10);
      case 'date:compact':
        return planned.slice(0, 10).replaceAll('-', '');
      case 'timestamp':
        return planned.replaceAll(/\D/g, '');
      case 'timestamp:iso':
        return planned;
      case 'timestamp:unix':
        return timeText(context.plannedAt, 'unix-seconds');
      case 'md5':
      case 'sha256':
        return checksums[field];
      case 'part':
        return String(part).padStart(PART_DIGITS, '0');
      case 'identifierType':
        if (type === undefined) throw new Error(`Layout ${layout.name} names files by identifier type, and no type was given.`);
        return typeWord(layout.typeWords, type);
      default:
        return context[field];
    }
  }
  const named = layout.nameTemplate.replaceAll(FIELD, (whole, name: string) => (isField(name) ? fill(name) : whole));
  // Parts are counted within an action.
  const stem = context.action === undefined ? named : `${named}_${ACTION_WORDS[context.action]}`;
  const gzip = layout.compression === 'gzip' ? '.gz' : '';
  const pgp = layout.pgpPublicKey === undefined ? '' : '.gpg';
  const name = `${stem.replaceAll(/[^A-Za-z0-9._-]/gu, '-')}${layout.extension}${gzip}${pgp}`;
  if (/^[._]/.test(name)) {
    throw nameError(
      `The file name "${name}" begins with "${name.charAt(0)}".`,
      'Begin the template with a word or another field.',
    );
  }
  if (name.length > layout.limits.maxNameCharacters) {
    throw nameError(
      `The file name "${name}" has ${name.length} characters; ${layout.limits.maxNameCharacters} are allowed.`,
      'Shorten the template or the segment id.',
    );
  }
  return name;
}
