import { crc32, deflateRawSync } from 'node:zlib';
import { type HttpStandIn, httpStandIn, type StandInAnswer, type StandInRequest } from './http-standin.ts';

/**
 * California's DROP, as its OpenAPI 1.2.0 has it: a batch is prepared, given once, and must be answered to the last request before there
 * is another one.
 */

export interface DropRequest {
  readonly id: string;
  readonly hash: string;
}

export interface DropBatch {
  /** By list type; an empty list has its header only. */
  readonly lists: Readonly<Record<string, readonly DropRequest[]>>;
  readonly removed?: readonly (DropRequest & { readonly list: string })[];
  /** How often it says that it is still preparing. */
  readonly preparing?: number;
  /** Given as they are, beside or in place of the files of the lists. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface DropServer extends AsyncDisposable {
  readonly http: HttpStandIn;
  readonly url: string;
  /** Puts a batch in line. */
  offer(batch: DropBatch): void;
  /** What was answered, by request. */
  readonly answers: ReadonlyMap<string, number>;
  /** Names of the files that were taken, in order. */
  readonly files: readonly string[];
  /** Whether a batch was given that is not answered yet. */
  readonly isWaiting: boolean;
}

export const DROP_KEY = 'drop-key-for-tests';
const PREFIX = '20260312_4821';

export async function dropServer(): Promise<DropServer> {
  const line: { batch: DropBatch; preparing: number }[] = [];
  const answers = new Map<string, number>();
  const taken: string[] = [];
  let open: { batch: DropBatch; waitsFor: Set<string>; files: Set<string> } | null = null;

  function download(): StandInAnswer {
    if (open !== null)
      return { status: 409, body: { message: 'Complete the current batch or contact DROP support if a re-download is needed.' } };
    const [next] = line;
    if (next === undefined)
      return { status: 200, body: { message: 'No new consumer request data or removed identifiers are available.' } };
    if (next.preparing > 0) {
      next.preparing -= 1;
      return { status: 202, headers: { 'retry-after': '60' }, body: { message: 'The package is being created.' } };
    }
    line.shift();
    const waitsFor = new Set(Object.values(next.batch.lists).flatMap((rows) => rows.map(({ id }) => id)));
    open = waitsFor.size === 0 ? null : { batch: next.batch, waitsFor, files: new Set() };
    const headers = { 'content-type': 'application/zip', 'content-disposition': `attachment; filename="${PREFIX}_DROP.zip"` };
    return { status: 200, headers, body: makeZip(filesOf(next.batch)) };
  }

  function upload(request: StandInRequest): StandInAnswer {
    if (open === null) return { status: 409, body: { message: 'No active download is waiting for responses.' } };
    const file = onlyFile(request);
    if (file === null) return { status: 400, body: { message: 'Upload request is invalid.' } };
    const reason = refuse(file, open);
    if (reason === null) {
      open.files.add(file.name);
      taken.push(file.name);
      for (const row of rowsIn(file.text)) {
        answers.set(row.id, row.status);
        open.waitsFor.delete(row.id);
      }
      if (open.waitsFor.size === 0) open = null;
    }
    const accepted = reason === null ? [{ fileName: file.name, fileSizeBytes: file.text.length }] : [];
    const rejected = reason === null ? [] : [{ fileName: file.name, message: reason }];
    const counts = { acceptedCount: accepted.length, rejectedCount: rejected.length };
    return { status: reason === null ? 202 : 400, body: { message: 'Upload result.', ...counts, accepted, rejected } };
  }

  const http = await httpStandIn((request) => {
    if (request.headers['x-api-key'] !== DROP_KEY) return { status: 401, body: { message: 'API key is missing or invalid.' } };
    if (request.method === 'GET' && request.path === '/data/download') return download();
    if (request.method === 'POST' && request.path === '/data/upload') return upload(request);
    return { status: 404, body: { message: 'The requested endpoint was not found.' } };
  });
  return {
    http,
    url: http.url,
    offer: (batch) => line.push({ batch, preparing: batch.preparing ?? 0 }),
    answers,
    files: taken,
    get isWaiting() {
      return open !== null;
    },
    [Symbol.asyncDispose]: () => http[Symbol.asyncDispose](),
  };
}

function filesOf({ lists, removed, files }: DropBatch): Readonly<Record<string, string>> {
  const csv = (header: string, rows: readonly string[]): string => `${[header, ...rows].join('\r\n')}\r\n`;
  return {
    ...Object.fromEntries(
      Object.entries(lists).map(([list, rows]) => [
        `${PREFIX}_${list}.csv`,
        csv(
          'ID,Hash',
          rows.map(({ id, hash }) => `${id},${hash}`),
        ),
      ]),
    ),
    ...(removed === undefined
      ? {}
      : {
          [`${PREFIX}_Removed.csv`]: csv(
            'ID,Hash,ListType',
            removed.map(({ id, hash, list }) => `${id},${hash},${list}`),
          ),
        }),
    ...files,
  };
}

interface UploadedFile {
  readonly name: string;
  readonly text: string;
}

/** The one file of a multipart body; null when it is none. */
function onlyFile({ headers, body }: StandInRequest): UploadedFile | null {
  const [, boundary] = /^multipart\/form-data; boundary=(\S+)$/.exec(headers['content-type'] ?? '') ?? [];
  const text = body.toString('utf8');
  const start = `--${boundary}\r\n`;
  const end = `\r\n--${boundary}--\r\n`;
  if (boundary === undefined || !text.startsWith(start) || !text.endsWith(end)) return null;
  const part = text.slice(start.length, -end.length);
  const at = part.indexOf('\r\n\r\n');
  const [, field, name] = /^Content-Disposition: form-data; name="([^"]*)"; filename="([^"]*)"\r\n/.exec(part) ?? [];
  return field === 'files' && name !== undefined && at > 0 ? { name, text: part.slice(at + 4) } : null;
}

function refuse({ name, text }: UploadedFile, { batch, files }: { batch: DropBatch; files: ReadonlySet<string> }): string | null {
  const [, list] = new RegExp(`^${PREFIX}_([A-Za-z]+)(_[A-Za-z0-9]{1,10})?\\.csv$`).exec(name) ?? [];
  const rows = list === undefined ? undefined : batch.lists[list];
  if (rows === undefined) return 'File name does not match a downloaded list.';
  if (files.has(name))
    return 'A file with this name was already uploaded for the current download. Use a unique suffix and try again';
  if (!text.startsWith('Id,Status\n')) return 'Invalid CSV header. Expected: Id,Status.';
  const ids = new Set(rows.map(({ id }) => id));
  const isFine = rowsIn(text).every(({ id, status }) => ids.has(id) && [2, 3, 4, 5].includes(status));
  return isFine ? null : 'A row is not valid.';
}

function rowsIn(csv: string): { id: string; status: number }[] {
  return csv
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((row) => row.split(','))
    .map(([id = '', status]) => ({ id, status: Number(status) }));
}

/** A ZIP archive; every other entry is deflated. */
export function makeZip(files: Readonly<Record<string, string>>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [index, [name, text]] of Object.entries(files).entries()) {
    const plain = Buffer.from(text);
    const method = index % 2 === 0 ? 8 : 0;
    const packed = method === 8 ? deflateRawSync(plain) : plain;
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(crc32(plain), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(plain.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common, Buffer.from(name), packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), common, place, Buffer.from(name)]));
    parts.push(local);
    offset += local.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(size, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, ...directory, Buffer.from('PK\u0005\u0006', 'latin1'), end]);
}
