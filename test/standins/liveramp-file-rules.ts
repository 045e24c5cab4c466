import { gunzipSync } from 'node:zlib';

/** What LiveRamp makes of one file, by its published rules (connect: formatting, naming, limits, avoiding ingestion failure). */

export interface Examined {
  readonly header: readonly string[];
  /** Data rows. */
  readonly rows: number;
  /** Rows whose identifier LiveRamp could not read. */
  readonly invalid: number;
  /** Rows that are in order and match nobody: addresses without a TV device. */
  readonly unmatched: number;
  /** Segments that the file names, each as field=value. */
  readonly segments: readonly string[];
}

/** Why a file was not taken in. `paused` stops the audience's queue, the others only the file. */
export class Refusal extends Error {
  readonly reason: string;
  readonly line: number | null;
  constructor(reason: string, line: number | null = null) {
    super(line === null ? reason : `${reason} in line ${line}`);
    this.reason = reason;
    this.line = line;
  }
}

export interface FileRules {
  readonly maxRows: number;
  readonly maxRowCharacters: number;
  /** Decrypts a `.gpg`; without it such files cannot be read. */
  readonly decrypt?: (content: Buffer) => Promise<Buffer>;
}

const MIN_ROWS = 25;
const MAX_SEGMENT_FIELDS = 500;
const MAX_PAIRS = 5_000;
const DELIMITERS: Readonly<Record<string, string>> = { psv: '|', csv: ',', tsv: '\t' };
const NAME = /^[A-Za-z0-9-][^!@#$%[\]:{}?*\\; ]*\.(psv|csv|tsv)(\.gz)?(\.(gpg|pgp))?$/;

const KEYS = new Set(['AUDIENCE_KEY']);
const KNOWN_PEOPLE = /^(EMAIL|E_MAIL|PHONE|FIRST_?NAME|LAST_?NAME|NAME|ADDRESS|ZIP)\d*$/i;
const PSEUDONYMS = new Set(['IDFA', 'AAID', 'MAID', 'IDFA_SHA1', 'AAID_SHA1', 'RAMPID', 'IP', 'UID2', 'UUID2', 'DEVICE_ID']);
const LOG_COLUMNS = new Set(['DEVICE_TYPE', 'TIMESTAMP', 'USER_AGENT', 'IP_ADDRESS', 'ID_TYPE']);
const TV_TYPES = new Set(['rida', 'chtv', 'tifa', 'lg']);

/** Examines a file from its name to its last row; throws a `Refusal` at the first rule that it breaks. */
export async function examine(name: string, content: Buffer, rules: FileRules): Promise<Examined> {
  const extension = NAME.exec(name)?.[1];
  if (extension === undefined || name.length > 250 || !/^[\x21-\x7e]+$/.test(name)) throw new Refusal('name');
  const lines = linesOf(await opened(name, content, rules), rules);
  const delimiter = DELIMITERS[extension] ?? '';
  const [header = [], ...rows] = lines.map((line, index) => fieldsOf(line, delimiter, index + 1));
  checkHeader(header);
  rows.forEach((row, index) => {
    if (row.length !== header.length) throw new Refusal('column_count', index + 2);
  });
  if (rows.length < MIN_ROWS) throw new Refusal('min_rows');
  if (rows.length > rules.maxRows) throw new Refusal('max_rows');
  const columns = header.map((title, at) => ({ title, at, isSegment: isSegment(title) }));
  const segmentColumns = columns.filter((column) => column.isSegment);
  if (segmentColumns.length > MAX_SEGMENT_FIELDS) throw new Refusal('too_many_fields');
  const segments = new Set<string>();
  let invalid = 0;
  let unmatched = 0;
  for (const row of rows) {
    for (const { title, at } of segmentColumns) if (row[at] !== '') segments.add(`${title}=${row[at]}`);
    if (segments.size > MAX_PAIRS) throw new Refusal('too_many_pairs');
    const verdict = judge(header, row);
    if (verdict === 'invalid') invalid += 1;
    if (verdict === 'unmatched') unmatched += 1;
  }
  return { header, rows: rows.length, invalid, unmatched, segments: [...segments] };
}

async function opened(name: string, content: Buffer, { decrypt }: FileRules): Promise<Buffer> {
  const corrupt = () => {
    throw new Refusal('corrupt_archive');
  };
  const isEncrypted = /\.(gpg|pgp)$/.test(name);
  const decrypted = isEncrypted ? await (decrypt?.(content) ?? Promise.reject(new Error('no key'))).catch(corrupt) : content;
  const isCompressed = /\.gz(\.|$)/.test(name);
  if (!isCompressed) return decrypted.subarray(0, 2).toString('hex') === '1f8b' ? corrupt() : decrypted;
  try {
    return gunzipSync(decrypted);
  } catch {
    return corrupt();
  }
}

function linesOf(content: Buffer, { maxRowCharacters }: FileRules): readonly string[] {
  if (content.subarray(0, 3).toString('hex') === 'efbbbf') throw new Refusal('byte_order_mark');
  if (content.includes(0x0d)) throw new Refusal('carriage_return');
  const text = content.toString('utf8');
  if (!Buffer.from(text).equals(content)) throw new Refusal('not_utf8');
  const lines = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
  lines.forEach((line, index) => {
    if (line.length > maxRowCharacters) throw new Refusal('row_too_long', index + 1);
  });
  return lines;
}

/** A row's values. A value in quotes ends where its quotes do; one without may hold no quote and no delimiter of any kind. */
function fieldsOf(line: string, delimiter: string, number: number): readonly string[] {
  if ((line.match(/"/g)?.length ?? 0) % 2 === 1) throw new Refusal('quotes', number);
  const fields: string[] = [];
  let rest = line;
  for (;;) {
    const quoted = /^"((?:[^"]|"")*)"/.exec(rest);
    const raw = quoted?.[0] ?? rest.slice(0, rest.includes(delimiter) ? rest.indexOf(delimiter) : rest.length);
    if (quoted === null && /[",|;\t]/.test(raw)) throw new Refusal('quotes', number);
    fields.push(quoted?.[1]?.replaceAll('""', '"') ?? raw);
    rest = rest.slice(raw.length);
    if (rest === '') return fields;
    if (!rest.startsWith(delimiter)) throw new Refusal('quotes', number);
    rest = rest.slice(delimiter.length);
  }
}

function checkHeader(header: readonly string[]): void {
  const people = header.filter((title) => KNOWN_PEOPLE.test(title));
  const pseudonyms = header.filter((title) => PSEUDONYMS.has(title.toUpperCase()));
  if ((people.length > 0 && pseudonyms.length > 0) || pseudonyms.length > 1) throw new Refusal('mixed_identity');
  if (people.length === 0 && pseudonyms.length === 0) throw new Refusal('no_identifier');
  // LiveRamp matches addresses in logs of TV devices only.
  if (pseudonyms[0]?.toUpperCase() === 'IP') throw new Refusal('ip_outside_ctv');
  for (const title of header) if (isSegment(title) && !/^[A-Za-z0-9_]{1,128}$/.test(title)) throw new Refusal('segment_header');
}

export function isSegment(title: string): boolean {
  const folded = title.toUpperCase();
  return !KEYS.has(folded) && !PSEUDONYMS.has(folded) && !LOG_COLUMNS.has(folded) && !KNOWN_PEOPLE.test(title);
}

const HEX = '[0-9a-f]';
const UUID = new RegExp(`^${HEX}{8}(-${HEX}{4}){3}-${HEX}{12}$`, 'i');
const SHA1 = /^[0-9a-f]{40}$/;

function judge(header: readonly string[], row: readonly string[]): 'good' | 'invalid' | 'unmatched' {
  const at = header.findIndex((title) => PSEUDONYMS.has(title.toUpperCase()));
  const title = header[at]?.toUpperCase() ?? '';
  const value = row[at] ?? '';
  if (title !== 'DEVICE_ID') return isReadable(title, value) ? 'good' : 'invalid';
  const type = row[header.findIndex((other) => /^(DEVICE_TYPE|ID_TYPE)$/i.test(other))] ?? '';
  if (type === 'IP' || (value === '' && header.some((other) => /^IP_ADDRESS$/i.test(other)))) return 'unmatched';
  if (TV_TYPES.has(type)) return value === '' ? 'unmatched' : 'good';
  return isReadable(type === 'GAID' ? 'AAID' : type, value) ? 'good' : 'invalid';
}

/** IDFA in upper case, AAID in lower case, SHA-1 only where the header says so; the id of all zeros is nobody's. */
function isReadable(kind: string, value: string): boolean {
  if (kind.endsWith('_SHA1')) return SHA1.test(value);
  if (kind === 'RAMPID' || kind === 'UID2' || kind === 'UUID2') return value !== '';
  if (!UUID.test(value) || /^[0-]+$/.test(value)) return false;
  if (kind === 'IDFA') return value === value.toUpperCase();
  return kind !== 'AAID' || value === value.toLowerCase();
}
