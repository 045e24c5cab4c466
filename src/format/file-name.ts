import { type AquariusError, configError } from '../errors.ts';
import type { IdentifierType } from '../identity/identifier-type.ts';
import { didYouMean } from '../lib/did-you-mean.ts';
import type { FileContext, Layout } from './layout.ts';
import { typeWord } from './type-word.ts';

const FIELDS = [
  'agencyId',
  'advertiserId',
  'segmentId',
  'destination',
  'identifierType',
  'slot',
  'date',
  'runId',
  'part',
] as const;
type Field = (typeof FIELDS)[number];

const FIELD = /\{([^{}]*)\}/g;
const PART_DIGITS = 4;

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

/** Refuses a template with unknown fields, or one by which two files of a partner could get the same name: `config` error `file_name`. */
export function checkNameTemplate(layout: Layout): void {
  const fields = fieldsOf(layout.nameTemplate);
  if (!fields.has('runId')) {
    throw nameError(
      'The file name template lacks {runId}: a later file would overwrite an earlier one.',
      'Add {runId} to the template.',
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
  return fieldsOf(layout.nameTemplate).has('part');
}

/**
 * A file's name with its extensions. Whatever a field brings, letters, digits, `.`, `-` and `_` stay and the rest becomes `-`.
 * A name that partners refuse (too long, `.` or `_` first) is a `config` error `file_name`. `part` counts from 1.
 */
export function fileName(layout: Layout, context: FileContext, part: number, type?: IdentifierType): string {
  function fill(field: Field): string {
    switch (field) {
      case 'date':
        return context.plannedAt.toISOString().slice(0, 10);
      case 'part':
        return String(part).padStart(PART_DIGITS, '0');
      case 'identifierType':
        if (type === undefined) throw new Error(`Layout ${layout.name} names files by identifier type, and no type was given.`);
        return typeWord(layout.typeWords, type);
      default:
        return context[field];
    }
  }
  const stem = layout.nameTemplate.replaceAll(FIELD, (whole, name: string) => (isField(name) ? fill(name) : whole));
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
