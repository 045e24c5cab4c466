import { type Sql, sql } from '../../lib/sql.ts';
import { draw, oneOf } from './draws.ts';

/** What real logs hold beside good values. Each function leaves most rows alone and spoils a few of every thousand. */

export const BLANKS: readonly (string | null)[] = [null, '', '0', 'null', 'UNKNOWN', ' '];

/** The zero UUID in spellings of its own and as MD5, SHA-1 and SHA-256, and the SHA-1 of nothing at all. */
const ZERO_IDS: readonly string[] = [
  '00000000-0000-0000-0000-000000000000',
  '00000000000000000000000000000000',
  '{00000000-0000-0000-0000-000000000000}',
  '9f89c84a559f573636a47ff8daed0d33',
  'b602d594afd2b0b327e07a06f36ca6a7e42546d0',
  '12b9377cbe7e5c94e8a70d9d23929523d14afa954793130f8a3959c7b849aca8',
  'da39a3ee5e6b4b0d3255bfef95601890afd80709',
];

const REPEATED_DIGITS: readonly string[] = [
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  'AAAAAAAA-AAAA-AAAA-AAAA-AAAAAAAAAAAA',
  '11111111111111111111111111111111',
];

const MACROS: readonly string[] = ['{IDFA}', '%%ADVERTISING_ID%%', '$DEVICE_ID', '[device_id]', '{{aaid}}'];

/** Too short, too long, not hexadecimal, with a typographic dash. */
const MALFORMED_IDS: readonly string[] = [
  '2f1c9d5e-7a34-4b8f-9c21-5d6e7f80912',
  '2f1c9d5e-7a34-4b8f-9c21-5d6e7f8091234',
  '2f1c9d5e-7a34-4b8f-9c21-5d6e7f80912g',
  '2f1c9d5e\u20107a34\u20104b8f\u20109c21\u20105d6e7f809123',
];

/** A device id column: `id` in most rows. */
export function spoiltDevice(key: Sql, id: Sql): Sql {
  return sql`CASE
    WHEN ${draw(key, 'device trap', 1000)} >= 26 THEN ${id}
    WHEN ${draw(key, 'device trap', 1000)} < 8 THEN ${oneOf(key, 'blank device', BLANKS)}
    WHEN ${draw(key, 'device trap', 1000)} < 14 THEN concat(${oneOf(key, 'sys', ['SYS-', 'sys-', 'Sys-'])}, ${draw(key, 'sys number', 5000)})
    WHEN ${draw(key, 'device trap', 1000)} < 18 THEN ${oneOf(key, 'zero', ZERO_IDS)}
    WHEN ${draw(key, 'device trap', 1000)} < 20 THEN ${oneOf(key, 'repeated', REPEATED_DIGITS)}
    WHEN ${draw(key, 'device trap', 1000)} < 23 THEN ${oneOf(key, 'macro', MACROS)}
    ELSE ${oneOf(key, 'malformed', MALFORMED_IDS)} END`;
}

const NON_PUBLIC: readonly string[] = [
  '10.0.0.17',
  '172.16.4.9',
  '172.31.255.1',
  '192.168.1.23',
  '127.0.0.1',
  '169.254.7.7',
  '192.0.2.44',
  '198.18.0.5',
  '198.51.100.8',
  '203.0.113.200',
  '224.0.0.251',
  '255.255.255.255',
  '::1',
  'fe80::1',
  'fd00::12',
  '2001:db8::5',
  '::ffff:192.168.0.9',
];

/** Leading zeros, missing and excess parts, a number above 255, a port, a name. */
const MALFORMED_ADDRESSES: readonly string[] = [
  '010.1.2.3',
  '24.034.1.9',
  '1.2.3',
  '256.1.1.1',
  '24.1.2.3.4',
  '24.1.2.3:443',
  'localhost',
  '2600:::1',
];

/** An address column: `address` in most rows, in others the household's IPv6 address or the address written as IPv6. */
export function spoiltAddress(key: Sql, address: Sql, addressV6: Sql): Sql {
  return sql`CASE
    WHEN ${draw(key, 'address trap', 1000)} >= 80 THEN ${address}
    WHEN ${draw(key, 'address trap', 1000)} < 40 THEN ${addressV6}
    WHEN ${draw(key, 'address trap', 1000)} < 46 THEN concat('::ffff:', ${address})
    WHEN ${draw(key, 'address trap', 1000)} < 56 THEN ${oneOf(key, 'blank address', BLANKS)}
    WHEN ${draw(key, 'address trap', 1000)} < 66 THEN ${oneOf(key, 'non public', NON_PUBLIC)}
    WHEN ${draw(key, 'address trap', 1000)} < 74 THEN concat('100.', 64 + ${draw(key, 'cgnat', 64)}, '.3.', ${draw(key, 'cgnat host', 200)})
    ELSE ${oneOf(key, 'malformed address', MALFORMED_ADDRESSES)} END`;
}

/** Which special time a row has, by a draw of a thousand; any other number means an ordinary one. */
const TIME_TRAPS = {
  farFuture: 0,
  unreadable: 1,
  tomorrow: 2,
  atNow: 3,
  atStart: 4,
  beforeStart: 5,
  afterNow: 6,
} as const;

export const TIME_TRAP_COUNT = Object.keys(TIME_TRAPS).length;

export function timeTrap(key: Sql): Sql {
  return draw(key, 'time trap', 1000);
}

/** `time` in most rows; in others a time at or beside an end of the window of `lookbackDays`, or an impossible one. */
export function spoiltTime(trap: Sql, time: Sql, now: Date, lookbackDays: Sql): Sql {
  const at = sql`CAST(${now} AS TIMESTAMP)`;
  const start = sql`${at} - to_days(CAST(${lookbackDays} AS INTEGER))`;
  return sql`CASE ${trap}
    WHEN ${TIME_TRAPS.farFuture} THEN TIMESTAMP '2286-11-20 17:46:40'
    WHEN ${TIME_TRAPS.unreadable} THEN CAST(NULL AS TIMESTAMP)
    WHEN ${TIME_TRAPS.tomorrow} THEN ${at} + INTERVAL 1 DAY
    WHEN ${TIME_TRAPS.atNow} THEN ${at}
    WHEN ${TIME_TRAPS.atStart} THEN ${start}
    WHEN ${TIME_TRAPS.beforeStart} THEN ${start} - INTERVAL 1 SECOND
    WHEN ${TIME_TRAPS.afterNow} THEN ${at} + INTERVAL 1 SECOND
    ELSE ${time} END`;
}
