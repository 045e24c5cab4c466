import { gzipSync } from 'node:zlib';
import { HeadObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { DuckDBConnection } from '@duckdb/node-api';
import { notFound, SnowflakeError, syntaxError, unsupported } from './errors.ts';
import { decodeNames } from './identifiers.ts';
import { type Result, STATEMENT_TYPES, smallResult } from './result.ts';
import { closing, isSymbol, isWord, type Token } from './tokens.ts';
import { type Scope, transpile } from './transpile.ts';
import { numberColumn, textColumn } from './wire.ts';

/** An external stage: where its files are, and how the server of that place is reached. */
export interface Stage {
  /** Such as `s3://bucket/folder/`. */
  readonly url: string;
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** The storage integration, as DESCRIBE STAGE shows it. */
  readonly integration?: string;
}

export interface Copy {
  /** The stage's name as written, and the path behind it. */
  readonly stage: string;
  readonly path: string;
  readonly select: string;
  readonly options: CopyOptions;
}

interface CopyOptions {
  readonly single: boolean;
  readonly header: boolean;
  readonly overwrite: boolean;
  readonly detailed: boolean;
  readonly includeQueryId: boolean;
  readonly maxFileSize: number;
  readonly compression: 'GZIP' | 'NONE';
  readonly delimiter: string;
  readonly ending: string;
  readonly quote: string;
  readonly escapeUnenclosed: string;
  readonly nullText: string;
  readonly emptyAsNull: boolean;
}

type OptionValue = string | boolean | readonly string[];

const DEFAULT_MAX_FILE_SIZE = 16_777_216;
const MOST_MAX_FILE_SIZE = 5_368_709_120;

/** NAME = value, one after the other; a list in brackets is one of texts or of options. */
function readOptions(tokens: readonly Token[]): ReadonlyMap<string, OptionValue> {
  const options = new Map<string, OptionValue>();
  for (let at = 0; at < tokens.length; ) {
    const name = tokens[at];
    if (isSymbol(name, ',')) {
      at += 1;
      continue;
    }
    if (name?.kind !== 'word' || !isSymbol(tokens[at + 1], '=')) throw syntaxError(String(name?.value));
    const value = tokens[at + 2];
    if (isSymbol(value, '(')) {
      const end = closing(tokens, at + 2);
      const inner = tokens.slice(at + 3, end);
      if (name.value === 'FILE_FORMAT') for (const [key, option] of readOptions(inner)) options.set(key, option);
      else
        options.set(
          name.value,
          inner.flatMap((token) => (token.kind === 'text' ? [token.value] : [])),
        );
      at = end + 1;
      continue;
    }
    if (value === undefined) throw syntaxError('<EOF>');
    if (isWord(value, 'TRUE', 'FALSE')) options.set(name.value, value.value === 'TRUE');
    else options.set(name.value, value.kind === 'word' && value.value === 'NONE' ? '' : String(value.value));
    at += 3;
  }
  return options;
}

const KNOWN_OPTIONS = new Set(
  'TYPE COMPRESSION FIELD_DELIMITER RECORD_DELIMITER FIELD_OPTIONALLY_ENCLOSED_BY ESCAPE_UNENCLOSED_FIELD ESCAPE NULL_IF EMPTY_FIELD_AS_NULL FILE_EXTENSION SINGLE HEADER OVERWRITE DETAILED_OUTPUT INCLUDE_QUERY_ID MAX_FILE_SIZE ENCODING DATE_FORMAT TIME_FORMAT TIMESTAMP_FORMAT BINARY_FORMAT'.split(
    ' ',
  ),
);

function copyOptions(given: ReadonlyMap<string, OptionValue>): CopyOptions {
  for (const name of given.keys())
    if (!KNOWN_OPTIONS.has(name))
      throw new SnowflakeError('001420', '42601', `SQL compilation error:\ninvalid parameter '${name}'`);
  const flag = (name: string, otherwise: boolean) => (given.get(name) ?? otherwise) === true;
  const text = (name: string, otherwise: string) => String(given.get(name) ?? otherwise);
  if (text('TYPE', 'CSV').toUpperCase() !== 'CSV') throw unsupported('a file format that is not CSV');
  const compression = text('COMPRESSION', 'AUTO').toUpperCase();
  if (!['AUTO', 'GZIP', 'NONE', ''].includes(compression)) throw unsupported(`compression ${compression}`);
  const nulls = given.get('NULL_IF');
  const single = flag('SINGLE', false);
  const overwrite = flag('OVERWRITE', false);
  const includeQueryId = flag('INCLUDE_QUERY_ID', false);
  if (includeQueryId && (single || overwrite))
    throw new SnowflakeError(
      '002350',
      '42601',
      'SQL compilation error:\nINCLUDE_QUERY_ID cannot be used with SINGLE or OVERWRITE.',
    );
  const maxFileSize = Number(given.get('MAX_FILE_SIZE') ?? DEFAULT_MAX_FILE_SIZE);
  if (!(maxFileSize > 0 && maxFileSize <= MOST_MAX_FILE_SIZE))
    throw new SnowflakeError(
      '001420',
      '42601',
      `SQL compilation error:\ninvalid value [${maxFileSize}] for parameter 'MAX_FILE_SIZE'`,
    );
  return {
    single,
    overwrite,
    includeQueryId,
    maxFileSize,
    header: flag('HEADER', false),
    detailed: flag('DETAILED_OUTPUT', false),
    compression: compression === 'NONE' || compression === '' ? 'NONE' : 'GZIP',
    delimiter: text('FIELD_DELIMITER', ','),
    ending: text('RECORD_DELIMITER', '\n'),
    quote: text('FIELD_OPTIONALLY_ENCLOSED_BY', ''),
    escapeUnenclosed: text('ESCAPE_UNENCLOSED_FIELD', '\\'),
    nullText: nulls === undefined ? '\\N' : ((Array.isArray(nulls) ? nulls[0] : String(nulls)) ?? ''),
    emptyAsNull: flag('EMPTY_FIELD_AS_NULL', true),
  };
}

/** Reads COPY INTO @stage/path FROM (...). */
export function readCopy(tokens: readonly Token[], scope: Scope): Copy {
  const target = tokens[2];
  const written = target?.kind === 'stage' || target?.kind === 'text' ? target.value : '';
  if (!written.startsWith('@')) throw unsupported('COPY INTO a table');
  const slash = written.indexOf('/');
  const stage = written.slice(1, slash === -1 ? undefined : slash);
  const path = slash === -1 ? '' : written.slice(slash + 1);
  if (!isWord(tokens[3], 'FROM')) throw syntaxError(String(tokens[3]?.value));
  let after = 5;
  let select: string;
  if (isSymbol(tokens[4], '(')) {
    after = closing(tokens, 4) + 1;
    select = transpile(tokens.slice(5, after - 1), scope);
  } else {
    while (isSymbol(tokens[after], '.')) after += 2;
    select = `SELECT * FROM ${transpile(tokens.slice(4, after), scope)}`;
  }
  if (isWord(tokens[after], 'PARTITION')) throw unsupported('PARTITION BY');
  return { stage, path, select, options: copyOptions(readOptions(tokens.slice(after))) };
}

/** The stage's full name in capitals, as it was given to the server. */
export function findStage(
  stages: Readonly<Record<string, Stage>>,
  written: string,
  scope: Pick<Scope, 'database' | 'schema'>,
): Stage {
  const parts = written.split('.').map((part) => (part.startsWith('"') ? part.slice(1, -1) : part.toUpperCase()));
  const full = [scope.database ?? '', scope.schema ?? 'PUBLIC'].slice(0, Math.max(0, 3 - parts.length)).concat(parts);
  const found = Object.entries(stages).find(([name]) => {
    const own = name
      .replace(/^@/, '')
      .split('.')
      .map((part) => (part.startsWith('"') ? part.slice(1, -1) : part.toUpperCase()));
    return own.join('.') === full.slice(3 - own.length).join('.');
  });
  if (found === undefined) throw notFound('Stage', written);
  return found[1];
}

function place({ url }: Stage): { bucket: string; prefix: string } {
  const { host, pathname } = new URL(url);
  const prefix = pathname.slice(1);
  return { bucket: host, prefix: prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/` };
}

const clientOf = ({ endpoint, accessKeyId, secretAccessKey }: Stage): S3Client =>
  new S3Client({
    region: 'us-east-1',
    endpoint,
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: { accessKeyId, secretAccessKey },
  });

function fieldText(
  value: string | null,
  { quote, delimiter, ending, escapeUnenclosed, nullText, emptyAsNull }: CopyOptions,
): string {
  if (value === null) return nullText;
  if (quote !== '') return `${quote}${value.replaceAll(quote, quote + quote)}${quote}`;
  // So that it is told from a null.
  if (value === '' && emptyAsNull) return '""';
  if (escapeUnenclosed === '') return value;
  let text = value.replaceAll(escapeUnenclosed, escapeUnenclosed + escapeUnenclosed);
  for (const special of [delimiter, ending]) if (special !== '') text = text.replaceAll(special, escapeUnenclosed + special);
  return text;
}

interface UnloadedFile {
  readonly name: string;
  readonly rows: number;
  readonly body: Buffer;
}

/** As many threads write at once. */
const THREADS = 2;

/** The lines in files: one, or several that each thread began. */
async function makeFiles(
  connection: DuckDBConnection,
  { path, select, options }: Copy,
  queryId: string,
): Promise<UnloadedFile[]> {
  const result = await connection.run(`SELECT CAST(COLUMNS(*) AS VARCHAR) FROM (${select})`);
  const header = `${result.columnNames().map(decodeNames).join(options.delimiter)}${options.ending}`;
  const threads = Array.from({ length: options.single ? 1 : THREADS }, () => ({
    parts: [] as string[],
    size: 0,
    rows: 0,
    files: 0,
  }));
  const files: UnloadedFile[] = [];
  const extension = options.compression === 'GZIP' ? '.csv.gz' : '.csv';
  const stem = path === '' || path.endsWith('/') ? `${path}data` : path;

  function close(index: number): void {
    const thread = threads[index];
    if (thread === undefined || thread.rows === 0) return;
    const text = Buffer.from((options.header ? header : '') + thread.parts.join(''));
    const id = options.includeQueryId ? `_${queryId}` : '';
    const name = options.single ? stem : `${stem}${id}_0_${index}_${thread.files}${extension}`;
    files.push({ name, rows: thread.rows, body: options.compression === 'GZIP' ? gzipSync(text) : text });
    Object.assign(thread, { parts: [], size: 0, rows: 0, files: thread.files + 1 });
  }

  let part = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) break;
    const index = part % threads.length;
    part += 1;
    const thread = threads[index];
    if (thread === undefined) break;
    for (const row of chunk.getRows()) {
      const line =
        row.map((value) => fieldText(value === null ? null : String(value), options)).join(options.delimiter) + options.ending;
      thread.parts.push(line);
      thread.size += Buffer.byteLength(line);
      thread.rows += 1;
      if (thread.size < options.maxFileSize) continue;
      if (options.single)
        throw new SnowflakeError(
          '100142',
          '22000',
          `Max file size (${options.maxFileSize}) exceeded for unload single file mode.`,
        );
      close(index);
    }
  }
  threads.forEach((_, index) => {
    close(index);
  });
  return files;
}

/** Runs a COPY INTO a stage. Zero rows give no file. */
export async function unload(connection: DuckDBConnection, copy: Copy, stage: Stage, queryId: string): Promise<Result> {
  const { bucket, prefix } = place(stage);
  const files = await makeFiles(connection, copy, queryId);
  const client = clientOf(stage);
  try {
    if (!copy.options.overwrite) {
      for (const { name } of files) {
        const there = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: prefix + name })).then(
          () => true,
          () => false,
        );
        if (there)
          throw new SnowflakeError(
            '100072',
            '22000',
            `Files already existing at the unload destination: ${stage.url}${copy.path}. Use overwrite option to force unloading.`,
          );
      }
    }
    for (const { name, body } of files)
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: prefix + name, Body: body })).catch((error: unknown) => {
        throw new SnowflakeError('100183', '42501', `Failed to access remote file: access denied. (${String(error)})`);
      });
  } finally {
    client.destroy();
  }
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  const bytes = files.reduce((sum, file) => sum + file.body.length, 0);
  if (copy.options.detailed)
    return smallResult(
      [textColumn('FILE_NAME'), numberColumn('FILE_SIZE'), numberColumn('ROW_COUNT')],
      files.map((file) => [file.name, String(file.body.length), String(file.rows)]),
      STATEMENT_TYPES.copy,
    );
  return smallResult(
    [numberColumn('rows_unloaded'), numberColumn('input_bytes'), numberColumn('output_bytes')],
    [[String(rows), String(bytes), String(bytes)]],
    STATEMENT_TYPES.copy,
  );
}

/** The files of a stage under a path. */
export async function listStage(stage: Stage, path: string): Promise<Result> {
  const { bucket, prefix } = place(stage);
  const client = clientOf(stage);
  try {
    const { Contents: found = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix + path }));
    return smallResult(
      [textColumn('name'), numberColumn('size'), textColumn('md5'), textColumn('last_modified')],
      found.map(({ Key = '', Size = 0, ETag = '', LastModified }) => [
        `s3://${bucket}/${Key}`,
        String(Size),
        ETag,
        LastModified?.toUTCString() ?? '',
      ]),
    );
  } finally {
    client.destroy();
  }
}
