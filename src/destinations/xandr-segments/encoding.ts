import type { Duplex } from 'node:stream';
import type { Member } from '../members/read-members.ts';
import type { Segment } from './segment.ts';
import type { XandrSettings } from './settings.ts';

/** What every row of a delivery says of the segment. */
export interface SegmentTerms {
  readonly segment: Segment;
  /** Minutes that a member is kept; 0 is the partner's maximum. */
  readonly expireMinutes: number;
  /** When the audience was cut, in whole seconds since 1970. */
  readonly cutAt: number;
}

/** A form of files that the partner takes. */
export interface Encoding {
  /** Why a member cannot be said in this form, as a reason of the receipt. */
  refusal(member: Member): 'uuid2_out_of_range' | 'identifier_not_taken' | undefined;
  /** What is written into the encoder for members to add or to remove, none of which is refused. */
  chunks(members: readonly Member[], remove: boolean): Iterable<unknown>;
  /** Makes a file of what is written into it. `seed` is the file's own: the same seed and members give the same bytes. */
  encoder(seed: string): Duplex;
}

/** An EXPIRATION that takes the member away. */
export const REMOVED = -1;

/** The time of a row in whole seconds: one in milliseconds is refused. A removal is as new as the set, or an older exposure would win. */
export function timestampOf(
  { lastSeen }: Member,
  remove: boolean,
  { timestamp }: XandrSettings,
  { cutAt }: SegmentTerms,
): number {
  return remove || timestamp === 'cut' ? cutAt : lastSeen;
}
