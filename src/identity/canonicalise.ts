import { isBlank } from './blank.ts';
import type { Canonical } from './canonical.ts';
import type { IdentifierKind } from './identifier-kind.ts';
import { canonicalIp } from './ip-address.ts';
import { canonicalMaid } from './maid.ts';
import { canonicalRampId, canonicalUid2, canonicalUuid2 } from './opaque-id.ts';

const RULES: Readonly<Record<IdentifierKind, (raw: string) => Canonical>> = {
  MAID: canonicalMaid,
  IP: canonicalIp,
  RAMPID: canonicalRampId,
  UID2: canonicalUid2,
  UUID2: canonicalUuid2,
};

/**
 * Judges a source's text. The first reason in the order of `DROP_REASONS` wins. Rules that depend on the destination (`IPV6`,
 * `IP_NOT_ALLOWED`) or on the row are not applied here. canonical-sql.ts says the same in SQL.
 */
export function canonicalise(kind: IdentifierKind, raw: string | null): Canonical {
  if (raw === null || isBlank(raw)) return { reason: 'BLANK' };
  return RULES[kind](raw);
}
