import { z } from 'zod';
import { IDENTIFIER_TYPES } from '../../identity/identifier-type.ts';
import { parseExpression } from './column-expression.ts';

/** What a partner's files look like: the settings that a preset may fill in, and that the user's own go before. */

const expression = z.string().check(({ value, issues }) => {
  const parsed = parseExpression(value);
  if ('problem' in parsed) issues.push({ code: 'custom', input: value, message: parsed.problem });
});

const letterCase = z.enum(['upper', 'lower']).optional();
const word = z.string().min(1);

const per = z
  .enum(['none', 'file', 'set'])
  .describe("'file': one for each data file; 'set': one for all files of a run; 'none'.");

export const formFields = {
  columns: z
    .array(
      z.strictObject({
        header: word.describe('Header of the column.'),
        value: expression.describe(
          'What it holds: identifier, identifier:upper, identifier:lower, identifier:compact (without hyphens), identifier[IP] (one type, else empty), sha256(identifier:lower) (or md5, sha1), type, segmentId, segmentName, action, lastSeen:iso, lastSeen:unix, expiresAt:iso, expiresAt:unix, agencyId, advertiserId, destination, slot, runId, constant:TEXT, field:NAME.',
        ),
      }),
    )
    .min(1)
    .optional()
    .describe('Columns of the file, in their order. Needed where no preset has them.'),
  delimiter: z.enum(['comma', 'tab', 'pipe', 'semicolon']).optional().describe("What stands between values. By default 'comma'."),
  quoting: z
    .enum(['minimal', 'all', 'none'])
    .optional()
    .describe("Which values are quoted: by default 'minimal', those with a delimiter or a quote. 'none' refuses such values."),
  lineEnd: z.enum(['lf', 'crlf']).optional().describe("How lines end. By default 'lf'."),
  finalNewline: z.boolean().optional().describe('A line end after the last row. By default true.'),
  header: z.boolean().optional().describe('A header line. By default true.'),
  extension: z
    .string()
    .regex(/^(\.[A-Za-z0-9]+)+$/, 'must have its dot, as in .psv')
    .optional()
    .describe("With its dot. By default '.csv', '.tsv' or '.psv', as the delimiter is."),
  compression: z.enum(['none', 'gzip']).optional().describe("Compress files. By default 'none'."),
  filePer: z
    .enum(['segment', 'identifierType'])
    .optional()
    .describe("A file for all identifiers of a segment, or one for each type. By default 'segment'."),
  nameTemplate: word
    .optional()
    .describe(
      'File name without extension, of {agencyId} {advertiserId} {segmentId} {destination} {identifierType} {slot} {date} {date:compact} {timestamp} {timestamp:iso} {timestamp:unix} {runId} {part} {md5} {sha256} (of the content before compression), and of your own fields. {runId} must be in it, or a timestamp with a checksum.',
    ),
  fields: z
    .record(z.string().regex(/^[A-Za-z][A-Za-z0-9]*$/, 'must be a name of letters and digits'), z.string())
    .optional()
    .describe('Words of your own, for field:NAME in columns and {NAME} in names, such as an account id at the partner.'),
  typeWords: z
    .partialRecord(z.enum(IDENTIFIER_TYPES), word)
    .optional()
    .describe("The partner's words for identifier types. By default their own names."),
  actionWords: z
    .strictObject({
      add: word.optional().describe("By default 'ADD'."),
      remove: word.optional().describe("By default 'REMOVE'."),
    })
    .optional()
    .describe("The partner's words in the column action."),
  idCase: z
    .strictObject({
      IDFA: letterCase.describe("By default 'lower'."),
      GAID: letterCase.describe("By default 'lower'."),
      MAID: letterCase.describe("By default 'lower'."),
    })
    .optional()
    .describe('Letter case of device ids where a column does not state it.'),
  identifiers: z
    .array(z.enum(IDENTIFIER_TYPES))
    .min(1)
    .optional()
    .describe('Identifier types that go there. By default all, IP only with allowIp.'),
  semantics: z
    .enum(['replace', 'add'])
    .optional()
    .describe(
      "What the partner does with a set, by agreement: 'replace' the audience, or 'add' to it (default). Single members can be removed with 'add' and a column action.",
    ),
  expiryDays: z
    .int()
    .min(1)
    .max(3650)
    .optional()
    .describe('Days after which the partner forgets a member; for expiresAt, and to send members again in time.'),
  maxExpiryDays: z
    .int()
    .min(1)
    .max(3650)
    .optional()
    .describe('Largest ttlDays that a delivery may ask for. By default 3650; it needs a column expiresAt.'),
  minRows: z.int().min(0).optional().describe('Rows that a file needs at least; smaller ones are not written. By default 1.'),
  maxRows: z.int().min(1).optional().describe('Rows of a file at most. By default there is no limit.'),
  maxBytes: z.int().min(1).optional().describe('Bytes of a file at most, before compression. By default there is no limit.'),
  manifest: z
    .strictObject({
      per,
      name: word
        .optional()
        .describe(
          "Of {file} {stem} {setId} {agencyId} {advertiserId} {segmentId} {destination} {slot} {runId} and your own fields. By default '{file}.manifest.json'.",
        ),
    })
    .optional()
    .describe('A JSON manifest with names, rows, bytes and checksums, written after the data. By default there is none.'),
  done: z
    .strictObject({
      per,
      name: word.optional().describe("As a manifest's. By default '{file}.done'."),
      content: z
        .string()
        .optional()
        .describe('Content, of the same fields and {files} {rows} {bytes}. By default the file is empty.'),
    })
    .optional()
    .describe('A done marker or trigger file, written last. By default there is none.'),
} as const;

const preset = z.strictObject({
  ...formFields,
  sftp: z
    .strictObject({
      temp: z.enum(['dot-suffix', 'suffix', 'none']).optional(),
      tempSuffix: z.string().optional(),
    })
    .optional()
    .describe('How unfinished files are named over SFTP, where via does not say it.'),
});

/** Data that stands under the user's own settings. */
export type Preset = z.infer<typeof preset>;

export const presetSchema: z.ZodType<Preset> = preset;
