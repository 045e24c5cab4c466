import { kindOf } from './identifier-kind.ts';
import type { IdentifierType } from './identifier-type.ts';

/**
 * A canonical identifier as a partner wants to read it. Only device ids have a letter case to choose; every other identifier is
 * another identifier in another case.
 */
export function renderIdentifier(type: IdentifierType, canonical: string, letterCase: 'upper' | 'lower' = 'lower'): string {
  return kindOf(type) === 'MAID' && letterCase === 'upper' ? canonical.toUpperCase() : canonical;
}
