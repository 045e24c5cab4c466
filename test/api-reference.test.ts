import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACCESS, accessKey, INTERNAL } from '../src/api/access.ts';
import {
  ALERT_EXAMPLE,
  AUDIT_EXAMPLE,
  DELIVERY_EXAMPLE,
  DESTINATION_EXAMPLE,
  KEY_EXAMPLE,
  ME_EXAMPLE,
  RUN_EXAMPLE,
  TRIGGER_EXAMPLE,
  USER_EXAMPLE,
} from '../src/api/examples.ts';
import type { ApiDocument, JsonSchema, Operation } from '../src/api/openapi.ts';
import { isRoute } from '../src/api/route-of.ts';
import { alertList, auditPage, destinationList } from '../src/shapes/api-shapes.ts';
import { deliveryOverview } from '../src/shapes/delivery-shape.ts';
import { runShape } from '../src/shapes/shapes.ts';
import { triggerOutcome } from '../src/shapes/trigger-shapes.ts';
import { apiKey, me, user } from '../src/shapes/user-shapes.ts';
import { type ApiServer, startApi } from './support/api-server.ts';

let server: ApiServer;
let document: ApiDocument;
beforeAll(async () => {
  server = await startApi();
  document = (await server.call('GET', '/api/openapi.json', undefined, { authorization: '' })).body;
});
afterAll(() => server[Symbol.asyncDispose]());

function operations(): readonly (readonly [key: string, operation: Operation])[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const key = accessKey(method.toUpperCase(), path.replaceAll(/\{(\w+)\}/g, ':$1'));
      return [key, operation] as const;
    }),
  );
}

/** Every schema of the document with where it stands. */
function* schemas(schema: JsonSchema, at: string): Generator<readonly [at: string, schema: JsonSchema]> {
  yield [at, schema];
  for (const [name, field] of Object.entries(schema.properties ?? {})) yield* schemas(field, `${at}.${name}`);
  const inner = [schema.items, ...(schema.anyOf ?? []), ...(schema.allOf ?? []), schema.additionalProperties];
  for (const part of inner) if (typeof part === 'object') yield* schemas(part, `${at}[]`);
}

function everySchema(): readonly (readonly [at: string, schema: JsonSchema])[] {
  const named = Object.entries(document.components.schemas).flatMap(([name, schema]) => [...schemas(schema, name)]);
  const used = operations().flatMap(([key, { responses, requestBody, parameters }]) =>
    [
      ...Object.values(responses).flatMap(({ content }) => Object.values(content ?? {})),
      ...Object.values(requestBody?.content ?? {}),
      ...(parameters ?? []),
    ].flatMap(({ schema }) => [...schemas(schema, key)]),
  );
  return [...named, ...used];
}

describe('the OpenAPI document', () => {
  test('has every route of the API but the internal ones, and no other', () => {
    const routes = new Set(server.api.routes.filter(isRoute).map(({ method, path }) => accessKey(method, path)));
    const told = [...routes].filter((key) => !INTERNAL.has(key));
    expect(
      operations()
        .map(([key]) => key)
        .sort(),
    ).toEqual(told.sort());
  });

  test('is of version 3.1, and every reference in it leads somewhere', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(document.info).toMatchObject({ title: 'Aquarius', version: '1.2.3' });
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
    expect(references.length).toBeGreaterThan(20);
    expect(JSON.stringify(document).match(/"\$ref"/g)).toHaveLength(references.length);
    for (const name of references) expect(document.components.schemas).toHaveProperty(name ?? '');
    for (const name of Object.keys(document.components.schemas)) {
      expect(name === 'Progress' || references.includes(name) ? '' : name).toBe('');
    }
  });

  test('says of every route what it is for, who may call it, how it answers and how it fails', () => {
    const tags = document.tags.map(({ name }) => name);
    for (const [key, operation] of operations()) {
      expect([key, operation.summary]).toEqual([key, expect.stringMatching(/^[A-Z].*[^.]$/)]);
      expect([key, tags]).toEqual([key, expect.arrayContaining([...(operation.tags ?? ['none'])])]);
      expect([key, operation['x-role']]).toEqual([key, ACCESS[key]]);
      expect([key, operation.security]).toEqual([key, ACCESS[key] === 'public' ? [] : [{ token: [] }]]);
      const answers = Object.entries(operation.responses);
      expect([key, answers.map(([status]) => status)]).toEqual([key, expect.arrayContaining(['default'])]);
      for (const [status, { description, content }] of answers) {
        expect([key, status, description]).toEqual([key, status, expect.stringMatching(/\.$/)]);
        for (const { schema } of Object.values(content ?? {})) expect(schema).not.toEqual({});
        const isEmpty = status === '204' || status === '302';
        expect([key, status, Object.keys(content ?? {}).length]).toEqual([key, status, isEmpty ? 0 : 1]);
      }
      for (const { name, in: place, required } of operation.parameters ?? []) {
        if (place === 'path') expect([key, key.includes(`:${name}`), required]).toEqual([key, true, true]);
      }
      const inPath = key.match(/:\w+/g) ?? [];
      expect(operation.parameters?.filter(({ in: place }) => place === 'path') ?? []).toHaveLength(inPath.length);
    }
  });

  test('describes every field and every parameter', () => {
    const silent = everySchema().flatMap(([at, schema]) =>
      Object.entries(schema.properties ?? {})
        .filter(([, field]) => field.description === undefined && field.$ref === undefined)
        .map(([name]) => `${at}.${name}`),
    );
    const parameters = operations().flatMap(([key, operation]) =>
      (operation.parameters ?? []).filter(({ description }) => !description).map(({ name }) => `${key} ${name}`),
    );
    expect([...silent, ...parameters]).toEqual([]);
  });

  test('never says that a value is null and an object at once', () => {
    for (const [at, schema] of everySchema()) expect([at, schema.allOf]).toEqual([at, undefined]);
  });

  test('has examples that are as the schemas have it', () => {
    runShape.parse(RUN_EXAMPLE);
    triggerOutcome.parse(TRIGGER_EXAMPLE);
    deliveryOverview.parse(DELIVERY_EXAMPLE);
    destinationList.parse({ destinations: [DESTINATION_EXAMPLE] });
    alertList.parse({ alerts: [ALERT_EXAMPLE], more: false });
    auditPage.parse({ entries: [AUDIT_EXAMPLE], next: null });
    me.parse(ME_EXAMPLE);
    user.parse(USER_EXAMPLE);
    apiKey.parse(KEY_EXAMPLE);
  });
});

describe('the page', () => {
  test('has every route, its fields and the search, and may load nothing', async () => {
    const { headers, body } = await server.call('GET', '/api/docs', undefined, { authorization: '' });
    expect(headers.get('content-type')).toMatch(/^text\/html/);
    for (const [key, { summary }] of operations()) {
      const [method = '', path = ''] = key.split(' ');
      expect(body).toContain(`>${method}</span> ${path.replaceAll(/:(\w+)/g, '{$1}')}</h3>`);
      expect(body).toContain(summary?.replaceAll("'", '&#39;'));
    }
    expect(body).toContain('<code>cancelRequested</code>');
    expect(body).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    expect(body).not.toMatch(/ style="| on\w+="/);
  });

  test('is allowed exactly the style and the script that it holds', async () => {
    const { headers, body } = await server.call('GET', '/api/docs', undefined, { authorization: '' });
    const policy = headers.get('content-security-policy') ?? '';
    const hashOf = (tag: string): string => {
      const text = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(body)?.[1] ?? '';
      expect(text.length).toBeGreaterThan(50);
      return `${tag}-src 'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    };
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      hashOf('style'),
      hashOf('script'),
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  test('of the documentation names every route', () => {
    const page = readFileSync('docs/api.md', 'utf8');
    for (const [key] of operations()) expect(page).toContain(`\`${key.replaceAll(/:(\w+)/g, '{$1}')}\``);
    for (const key of INTERNAL) expect(page).not.toContain(key);
  });
});
