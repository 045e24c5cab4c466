import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import type { Answer, ApiDocument, JsonSchema, Operation, Parameter } from './openapi.ts';
import { REFERENCE_SCRIPT, REFERENCE_STYLE } from './reference-style.ts';
import { fieldRows, typeName } from './schema-words.ts';

/** The API's reference as one page that asks for nothing else. */

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Allows exactly the style and the script that the page holds. */
export const REFERENCE_POLICY = [
  "default-src 'none'",
  `style-src ${hash(REFERENCE_STYLE)}`,
  `script-src ${hash(REFERENCE_SCRIPT)}`,
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

type Html = ReturnType<typeof html>;

interface Endpoint {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
  readonly anchor: string;
}

function endpointsOf(document: ApiDocument): readonly Endpoint[] {
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => {
      const anchor = `${method}-${path.replaceAll(/[^a-z]+/gi, '-').replaceAll(/^-|-$/g, '')}`;
      return { method: method.toUpperCase(), path, operation, anchor };
    }),
  );
}

function methodMark(method: string): Html {
  return html`<span class="method ${method.toLowerCase()}">${method}</span>`;
}

/** What the search looks through. */
function wordsOf({ method, path, operation }: Endpoint): string {
  return [method, path, operation.summary, operation.description].join(' ').toLowerCase();
}

/** Text in which `code` is marked. */
function prose(text: string): Html[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
}

function parameterRow({ name, in: place, required, description, schema }: Parameter): Html {
  const about = [typeName(schema), place, required ? 'required' : ''].filter(Boolean).join(', ');
  return html`<tr><td><code>${name}</code><br><span class="type">${about}</span></td><td>${prose(description ?? '')}</td></tr>`;
}

function fieldTable(schema: JsonSchema, document: ApiDocument): Html {
  const rows = fieldRows(schema, document.components.schemas).map(
    ({ name, depth, type, required, description }) => html`<tr>
      <td>${raw('&emsp;'.repeat(depth))}<code>${name}</code><br>${raw('&emsp;'.repeat(depth))}<span class="type">${type}${required ? '' : ', optional'}</span></td>
      <td>${prose(description)}</td></tr>`,
  );
  return html`<table>${rows}</table>`;
}

function exampleText(example: unknown): string {
  return typeof example === 'string' ? example : JSON.stringify(example, null, 2);
}

function answerPart(status: string, { description, content }: Answer, document: ApiDocument): Html {
  const parts = Object.entries(content ?? {}).map(
    ([type, { schema, example }]) => html`<details><summary>${type}: fields</summary>${fieldTable(schema, document)}</details>
    ${example === undefined ? '' : html`<details><summary>Example</summary><pre>${exampleText(example)}</pre></details>`}`,
  );
  return html`<h4>${status === 'default' ? 'Any other status' : status}</h4><div>${description}</div>${parts}`;
}

function article(endpoint: Endpoint, document: ApiDocument): Html {
  const { method, path, operation, anchor } = endpoint;
  const { parameters = [], requestBody, responses } = operation;
  const body = Object.values(requestBody?.content ?? {}).map(
    ({ schema }) => html`<h4>Body${requestBody?.required === true ? '' : ' (optional)'}</h4>${fieldTable(schema, document)}`,
  );
  return html`<article id="${anchor}" data-words="${wordsOf(endpoint)}">
    <span class="role">${operation['x-role'] === 'public' ? 'no token' : operation['x-role']}</span>
    <h3>${methodMark(method)} ${path}</h3>
    <p><strong>${operation.summary}.</strong> ${prose(operation.description ?? '')}</p>
    ${parameters.length === 0 ? '' : html`<h4>Parameters</h4><table>${parameters.map(parameterRow)}</table>`}
    ${body}
    ${Object.entries(responses).map(([status, answer]) => answerPart(status, answer, document))}
  </article>`;
}

/** The page as HTML. */
export async function referencePage(document: ApiDocument): Promise<string> {
  const endpoints = endpointsOf(document);
  const { title, version, description } = document.info;
  const groups = document.tags.map((tag) => ({
    tag,
    own: endpoints.filter(({ operation }) => operation.tags?.includes(tag.name)),
  }));
  const list = groups.map(
    ({ tag, own }) =>
      html`<h2>${tag.name}</h2>${own.map(
        (endpoint) =>
          html`<a href="#${endpoint.anchor}" data-words="${wordsOf(endpoint)}">${methodMark(endpoint.method)} ${endpoint.operation.summary}</a>`,
      )}`,
  );
  const sections = groups.map(
    ({ tag, own }) => html`<h2>${tag.name}</h2><p>${tag.description}</p>${own.map((endpoint) => article(endpoint, document))}`,
  );
  const page = await html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} API</title><style>${raw(REFERENCE_STYLE)}</style></head>
<body>
<nav><input type="search" placeholder="Search" aria-label="Search" hidden>${list}<h2>Document</h2><a href="openapi.json">openapi.json</a></nav>
<main><h1>${title} API</h1><p class="type">Version ${version}</p><p>${prose(description)}</p>${sections}</main>
<script>${raw(REFERENCE_SCRIPT)}</script>
</body></html>
`;
  return page.toString();
}
