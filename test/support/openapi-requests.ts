import type { JsonSchema, Operation } from '../../src/api/openapi.ts';
import type { Chance } from './kill-random.ts';

/** Requests made from what the API's document says: most of them as it wants them, some of them not. */

export interface MadeRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

interface Making {
  readonly luck: Chance;
  readonly schemas: Readonly<Record<string, JsonSchema>>;
  /** Values that mean something in the world that is asked, by the name of the field. */
  readonly known: Readonly<Record<string, readonly unknown[]>>;
}

const ODD: readonly unknown[] = [
  '',
  ' ',
  '0',
  'null',
  'UNKNOWN',
  "'; DROP TABLE x; --",
  '%',
  '_',
  '"',
  '<b>&amp;',
  'ä́\u202e',
  '../../etc/passwd',
  'x'.repeat(300),
  -1,
  1e15,
  0.5,
  null,
  true,
  [],
  {},
];
const WORDS = [
  'a',
  'ace',
  'ace.com',
  'https://www.ace.com/x?y',
  'S-1',
  '42',
  '6',
  '2026-02-16',
  'WEEKLY',
  'd41d8cd98f00b204e9800998ecf8427e',
];

/** One in so many values is odd. */
const ODD_ONE_IN = 14;

export function makeRequest(making: Making, method: string, path: string, operation: Operation): MadeRequest {
  const parameters = operation.parameters ?? [];
  const given = parameters.filter(
    ({ required, in: place }) => place !== 'header' && (required === true || making.luck.below(3) === 0),
  );
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(textOf(makeValue(making, name, parameters.find((one) => one.name === name)?.schema ?? {}, 0)) || 'x'),
  );
  const asked = new URLSearchParams();
  for (const { name, schema, in: place } of given)
    if (place === 'query') asked.set(name, textOf(makeValue(making, name, schema, 0)));
  const query = asked.toString();
  const json = operation.requestBody?.content['application/json'];
  const target = query === '' ? filled : `${filled}?${query}`;
  return {
    method: method.toUpperCase(),
    path: target,
    ...(json === undefined ? {} : { body: makeValue(making, '', json.schema, 0) }),
  };
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function makeValue(making: Making, name: string, schema: JsonSchema, depth: number): unknown {
  const { luck, schemas, known } = making;
  if (depth > 0 && luck.below(ODD_ONE_IN) === 0) return luck.pick(ODD);
  const means = known[name];
  if (means !== undefined && luck.below(5) > 0) return luck.pick(means);
  if (schema.$ref !== undefined) return makeValue(making, name, schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, depth);
  const choice = schema.anyOf ?? schema.allOf;
  if (choice !== undefined) return makeValue(making, name, luck.pick(choice), depth);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return luck.pick(schema.enum);
  const type = typeof schema.type === 'string' ? schema.type : luck.pick(schema.type ?? ['string']);
  switch (type) {
    case 'object':
      return objectOf(making, schema, depth);
    case 'array':
      return Array.from({ length: luck.below(3) }, () => makeValue(making, name, schema.items ?? {}, depth + 1));
    case 'integer':
    case 'number':
      return luck.pick([0, 1, 2, 7, 30, 90, 365, 1_000]);
    case 'boolean':
      return luck.below(2) === 0;
    case 'null':
      return null;
    default:
      return luck.pick(WORDS);
  }
}

function objectOf(making: Making, schema: JsonSchema, depth: number): Record<string, unknown> {
  const required = new Set(schema.required ?? []);
  const made: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const isGiven = required.has(name) ? making.luck.below(30) > 0 : making.luck.below(4) === 0;
    if (isGiven) made[name] = makeValue(making, name, field, depth + 1);
  }
  if (making.luck.below(40) === 0) made.surprise = making.luck.pick(ODD);
  return made;
}
