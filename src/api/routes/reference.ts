import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import type { ApiDeps } from '../deps.ts';
import type { Api } from '../env.ts';
import { failure, makeDocument } from '../openapi.ts';
import { REFERENCE_POLICY, referencePage } from '../reference-page.ts';

const documentRoute = createRoute({
  method: 'get',
  path: '/api/openapi.json',
  tags: ['Operation'],
  summary: 'This document',
  description: 'OpenAPI 3.1 of all routes.',
  responses: {
    200: {
      description: 'The document.',
      content: { 'application/json': { schema: z.record(z.string(), z.unknown()).meta({ description: 'an OpenAPI document' }) } },
    },
    default: failure,
  },
});

const pageRoute = createRoute({
  method: 'get',
  path: '/api/docs',
  tags: ['Operation'],
  summary: 'This document as a page',
  description: 'It loads nothing from elsewhere.',
  responses: {
    200: { description: 'The page.', content: { 'text/html': { schema: z.string().meta({ description: 'HTML' }) } } },
  },
});

/** The description of the API. It is made when it is first asked for: then all routes are there. */
export function referenceRoutes(api: Api, { version }: ApiDeps): void {
  let made: { readonly document: Record<string, unknown>; readonly page: Promise<string> } | undefined;
  const reference = () => {
    if (made === undefined) {
      const document = makeDocument(api, version);
      made = { document: { ...document }, page: referencePage(document) };
    }
    return made;
  };

  api.openapi(documentRoute, (c) => c.json(reference().document, 200));

  api.openapi(pageRoute, async (c) => {
    c.header('Content-Security-Policy', REFERENCE_POLICY);
    return c.html(await reference().page, 200);
  });
}
