import { z } from 'zod';
import type { Problem } from '../errors.ts';
import { closest, didYouMean } from '../lib/did-you-mean.ts';

/**
 * A schema's refusals in our words. No message ever holds the value that was found, since a secret may have been written in the
 * wrong place.
 */

type Issue = z.core.$ZodIssue;
type JsonSchema = z.core.JSONSchema.JSONSchema;

/** A problem with its path in pieces, so that its line can be looked up. */
export interface SchemaProblem extends Problem {
  readonly keys: readonly PropertyKey[];
}

/** `destinations.liveramp-us.hosts[0]`. */
export function pathText(keys: readonly PropertyKey[]): string {
  return keys.map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key)}`)).join('');
}

/** Checks `input`: the schema's output, or every mistake in it. */
export function checkSchema<T>(
  schema: z.ZodType<T>,
  input: unknown,
  context?: z.core.ParseContext<Issue>,
): { value: T } | { problems: readonly SchemaProblem[] } {
  const result = schema.safeParse(input, context);
  if (result.success) return { value: result.data };
  const json = jsonSchema(schema);
  const found = result.error.issues.flatMap((issue) => fromIssue(issue, [], input, json));
  // A misspelt key that stands for a missing one is one mistake, not two.
  const meant = new Set(found.map(({ meant }) => meant));
  return {
    problems: found.filter(({ missing, path }) => !(missing && meant.has(path))).map(({ missing, meant, ...problem }) => problem),
  };
}

const jsonSchemas = new WeakMap<z.ZodType, JsonSchema>();

function jsonSchema(schema: z.ZodType): JsonSchema {
  const known = jsonSchemas.get(schema);
  if (known !== undefined) return known;
  const made = z.toJSONSchema(schema, { io: 'input' });
  jsonSchemas.set(schema, made);
  return made;
}

interface Found extends SchemaProblem {
  readonly missing: boolean;
  /** Path of the key that a misspelt one probably stands for. */
  readonly meant?: string | undefined;
}

function fromIssue(issue: Issue, base: readonly PropertyKey[], input: unknown, json: JsonSchema): Found[] {
  const keys = [...base, ...issue.path];
  const value = valueAt(input, keys);
  const problem = (message: string, hint?: string, missing = false): Found[] => [
    { keys, path: pathText(keys), message, ...(hint === undefined ? {} : { hint }), missing },
  ];
  if (value === undefined && issue.code !== 'custom') return problem('is missing', missingHint(issue), true);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => {
        const known = knownKeys(json, keys, input);
        const near = closest(key, known);
        const path = [...keys, key];
        const hint = didYouMean(key, known);
        return {
          keys: path,
          path: pathText(path),
          message: 'unknown setting',
          ...(hint === undefined ? {} : { hint }),
          missing: false,
          meant: near === undefined ? undefined : pathText([...keys, near]),
        };
      });
    case 'invalid_key':
      return problem(...keyProblem(issue.issues, String(keys.at(-1))));
    case 'invalid_type':
      return problem(`must be ${KINDS[issue.expected] ?? issue.expected}, not ${kindOf(value)}`);
    case 'invalid_value': {
      const words = issue.values.map(String);
      return problem(`must be ${oneOf(words)}`, typeof value === 'string' ? nearHint(value, words) : undefined);
    }
    case 'invalid_union': {
      const words = discriminators(issue);
      if (words !== undefined) {
        return problem(`must be ${oneOf(words)}`, typeof value === 'string' ? nearHint(value, words) : undefined);
      }
      return problem(ownMessage(issue) ?? unionMessage(issue.errors));
    }
    case 'too_small':
    case 'too_big':
      return problem(ownMessage(issue) ?? boundMessage(issue));
    default:
      return problem(ownMessage(issue) ?? 'is not valid');
  }
}

const KINDS: Record<string, string> = {
  object: 'a group of settings',
  record: 'a group of settings',
  array: 'a list',
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

function kindOf(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number') return Number.isInteger(value) ? 'a number' : 'a fraction';
  return KINDS[typeof value] ?? typeof value;
}

const oneOf = (words: readonly string[]): string => (words.length === 1 ? `${words[0]}` : `one of ${words.join(', ')}`);

function nearHint(word: string, words: readonly string[]): string | undefined {
  const near = closest(word, words);
  return near === undefined ? undefined : `Did you mean ${near}?`;
}

function missingHint(issue: Issue): string | undefined {
  if (issue.code === 'invalid_value') return `Write ${oneOf(issue.values.map(String))}.`;
  const words = discriminators(issue);
  return words === undefined ? undefined : `Write ${oneOf(words)}.`;
}

/** The words that choose a branch of a discriminated union; its type does not declare them. */
function discriminators(issue: Issue): string[] | undefined {
  return issue.code === 'invalid_union' && 'options' in issue && Array.isArray(issue.options)
    ? issue.options.filter((word) => word !== undefined).map(String)
    : undefined;
}

function keyProblem(issues: readonly Issue[], key: string): [message: string, hint?: string] {
  const first = issues[0];
  if (first?.code !== 'invalid_value') return [(first && ownMessage(first)) ?? 'cannot be used as a name'];
  const hint = didYouMean(key, first.values.map(String));
  return hint === undefined ? ['unknown setting'] : ['unknown setting', hint];
}

/** Messages written in a schema are sentences of ours; zod's own begin with these words. */
function ownMessage(issue: Issue): string | undefined {
  return /^(Invalid|Too (big|small)|Unrecognized)\b/.test(issue.message) ? undefined : issue.message;
}

function boundMessage(issue: Extract<Issue, { code: 'too_small' | 'too_big' }>): string {
  const small = issue.code === 'too_small';
  const bound = String(small ? issue.minimum : issue.maximum);
  if (issue.origin === 'string') {
    return small && bound === '1' ? 'must not be empty' : `must have at ${small ? 'least' : 'most'} ${bound} characters`;
  }
  if (issue.origin === 'array' || issue.origin === 'set' || issue.origin === 'map') {
    return small && bound === '1' ? 'must not be empty' : `must have at ${small ? 'least' : 'most'} ${bound} entries`;
  }
  return `must be ${issue.inclusive === false ? (small ? 'more than' : 'less than') : small ? 'at least' : 'at most'} ${bound}`;
}

/** What the branches of a union want, when none was met. */
function unionMessage(branches: readonly (readonly Issue[])[]): string {
  const wanted = branches.map((issues) => {
    const first = issues[0];
    if (first === undefined || first.path.length > 0) return undefined;
    if (first.code === 'invalid_type') return KINDS[first.expected] ?? first.expected;
    return first.code === 'invalid_value' ? oneOf(first.values.map(String)) : undefined;
  });
  return wanted.includes(undefined) || wanted.length === 0 ? 'is not valid' : `must be ${[...new Set(wanted)].join(' or ')}`;
}

function valueAt(input: unknown, keys: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

/** The keys that the schema knows at a path; of a union, those of the branches that the input's fixed words choose. */
function knownKeys(json: JsonSchema, keys: readonly PropertyKey[], input: unknown): string[] {
  let branches = chosen(json, input);
  let value = input;
  for (const key of keys) {
    value = valueAt(value, [key]);
    branches = branches.flatMap((branch) => {
      const child = typeof key === 'number' ? branch.items : (branch.properties?.[String(key)] ?? branch.additionalProperties);
      return typeof child === 'object' && !Array.isArray(child) ? chosen(child, value) : [];
    });
  }
  return [
    ...new Set(
      branches.flatMap(({ properties, propertyNames }) => [...Object.keys(properties ?? {}), ...wordsOf(propertyNames)]),
    ),
  ];
}

const wordsOf = (names: JsonSchema | boolean | undefined): string[] =>
  typeof names === 'object' ? (names.enum ?? []).map(String) : [];

function chosen(json: JsonSchema, value: unknown): JsonSchema[] {
  const options = json.oneOf ?? json.anyOf;
  if (options === undefined) return [json];
  const branches = options.flatMap((option) => (typeof option === 'object' ? chosen(option, value) : []));
  return branches.filter((branch) =>
    Object.entries(branch.properties ?? {}).every(([key, property]) => {
      if (typeof property !== 'object' || property.const === undefined) return true;
      return (valueAt(value, [key]) ?? property.default) === property.const;
    }),
  );
}
