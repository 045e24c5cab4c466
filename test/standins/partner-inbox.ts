import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';

/**
 * The far end of a file delivery, as strict as a partner could be. It is shown what lies in its inbox at every moment, takes files in when
 * their done markers are there, and checks them against their manifests without any of the code that wrote them.
 */
export interface PartnerInbox {
  /** What is visible now. To be called whenever something may have changed. */
  look(visible: ReadonlyMap<string, Buffer>, at?: number): void;
  /** Files that were taken in, each once. */
  readonly loads: readonly Load[];
  /** Files that were refused as a whole. */
  readonly refusals: readonly { readonly file: string; readonly reason: Refusal }[];
  /** Done markers whose data did not come in time. */
  readonly alerts: readonly string[];
  /** What must never be seen: a part of a file under its final name, or a file that changed. */
  readonly violations: readonly string[];
}

export interface Load {
  readonly file: string;
  readonly action: string;
  readonly accepted: readonly string[];
  /** Rows that were refused, by reason. */
  readonly rejected: Readonly<Record<string, number>>;
  readonly segmentNames: ReadonlySet<string>;
}

type Refusal = 'manifest' | 'bytes' | 'sha256' | 'uncompressed' | 'header' | 'rows' | 'types';

export interface InboxRules {
  readonly delimiter: string;
  readonly header: readonly string[];
  /** Words for identifier types that are taken. */
  readonly idTypes: readonly string[];
  /** How long a done marker may lie there without its data. */
  readonly timeoutMs: number;
}

const MANIFEST = '.manifest.json';
const DONE = '.done';

/** Names that partners do not collect. */
const UNFINISHED = /^\.|\.UPLOADING$|\.partial$/;

export function partnerInbox(rules: InboxRules): PartnerInbox {
  const loads: Load[] = [];
  const refusals: { file: string; reason: Refusal }[] = [];
  const alerts: string[] = [];
  const violations = new Set<string>();
  /** Sizes under which each name was seen. */
  const sizes = new Map<string, Set<number>>();
  const waiting = new Map<string, number>();
  const taken = new Map<string, string>();

  function judge(file: string, data: Buffer, manifestText: Buffer): void {
    const manifest = readManifest(manifestText, file);
    if (manifest === null) return void refusals.push({ file, reason: 'manifest' });
    for (const size of sizes.get(file) ?? [])
      if (size < manifest.bytes) violations.add(`${file} was visible with ${size} of ${manifest.bytes} bytes`);
    const reason = check(data, manifest);
    if (reason !== null) return void refusals.push({ file, reason });
    loads.push(load(file, data, manifest));
  }

  function check(data: Buffer, manifest: FileManifest): Refusal | null {
    if (data.length !== manifest.bytes) return 'bytes';
    if (sha256(data) !== manifest.sha256) return 'sha256';
    const plain = plainOf(data, manifest.name);
    if (plain.length !== manifest.uncompressedBytes || sha256(plain) !== manifest.uncompressedSha256) return 'uncompressed';
    const [header, ...rows] = parseDelimited(plain.toString(), rules.delimiter);
    if (header?.join('\0') !== rules.header.join('\0')) return 'header';
    if (rows.length !== manifest.rows) return 'rows';
    const counted: Record<string, number> = {};
    const column = rules.header.indexOf('id_type');
    for (const row of rows) counted[row[column] ?? ''] = (counted[row[column] ?? ''] ?? 0) + 1;
    const same =
      JSON.stringify(Object.entries(counted).sort()) === JSON.stringify(Object.entries(manifest.identifierTypes).sort());
    return same ? null : 'types';
  }

  function load(file: string, data: Buffer, { action }: FileManifest): Load {
    const [, ...rows] = parseDelimited(plainOf(data, file).toString(), rules.delimiter);
    const at = (row: readonly string[], name: string): string => row[rules.header.indexOf(name)] ?? '';
    const rejected: Record<string, number> = {};
    const accepted: string[] = [];
    const refuse = (reason: string) => {
      rejected[reason] = (rejected[reason] ?? 0) + 1;
    };
    for (const row of rows) {
      if (row.length !== rules.header.length) refuse('columns');
      else if (!rules.idTypes.includes(at(row, 'id_type'))) refuse('id_type');
      else if (rules.header.includes('action') && at(row, 'action') !== action) refuse('action');
      else accepted.push(at(row, 'device_id'));
    }
    return { file, action, accepted, rejected, segmentNames: new Set(rows.map((row) => at(row, 'segment_name'))) };
  }

  return {
    loads,
    refusals,
    alerts,
    get violations() {
      return [...violations];
    },
    look(visible, at = 0) {
      for (const [name, data] of visible) {
        if (UNFINISHED.test(name)) continue;
        sizes.set(name, (sizes.get(name) ?? new Set()).add(data.length));
        const before = taken.get(name);
        if (before !== undefined && before !== sha256(data)) violations.add(`${name} changed after it was taken in`);
      }
      for (const done of visible.keys()) {
        const file = done.slice(0, -DONE.length);
        if (!done.endsWith(DONE) || taken.has(file)) continue;
        const data = visible.get(file);
        const manifest = visible.get(file + MANIFEST);
        if (data !== undefined && manifest !== undefined) {
          waiting.delete(file);
          taken.set(file, sha256(data));
          judge(file, data, manifest);
          continue;
        }
        const since = waiting.get(file) ?? at;
        waiting.set(file, since);
        if (at - since > rules.timeoutMs && !alerts.includes(file)) alerts.push(file);
      }
    },
  };
}

interface FileManifest {
  readonly name: string;
  readonly action: string;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly uncompressedBytes: number;
  readonly uncompressedSha256: string;
  readonly identifierTypes: Readonly<Record<string, number>>;
}

/** The part of a manifest that is about a file; null when it is not as it must be. */
function readManifest(text: Buffer, file: string): FileManifest | null {
  const manifest = JSON.parse(text.toString()) as {
    readonly schemaVersion: unknown;
    readonly runId: unknown;
    readonly window: { readonly from: unknown; readonly to: unknown };
    readonly rows: unknown;
    readonly files: readonly FileManifest[];
  };
  const entry = manifest.files.find(({ name }) => name === file);
  const total = manifest.files.reduce((sum, { rows }) => sum + rows, 0);
  const whole = manifest.schemaVersion === 1 && typeof manifest.runId === 'string' && typeof manifest.window.to === 'string';
  return whole && entry !== undefined && manifest.rows === total ? entry : null;
}

const plainOf = (data: Buffer, name: string): Buffer => (name.endsWith('.gz') ? gunzipSync(data) : data);

const sha256 = (data: Buffer): string => createHash('sha256').update(data).digest('hex');

/** Rows of values, by RFC 4180 with any delimiter. */
export function parseDelimited(text: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let value = '';
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] ?? '';
    if (isQuoted) {
      if (letter !== '"') value += letter;
      else if (text[at + 1] === '"') {
        value += '"';
        at += 1;
      } else isQuoted = false;
    } else if (letter === '"' && value === '') isQuoted = true;
    else if (letter === delimiter) {
      row.push(value);
      value = '';
    } else if (letter === '\n') {
      rows.push([...row, value]);
      row = [];
      value = '';
    } else if (letter !== '\r') value += letter;
  }
  if (row.length > 0 || value !== '') rows.push([...row, value]);
  return rows;
}
