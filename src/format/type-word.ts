import { configError } from '../errors.ts';
import type { IdentifierType } from '../identity/identifier-type.ts';

/** The partner's word for a type. A layout that has none cannot carry it: `config` error `identifier_type`. */
export function typeWord(words: Partial<Record<IdentifierType, string>>, type: IdentifierType): string {
  const word = words[type];
  if (word !== undefined) return word;
  throw configError('identifier_type', `The file layout has no word for ${type}.`, {
    hint: `Leave ${type} out of the delivery's identifiers, or use a layout that has it.`,
  });
}
