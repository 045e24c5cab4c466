import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import avro from 'avsc';

/** Reads files as Xandr's batch uploads do: Avro with the library, text by the rules of the account's set-up. */

/** One segment of a line. */
export interface UploadedSegment {
  readonly id: number;
  readonly code: string;
  readonly memberId: number;
  readonly expiration: number;
  readonly timestamp: bigint;
  readonly value: number;
}

/** One line: a user and his segments. */
export interface UploadedLine {
  /** `idfa:…`, `aaid:…`, `liveramp.com:…` or `uuid2:…`. */
  readonly user: string;
  readonly segments: readonly UploadedSegment[];
  /** As it would be quoted in a log of errors. */
  readonly text: string;
}

export interface TextSetUp {
  readonly separators: readonly [string, string, string, string, string];
  readonly fields: readonly string[];
}

export const TEXT_SET_UP: TextSetUp = { separators: [',', ';', ':', '\t', '^'], fields: ['SEG_ID', 'EXPIRATION', 'TIMESTAMP'] };

/** Null stands for a line that cannot be read. */
export async function linesOf(file: Buffer, setUp: TextSetUp): Promise<readonly (UploadedLine | null)[]> {
  if (file.subarray(0, 4).toString('latin1') === 'Obj\x01') return recordsOf(file);
  const text = gunzipSync(file).toString('latin1');
  if (!text.endsWith('\n')) throw new Error('The last line has no end.');
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => textLine(line, setUp));
}

const DOMAINS = new Map([
  ['3', 'idfa'],
  ['8', 'aaid'],
]);

function textLine(text: string, { separators, fields }: TextSetUp): UploadedLine | null {
  const [sep1, sep2, sep3, sep4, sep5] = separators;
  const [rest = '', domain, ...more] = text.split(sep5);
  const at = rest.indexOf(sep1);
  const kind = domain === undefined ? 'uuid2' : DOMAINS.get(domain);
  if (more.length > 0 || at < 1 || kind === undefined) return null;
  const uid = rest.slice(0, at);
  if (!(kind === 'uuid2' ? /^\d{1,20}$/ : /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/).test(uid)) return null;
  const [adds = '', removals, ...others] = rest.slice(at + 1).split(sep4);
  if (others.length > 0) return null;
  const segments: UploadedSegment[] = [];
  for (const [block, isRemoval] of [[adds, false] as const, [removals ?? '', true] as const]) {
    for (const one of block === '' ? [] : block.split(sep2)) {
      const values = one.split(sep3);
      if (values.length !== fields.length) return null;
      const field = (name: string) => values[fields.indexOf(name)];
      const number = (name: string) => (field(name) === undefined ? 0 : Number(field(name)));
      if (['SEG_ID', 'EXPIRATION', 'TIMESTAMP', 'VALUE'].some((name) => !Number.isInteger(number(name)))) return null;
      segments.push({
        id: number('SEG_ID'),
        code: field('SEG_CODE') ?? '',
        memberId: number('MEMBER_ID'),
        expiration: isRemoval ? -1 : number('EXPIRATION'),
        timestamp: BigInt(number('TIMESTAMP')),
        value: number('VALUE'),
      });
    }
  }
  return { user: `${kind}:${uid}`, segments, text };
}

/** The library's own longs lose what is beyond 2^53. */
const exactLong = avro.types.LongType.__with({
  isValid: (value: unknown) => typeof value === 'bigint',
  toBuffer: () => Buffer.alloc(8),
  fromBuffer: (bytes: Buffer) => bytes.readBigInt64LE(),
  toJSON: String,
  fromJSON: BigInt,
  compare: () => 0,
});

interface UserRecord {
  readonly uid: Readonly<Record<string, bigint | Readonly<Record<string, string>>>>;
  readonly segments: readonly {
    readonly id: number;
    readonly code: string;
    readonly member_id: number;
    readonly expiration: number;
    readonly timestamp: bigint;
    readonly value: number;
  }[];
}

async function recordsOf(file: Buffer): Promise<readonly (UploadedLine | null)[]> {
  const decoder = new avro.streams.BlockDecoder({
    parseHook: (schema: unknown) =>
      avro.Type.forSchema(schema as never, { registry: { long: exactLong }, wrapUnions: true } as never),
  } as never);
  let codec: unknown;
  decoder.on('metadata', (_type: unknown, name: unknown) => {
    codec = name;
  });
  const lines: (UploadedLine | null)[] = [];
  for await (const record of Readable.from([file], { objectMode: false }).pipe(decoder))
    lines.push(avroLine(record as UserRecord));
  if (codec !== 'deflate') throw new Error(`The codec is ${String(codec)}.`);
  return lines;
}

function avroLine({ uid, segments }: UserRecord): UploadedLine | null {
  const [[branch, value] = []] = Object.entries(uid);
  const user = userOf(branch ?? '', value);
  if (user === null) return null;
  return { user, segments: segments.map(({ member_id: memberId, ...rest }) => ({ ...rest, memberId })), text: user };
}

function userOf(branch: string, value: unknown): string | null {
  if (typeof value === 'bigint') return value > 0n ? `uuid2:${value}` : null;
  const { id = '', domain, source } = value as Record<string, string>;
  if (branch === 'xandr.avro.eid') return source === 'liveramp.com' || source === 'netid.de' ? `${source}:${id}` : null;
  if (branch !== 'xandr.avro.device_id' || (domain !== 'idfa' && domain !== 'aaid')) return null;
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? `${domain}:${id}` : null;
}
