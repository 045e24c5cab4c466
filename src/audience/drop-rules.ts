import type { IdentifierKind } from '../identity/identifier-kind.ts';
import { DROP_REASONS, type DropReason } from '../identity/identifier-type.ts';
import { join, raw, type Sql, sql } from '../lib/sql.ts';
import { type AudienceSpec, wantedTypes } from './spec.ts';

/** Which of its identifiers an audience may have, as expressions: constants for one audience, columns where many are judged at once. */
export interface Terms {
  readonly allowIp: Sql;
  readonly allowIpv6: Sql;
  readonly acceptUnknownDeviceType: Sql;
  isWanted(type: Sql): Sql;
}

/** What is known of an identifier, as expressions. Null where nobody can be dropped for it. */
export interface Facts {
  /** Why its text cannot be one. */
  readonly shapeReason: Sql;
  readonly isFuture: Sql;
  readonly isIpv6: Sql;
  readonly type: Sql;
  readonly isVisitor: Sql | null;
  readonly hasOptedOut: Sql | null;
}

const truth = (value: boolean): Sql => raw(value ? 'TRUE' : 'FALSE');

export function termsOf(spec: AudienceSpec): Terms {
  return {
    allowIp: truth(spec.allowIp),
    allowIpv6: truth(spec.allowIpv6),
    acceptUnknownDeviceType: truth(spec.acceptUnknownDeviceType),
    isWanted: (type) => sql`${type} IN (${join([sql`''`, ...wantedTypes(spec).map((wanted) => sql`${wanted}`)])})`,
  };
}

/** The first rule that drops an identifier, in the order of DROP_REASONS; null for one that is kept. */
export function dropReasonSql(kind: IdentifierKind, terms: Terms, facts: Facts): Sql {
  const rules: Partial<Record<DropReason, Sql>> = {
    FUTURE: facts.isFuture,
    TYPE_NOT_WANTED: sql`NOT ${terms.isWanted(facts.type)}`,
    ...(kind === 'IP' && {
      IPV6: sql`(NOT ${terms.allowIpv6} AND ${facts.isIpv6})`,
      IP_NOT_ALLOWED: sql`NOT ${terms.allowIp}`,
    }),
    ...(kind === 'MAID' && { UNKNOWN_TYPE: sql`(NOT ${terms.acceptUnknownDeviceType} AND ${facts.type} = 'MAID')` }),
    ...(facts.isVisitor !== null && { VISITED: facts.isVisitor }),
    ...(facts.hasOptedOut !== null && { CONSENT: facts.hasOptedOut }),
  };
  const cases = DROP_REASONS.flatMap((reason) =>
    rules[reason] === undefined ? [] : [sql`WHEN ${rules[reason]} THEN ${raw(`'${reason}'`)}`],
  );
  return sql`CASE WHEN ${facts.shapeReason} IS NOT NULL THEN ${facts.shapeReason} ${join(cases, ' ')} END`;
}
