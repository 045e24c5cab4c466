import { createHash } from 'node:crypto';
import avro from 'avsc';
import { renderIdentifier } from '../../identity/render.ts';
import type { Member } from '../members/read-members.ts';
import { DEVICE_ID, EID, userType } from './avro-schema.ts';
import { type Encoding, REMOVED, type SegmentTerms, timestampOf } from './encoding.ts';
import { typesOf, type XandrSettings } from './settings.ts';

/** Avro's long is signed; the larger half of Xandr's user ids does not fit, and must not wrap into somebody else's. */
const MAX_LONG = 2n ** 63n - 1n;

/** The name under which the partner knows RampIDs. */
const RAMPID_SOURCE = 'liveramp.com';

const SYNC_BYTES = 16;

/** Avro object container files, deflated. */
export function avroEncoding(settings: XandrSettings, terms: SegmentTerms): Encoding {
  const taken: ReadonlySet<string> = new Set(typesOf(settings));
  return {
    refusal({ type, value }) {
      if (!taken.has(type)) return 'identifier_not_taken';
      return type === 'UUID2' && BigInt(value) > MAX_LONG ? 'uuid2_out_of_range' : undefined;
    },
    *chunks(members, remove) {
      for (const member of members) yield userOf(member, remove, settings, terms);
    },
    encoder(seed) {
      const syncMarker = createHash('sha256').update(seed).digest().subarray(0, SYNC_BYTES);
      return new avro.streams.BlockEncoder(userType as never, { codec: 'deflate', syncMarker });
    },
  };
}

function userOf(member: Member, remove: boolean, settings: XandrSettings, terms: SegmentTerms): unknown {
  const segment = {
    id: terms.segment.id,
    // Either the id, or code and member_id.
    code: '',
    member_id: 0,
    expiration: remove ? REMOVED : terms.expireMinutes,
    timestamp: BigInt(timestampOf(member, remove, settings, terms)),
    value: settings.value,
  };
  return { uid: uidOf(member), segments: [segment] };
}

function uidOf({ type, value }: Member): unknown {
  if (type === 'UUID2') return { long: BigInt(value) };
  if (type === 'RAMPID') return { [EID]: { source: RAMPID_SOURCE, id: value } };
  return { [DEVICE_ID]: { id: renderIdentifier(type, value, 'lower'), domain: type === 'IDFA' ? 'idfa' : 'aaid' } };
}
