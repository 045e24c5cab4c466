import { checkLayout } from '../../format/check-layout.ts';
import type { ColumnValue, Layout } from '../../format/layout.ts';
import { parseExpression } from './column-expression.ts';
import type { Form } from './resolve.ts';

const DELIMITERS = { comma: ',', tab: '\t', pipe: '|', semicolon: ';' } as const;
/** No partner that publishes limits takes more. */
const MAX_ROW_CHARACTERS = 10_000;
const MAX_NAME_CHARACTERS = 250;

/** The form as a layout. The form has passed `formProblems`; names, words and limits that cannot work are `config` errors. */
export function partnerLayout(form: Form, pgpPublicKey?: string): Layout {
  const { minRows, maxRows, maxBytes, nameTemplate, fields } = form;
  return checkLayout({
    name: 'partner-file',
    columns: form.columns.map(({ header, value }) => ({ header, value: columnValue(value, form) })),
    delimiter: DELIMITERS[form.delimiter],
    quoting: form.quoting,
    lineEnd: form.lineEnd,
    header: form.header,
    idCase: form.idCase,
    typeWords: form.typeWords,
    filePer: form.filePer,
    extension: form.extension,
    compression: form.compression,
    ...(pgpPublicKey === undefined ? {} : { pgpPublicKey }),
    finalNewline: form.finalNewline,
    nameTemplate: fillFields(nameTemplate, fields),
    limits: {
      minRows,
      maxRows: maxRows ?? Number.POSITIVE_INFINITY,
      maxBytes: maxBytes ?? Number.POSITIVE_INFINITY,
      maxRowCharacters: MAX_ROW_CHARACTERS,
      maxNameCharacters: MAX_NAME_CHARACTERS,
    },
  });
}

/** Puts words where a template has them as `{name}`; other fields stay as they are. */
export function fillFields(template: string, words: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{([^{}]*)\}/g, (whole, name: string) =>
    Object.hasOwn(words, name) ? (words[name] ?? whole) : whole,
  );
}

function columnValue(text: string, { typeWords, actionWords, expiryDays, fields }: Form): ColumnValue {
  const expression = parseExpression(text);
  if ('problem' in expression) throw new Error(`A column ${expression.problem}, and was not refused before.`);
  switch (expression.kind) {
    case 'type':
      return { kind: 'identifierType', words: typeWords };
    case 'action':
      return { kind: 'action', words: actionWords };
    case 'expiresAt':
      if (expiryDays === undefined) throw new Error('A column expiresAt has no expiryDays, and was not refused before.');
      return { ...expression, kind: 'expiresAt', days: expiryDays };
    case 'lastSeen':
      return { ...expression, kind: 'lastSeen' };
    case 'field':
      return { kind: 'constant', text: fields[expression.name] ?? '' };
    case 'segmentId':
    case 'segmentName':
      return { kind: expression.kind };
    default:
      return expression;
  }
}
