/** Crockford's base 32 in lower case: no i, l, o, u, so that an id survives being read aloud, and is safe as a file name. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

function base32(value: bigint, length: number): string {
  let rest = value;
  let text = '';
  for (let place = 0; place < length; place += 1) {
    text = `${ALPHABET.charAt(Number(rest & 31n))}${text}`;
    rest >>= 5n;
  }
  return text;
}

/** Bytes of randomness that an id takes. */
export const RUN_ID_RANDOM_BYTES = 10;

/**
 * A run's id: 26 characters, the milliseconds of `now` first (so ids sort by time), then 80 random bits; the layout of a ULID.
 */
export function makeRunId(now: Date, random: Uint8Array): string {
  return base32(BigInt(now.getTime()), 10) + base32(BigInt(`0x${Buffer.from(random).toString('hex')}`), 16);
}
