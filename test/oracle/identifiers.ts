import type { DropReason } from '../../src/identity/identifier-type.ts';
import type { SqlValue } from '../../src/lib/sql.ts';
import { parseAddress } from './ip.ts';
import { asciiTrim, isBlank, textOf } from './values.ts';

/** What a column holds. A MAID becomes IDFA, GAID or MAID only when all its rows are known. */
export type Kind = 'MAID' | 'IP' | 'UID2' | 'UUID2' | 'RAMPID';

export interface Identifier {
  readonly kind: Kind;
  /** Canonical when `reason` is null; else the text by which one invalid identifier differs from another. */
  readonly value: string;
  readonly reason: DropReason | null;
  readonly ipv6: boolean;
}

/** The zero UUID and the empty text, hashed: a phone that refuses tracking, after somebody hashed it. */
const HASHED_NOTHING = new Set([
  '9f89c84a559f573636a47ff8daed0d33',
  'b602d594afd2b0b327e07a06f36ca6a7e42546d0',
  '12b9377cbe7e5c94e8a70d9d23929523d14afa954793130f8a3959c7b849aca8',
  'd41d8cd98f00b204e9800998ecf8427e',
  'da39a3ee5e6b4b0d3255bfef95601890afd80709',
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
]);

function valid(kind: Kind, value: string, ipv6 = false): Identifier {
  return { kind, value, reason: null, ipv6 };
}

function invalid(kind: Kind, text: string, reason: DropReason): Identifier {
  const caseMatters = kind === 'RAMPID' || kind === 'UID2';
  return { kind, value: caseMatters ? text : text.toLowerCase(), reason, ipv6: false };
}

function readMaid(text: string): Identifier {
  if (text.toLowerCase().startsWith('sys-')) return invalid('MAID', text, 'SYNTHETIC');
  const hex = text.toLowerCase().replace(/[-{} \t\n\v\f\r]/g, '');
  if (HASHED_NOTHING.has(hex)) return invalid('MAID', text, 'ZERO_ID');
  if (!/^[0-9a-f]{32}$/.test(hex)) return invalid('MAID', text, 'MALFORMED');
  if (new Set(hex).size === 1) return invalid('MAID', text, 'ZERO_ID');
  return valid('MAID', `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`);
}

function readIp(text: string): Identifier {
  const address = parseAddress(text);
  if (address === null) return invalid('IP', text, 'MALFORMED');
  if (!address.isPublic) return invalid('IP', text, 'NON_PUBLIC_IP');
  return valid('IP', address.text, address.version === 6);
}

function readUuid2(text: string): Identifier {
  if (!/^\d+$/.test(text)) return invalid('UUID2', text, 'MALFORMED');
  const number = BigInt(text);
  if (number < 1n || number >= 2n ** 64n) return invalid('UUID2', text, 'MALFORMED');
  return valid('UUID2', number.toString());
}

function readUid2(text: string): Identifier {
  return /^[A-Za-z0-9+/]{43}[A-Za-z0-9+/=]$/.test(text) ? valid('UID2', text) : invalid('UID2', text, 'MALFORMED');
}

function readRampId(text: string): Identifier {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  return /[|,;"'\s\u0000-\u001f\u007f]/.test(text) ? invalid('RAMPID', text, 'MALFORMED') : valid('RAMPID', text);
}

/** Reads one cell as an identifier of the column's kind. All blanks of a kind are one. */
export function readIdentifier(kind: Kind, cell: SqlValue | undefined): Identifier {
  if (isBlank(cell)) return invalid(kind, '', 'BLANK');
  const text = asciiTrim(textOf(cell));
  switch (kind) {
    case 'MAID':
      return readMaid(text);
    case 'IP':
      return readIp(text);
    case 'UID2':
      return readUid2(text);
    case 'UUID2':
      return readUuid2(text);
    case 'RAMPID':
      return readRampId(text);
  }
}

/** The address of a pixel event: the first valid public one of its two columns, else why there is none. */
export function readEventIp(clientIp: SqlValue | undefined, ip: SqlValue | undefined): Identifier {
  const first = readIdentifier('IP', clientIp);
  if (first.reason === null) return first;
  const second = readIdentifier('IP', ip);
  if (second.reason === null) return second;
  return first.reason === 'BLANK' ? second : first;
}
