import avro, { type Type } from 'avsc';

/** Longs as BigInt: Xandr's user ids go beyond the integers that a number holds exactly. */
const exactLong = avro.types.LongType.__with({
  isValid: (value: unknown) => typeof value === 'bigint' && BigInt.asIntN(64, value) === value,
  toBuffer(value: bigint) {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(value);
    return bytes;
  },
  fromBuffer: (bytes: Buffer) => bytes.readBigInt64LE(),
  toJSON: (value: bigint) => Number(value),
  fromJSON: (value: number) => BigInt(value),
  compare: (a: bigint, b: bigint) => Number(a > b) - Number(a < b),
});

const record = (name: string, fields: readonly object[]) => ({ type: 'record', name, fields });
const int = (name: string) => ({ name, type: 'int', default: 0 });
const string = (name: string) => ({ name, type: 'string' });

const DOMAINS = ['idfa', 'sha1udid', 'md5udid', 'openudid', 'aaid', 'windowsadid', 'rida', 'tifa', 'vida', 'lgudid'];

/** The names of the records that a user id can be, as the schema has them. */
export const DEVICE_ID = 'xandr.avro.device_id';
export const EID = 'xandr.avro.eid';

/** A user and the segments that he is in. Source: BSS Avro File Format; names and types are the partner's. */
export const userType: Type = avro.Type.forSchema(
  {
    ...record('user', [
      {
        name: 'uid',
        type: [
          'long',
          record('ifa', [string('id'), string('type')]),
          record('external_id', [string('id'), int('member_id')]),
          record('device_id', [string('id'), { name: 'domain', type: { type: 'enum', name: 'domain', symbols: DOMAINS } }]),
          record('eid', [string('source'), string('id')]),
        ],
      },
      {
        name: 'segments',
        type: {
          type: 'array',
          items: record('segment', [
            int('id'),
            { ...string('code'), default: '' },
            int('member_id'),
            int('expiration'),
            { name: 'timestamp', type: 'long', default: 0 },
            int('value'),
          ]),
        },
      },
    ]),
    namespace: 'xandr.avro',
  } as never,
  { registry: { long: exactLong }, wrapUnions: true } as never,
);
