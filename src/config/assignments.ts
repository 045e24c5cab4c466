import { configError, type Problem } from '../errors.ts';
import { type ConfigField, fieldNamed } from './config-fields.ts';

/** What to change in a configuration: values by column, read only when they are applied to an advertiser. */
export type ConfigChanges = ReadonlyMap<ConfigField, unknown>;

/**
 * Reads `key=value` words of a command line. The key is a column in any letter case, camelCase, with dots, or an alias; the value is
 * text, `null`, or JSON for the destinations. Every mistake is reported.
 */
export function parseAssignments(words: readonly string[]): ConfigChanges {
  const changes = new Map<ConfigField, unknown>();
  const problems: Problem[] = [];
  for (const word of words) {
    const at = word.indexOf('=');
    const name = word.slice(0, at).trim();
    const field = at > 0 ? fieldNamed(name) : undefined;
    if (field === undefined) {
      problems.push({ path: word, message: 'is not an assignment', hint: 'Write column=value, such as DELIVERY_ENABLED=true.' });
    } else if ('message' in field) problems.push(field);
    else if (changes.has(field)) problems.push({ path: name, message: `sets ${field.column} a second time` });
    else changes.set(field, word.slice(at + 1));
  }
  if (words.length === 0)
    throw configError('assignment_invalid', 'There is nothing to change.', {
      hint: 'Write column=value, such as DELIVERY_ENABLED=true.',
    });
  if (problems.length > 0)
    throw configError('assignment_invalid', 'The configuration cannot be changed like this.', { problems });
  return changes;
}
