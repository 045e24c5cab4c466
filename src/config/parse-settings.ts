import { configError, type Problem } from '../errors.ts';
import { inlineSecrets } from './inline-secrets.ts';
import { checkSchema, pathText, type SchemaProblem } from './schema-problems.ts';
import { type SettingsFile, settingsSchema } from './settings.ts';
import { readYaml } from './yaml.ts';

/**
 * Reads the text of aquarius.yaml. All mistakes come in one `config` error, each with its path and line: `secret_inline` when a secret
 * is written into the file, else `settings_invalid`. `path` only names the file in messages.
 */
export function parseSettings(text: string, path: string): SettingsFile {
  const yaml = readYaml(text);
  if (yaml.problems.length > 0) throw invalid(path, 'settings_invalid', yaml.problems);
  const input = withoutEmptySections(yaml.value);
  const inline = inlineSecrets(input);
  const secretPaths = new Set(inline.map(({ keys }) => pathText(keys)));
  // Compiling a check for each object pays off for many inputs; of settings there is one.
  const checked = checkSchema(settingsSchema, input, { jitless: true });
  const found: Omit<SchemaProblem, 'path' | 'line'>[] = [
    ...inline,
    ...('problems' in checked ? checked.problems.filter(({ keys }) => !secretPaths.has(pathText(keys))) : []),
    ...contradictions(input),
  ];
  if (found.length === 0 && 'value' in checked) return checked.value;
  const problems = found.map(({ keys, ...problem }): Problem => ({ path: pathText(keys), line: yaml.lineOf(keys), ...problem }));
  problems.sort((left, right) => (left.line ?? 0) - (right.line ?? 0));
  throw invalid(path, inline.length > 0 ? 'secret_inline' : 'settings_invalid', problems);
}

/** A section whose settings are all commented out is as good as absent. */
function withoutEmptySections(value: unknown): unknown {
  if (value === null || value === undefined) return {};
  if (typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, section]) => section !== null));
}

function invalid(path: string, code: string, problems: readonly Problem[]): Error {
  const count = problems.length === 1 ? 'a mistake' : `${problems.length} mistakes`;
  const hint = problems.find(({ hint }) => hint !== undefined)?.hint;
  return configError(code, `${path} has ${count}.`, {
    problems,
    hint: problems.length === 1 && hint !== undefined ? hint : 'Correct them all; docs/configuration.md describes every setting.',
  });
}

/** Settings that exclude each other. Found in the raw input, so that they are reported together with the mistakes of the schema. */
function contradictions(input: unknown): Omit<SchemaProblem, 'path'>[] {
  const found: Omit<SchemaProblem, 'path'>[] = [];
  const { controlStore, tables, users } = fields(input);
  const signIn = fields(users);
  if (signIn.passwords === false && signIn.oidc === undefined) {
    found.push({ keys: ['users', 'passwords'], message: 'leaves no way to sign in', hint: 'Set users.oidc, or take this out.' });
  }
  const store = fields(controlStore);
  if (store.url !== undefined && store.path !== undefined) {
    found.push({ keys: ['controlStore', 'path'], message: 'excludes url', hint: 'Keep url for PostgreSQL, or path for SQLite.' });
  }
  for (const [name, placement] of Object.entries(fields(tables))) {
    const { files, format, schema, name: tableName } = fields(placement);
    if (files !== undefined && (schema !== undefined || tableName !== undefined)) {
      found.push({
        keys: ['tables', name, 'files'],
        message: 'excludes schema and name',
        hint: 'A table is read from files, or from the warehouse.',
      });
    }
    if (files === undefined && format !== undefined) found.push({ keys: ['tables', name, 'format'], message: 'goes with files' });
  }
  return found;
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
