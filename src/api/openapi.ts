import type { RouteConfig } from '@hono/zod-openapi';
import { z } from 'zod';
import { configError } from '../errors.ts';
import { progressEvent } from '../shapes/api-shapes.ts';
import { ACCESS, accessKey } from './access.ts';
import type { Api } from './env.ts';
import { MEANINGS } from './field-meanings.ts';
import { problemDocument, problemOf } from './problem.ts';

/** The OpenAPI 3.1 document: what the routes declare, with what holds for all of them. */

/** The parts of a document that this program looks at. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly default?: unknown;
  readonly format?: string;
}

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
}

interface Content {
  readonly [mediaType: string]: { readonly schema: JsonSchema; readonly example?: unknown };
}

export interface Answer {
  readonly description: string;
  readonly content?: Content;
}

export interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  responses: Readonly<Record<string, Answer>>;
  security?: readonly Readonly<Record<string, readonly string[]>>[];
  'x-role'?: string;
}

export interface ApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
}

const TAGS = [
  { name: 'Signing in', description: 'Who is calling, and how people sign in.' },
  { name: 'Users and keys', description: 'Who may sign in, and the keys of programs. For administrators of all agencies.' },
  { name: 'Runs', description: 'One execution of a delivery for one slot.' },
  { name: 'Deliveries', description: 'The standing orders: whose audience goes where, and how often.' },
  { name: 'Destinations', description: 'The configured ways to partners.' },
  { name: 'Alerts', description: 'What is wrong now, and what was.' },
  { name: 'Audit', description: 'Who did what.' },
  { name: 'Advertisers', description: 'Who is delivered, and how each is configured.' },
  { name: 'Campaigns', description: 'Which campaigns of ad platforms belong to which advertiser.' },
  { name: 'Web pixels', description: 'Sites that report events, and whose they are.' },
  { name: 'Places', description: 'Places that are assigned to advertisers.' },
  { name: 'Configuration', description: 'Lists to choose from, changes and their undoing, health of the sources.' },
  { name: 'Users', description: 'Who may sign in, and API keys.' },
  { name: 'Operation', description: 'For those who run the program.' },
];

const DESCRIPTION =
  'Deliveries of audiences: what runs, what ran, and what people do about it. Times are ISO 8601 in UTC. Failures are problem documents (RFC 9457) with a stable code and a hint. Fields are added over time, never renamed or taken away. Send the token as `Authorization: Bearer TOKEN`, and in `X-Aquarius-Actor` for whom you act: the audit log has it.';

/** Makes the document of all routes that are not internal. Costs some milliseconds: ask once. */
export function makeDocument(api: Api, version: string): ApiDocument {
  api.openAPIRegistry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    description:
      'The machine token (what serve.token in aquarius.yaml refers to, or else the one made at start), or the key of a program. Pages send the cookie of a session instead.',
  });
  const document = api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Aquarius', version, description: DESCRIPTION },
    tags: [...TAGS],
  }) as unknown as ApiDocument;
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations)) complete(operation, method.toUpperCase(), path);
  }
  for (const schema of Object.values(document.components.schemas)) describe(schema);
  for (const { requestBody, responses } of Object.values(document.paths).flatMap((operations) => Object.values(operations))) {
    for (const { content } of [...(requestBody === undefined ? [] : [requestBody]), ...Object.values(responses)]) {
      for (const { schema } of Object.values(content ?? {})) describe(schema);
    }
  }
  const schemas = { ...document.components.schemas, Progress: schemaOf(progressEvent) };
  return { ...document, components: { ...document.components, schemas } };
}

/** Of the data of an event, to which no answer refers. */
function schemaOf(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema);
  return rest as JsonSchema;
}

const EXAMPLE = problemOf(
  configError('run_unknown', 'There is no run 01k9x2.', { hint: 'GET /api/delivery/runs lists them.' }),
  '1f6b0c1e-2f5d-4d57-8a5e-3d6b1d0f9a11',
);

/** Every route may fail; this stands in the definition of one of them, so that the document has the schema. */
export const failure = {
  description: 'A failure: what went wrong, and what to do about it.',
  content: { 'application/problem+json': { schema: problemDocument, example: EXAMPLE } },
} as const satisfies RouteConfig['responses'][string];

const FAILURE = {
  description: failure.description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' }, example: EXAMPLE } },
};

/** Adds who may call it, and how it fails. */
function complete(operation: Operation, method: string, path: string): void {
  const role = ACCESS[accessKey(method, path.replaceAll(/\{(\w+)\}/g, ':$1'))] ?? 'admin';
  operation['x-role'] = role;
  operation.security = role === 'public' ? [] : [{ token: [] }];
  operation.responses = { default: FAILURE, ...operation.responses };
}

/** Gives the fields that several answers share, and that the shapes leave to their names, their meanings. */
function describe(schema: JsonSchema): void {
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const meaning = MEANINGS[name];
    if (field.description === undefined && field.$ref === undefined && meaning !== undefined) field.description = meaning;
    describe(field);
  }
  for (const inner of [schema.items, ...(schema.anyOf ?? []), ...(schema.allOf ?? [])]) if (inner !== undefined) describe(inner);
  if (typeof schema.additionalProperties === 'object') describe(schema.additionalProperties);
}
