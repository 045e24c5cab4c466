import { createHash } from 'node:crypto';
import type { Row } from '../../src/warehouse/warehouse.ts';
import { type Identifier, type Kind, readIdentifier } from './identifiers.ts';
import type { OracleInput } from './input.ts';
import { isBlank, textOf } from './values.ts';

const ALL_KINDS: readonly Kind[] = ['MAID', 'IP', 'UID2', 'UUID2', 'RAMPID'];

/** The kinds that a list entry speaks of. A device is the same under IDFA, GAID and MAID; a type that nobody knows may mean any. */
function kindsOf(row: Row): readonly Kind[] {
  const type = textOf(row.IDENTIFIER_TYPE).toUpperCase();
  if (type === 'IDFA' || type === 'GAID') return ['MAID'];
  const known = ALL_KINDS.filter((kind) => kind === type);
  return known.length === 0 ? ALL_KINDS : known;
}

function holdsFor(row: Row, agencyId: string): boolean {
  return isBlank(row.AGENCY_ID) || textOf(row.AGENCY_ID) === '*' || textOf(row.AGENCY_ID) === agencyId;
}

/** Lower-case hexadecimal SHA-256 of a listed value that is one, written in hexadecimal or base64; null when it is none. */
function digestOf(text: string): string | null {
  if (/^[0-9a-f]{64}$/i.test(text)) return text.toLowerCase();
  return /^[A-Za-z0-9+/]{43}=$/.test(text) ? Buffer.from(text, 'base64').toString('hex') : null;
}

/** The texts under which somebody may have hashed an identifier. */
function spellings({ kind, value }: Identifier): string[] {
  if (kind !== 'MAID') return [value];
  const bare = value.replaceAll('-', '');
  return [value, value.toUpperCase(), bare, bare.toUpperCase()];
}

/** Tells whether a valid identifier is on the list, in whatever spelling or hash spelling it was listed. */
export function suppressionTest({ tables, config }: OracleInput): (identifier: Identifier) => boolean {
  const listed = new Set<string>();
  for (const row of (tables.SUPPRESSION ?? []).filter((each) => holdsFor(each, config.agencyId))) {
    const digest = digestOf(textOf(row.IDENTIFIER_VALUE));
    for (const kind of kindsOf(row)) {
      const raw = readIdentifier(kind, row.IDENTIFIER_VALUE);
      if (raw.reason === null) listed.add(`${kind}|${raw.value}`);
      if (digest !== null) listed.add(`${kind}|sha256|${digest}`);
    }
  }
  return (identifier) =>
    listed.has(`${identifier.kind}|${identifier.value}`) ||
    spellings(identifier).some((text) =>
      listed.has(`${identifier.kind}|sha256|${createHash('sha256').update(text).digest('hex')}`),
    );
}
