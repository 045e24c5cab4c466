import { AquariusError } from '../../errors.ts';
import { unknownNameFields } from '../../format/file-name.ts';
import { didYouMean } from '../../lib/did-you-mean.ts';
import { type Expression, parseExpression } from './column-expression.ts';
import { COMPANION_FIELDS, CONTENT_FIELDS } from './companion-fields.ts';
import { partnerLayout } from './partner-layout.ts';
import type { Form } from './resolve.ts';

/** A rule between settings that is not kept. */
export interface FormProblem {
  readonly path: readonly string[];
  readonly message: string;
}

const LAYOUT_PATHS: Readonly<Record<string, string>> = {
  file_name: 'nameTemplate',
  file_limits: 'minRows',
  needs_quotes: 'quoting',
};

/** Every way in which a form could not make files. */
export function formProblems(form: Form, allowIp: boolean): FormProblem[] {
  const problems = [...columnProblems(form, allowIp), ...companionProblems(form)];
  for (const name of unknownNameFields(form.nameTemplate)) {
    if (!Object.hasOwn(form.fields, name)) problems.push(fieldMissing('nameTemplate', name, Object.keys(form.fields)));
  }
  if (form.expiryDays !== undefined && form.expiryDays > form.maxExpiryDays)
    problems.push({ path: ['expiryDays'], message: 'expiryDays is larger than maxExpiryDays' });
  return problems.length > 0 ? problems : layoutProblems(form);
}

function columnProblems(form: Form, allowIp: boolean): FormProblem[] {
  const problems: FormProblem[] = [];
  const wrong = (path: string, message: string) => problems.push({ path: [path], message });
  const values = form.columns
    .map(({ value }) => parseExpression(value))
    .filter((value): value is Expression => !('problem' in value));
  const sent = form.identifiers.filter((type) => type !== 'IP' || allowIp);
  if (sent.length === 0) wrong('allowIp', 'IP is the only identifier, and needs allowIp: true');
  const homeless = sent.filter(
    (type) => !values.some((value) => value.kind === 'identifier' && (value.only === undefined || value.only.includes(type))),
  );
  if (homeless.length > 0)
    wrong('columns', `No column holds ${homeless.join(', ')}: add an identifier column, or leave them out of identifiers`);
  const headers = form.columns.map(({ header }) => header.toUpperCase());
  if (new Set(headers).size < headers.length) wrong('columns', 'Two columns have the same header');
  if (form.filePer === 'segment' && headers.some((header) => header.includes('{IDENTIFIERTYPE}')))
    wrong('columns', 'A header with {identifierType} needs filePer: identifierType');
  if (form.expiryDays === undefined && values.some(({ kind }) => kind === 'expiresAt'))
    wrong('expiryDays', 'a column expiresAt needs expiryDays');
  for (const value of values) {
    if (value.kind === 'field' && !Object.hasOwn(form.fields, value.name))
      problems.push(fieldMissing('columns', value.name, Object.keys(form.fields)));
  }
  return problems;
}

/** Names of companions must be new for each set, as those of data files are. */
function companionProblems({ manifest, done, fields }: Form): FormProblem[] {
  const problems: FormProblem[] = [];
  const own = Object.keys(fields);
  for (const [path, companion] of [['manifest', manifest] as const, ['done', done] as const]) {
    if (companion === undefined || companion.per === 'none') continue;
    const { name } = companion;
    if (name === undefined) continue;
    for (const field of fieldsIn(name)) {
      if (!COMPANION_FIELDS.includes(field) && !own.includes(field))
        problems.push(fieldMissing(`${path}.name`, field, [...COMPANION_FIELDS, ...own]));
    }
    const keys = companion.per === 'set' ? ['file', 'stem', 'setId'] : ['file', 'stem'];
    if (!fieldsIn(name).some((field) => keys.includes(field)))
      problems.push({ path: [path, 'name'], message: `needs {${keys.join('} or {')}}, or a later one would have the same name` });
  }
  for (const field of fieldsIn(done?.content ?? '')) {
    if (!CONTENT_FIELDS.includes(field) && !own.includes(field))
      problems.push(fieldMissing('done.content', field, [...CONTENT_FIELDS, ...own]));
  }
  return problems;
}

const fieldsIn = (template: string): string[] => [...template.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);

function fieldMissing(path: string, name: string, known: readonly string[]): FormProblem {
  const hint = known.length === 0 ? undefined : didYouMean(name, known);
  return {
    path: path.split('.'),
    message: `{${name}} is no field: add it to fields${hint === undefined ? '' : `. ${hint.replace(/\.$/, '')}`}`,
  };
}

function layoutProblems(form: Form): FormProblem[] {
  try {
    partnerLayout(form);
    return [];
  } catch (error) {
    if (!(error instanceof AquariusError)) throw error;
    const message = error.hint === undefined ? error.message : `${error.message} ${error.hint}`;
    return [{ path: [LAYOUT_PATHS[error.code] ?? 'columns'], message }];
  }
}
