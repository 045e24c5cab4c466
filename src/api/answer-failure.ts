import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Logger } from 'pino';
import type { ZodError } from 'zod';
import { AquariusError, configError } from '../errors.ts';
import { configFailureResponse } from './config-failure.ts';
import type { ApiEnv } from './env.ts';
import { type ProblemDocument, problemHeaders, problemOf } from './problem.ts';

/** Any failure as a response: a problem document, or under /api/config the envelope that all answers there have. */
export function answerFailure(log: Logger, thrown: unknown, c: Context<ApiEnv>): Response {
  const error = thrown instanceof HTTPException ? fromHono(thrown) : thrown;
  const problem = answerProblem(log, error, c.get('requestId'));
  const headers = problemHeaders(error);
  return c.req.path.startsWith('/api/config/') ? configFailureResponse(problem, headers) : problemResponse(problem, headers);
}

/** Any failure as a document. A bug is logged with its place in the code, never with its message, which may quote data. */
export function answerProblem(log: Logger, error: unknown, requestId: string): ProblemDocument {
  if (!(error instanceof AquariusError)) logBug(log, error, requestId);
  return problemOf(error, requestId);
}

/** A problem document as a response. */
export function problemResponse(problem: ProblemDocument, headers: Record<string, string>): Response {
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { 'Content-Type': 'application/problem+json', ...headers },
  });
}

/** One line for a fault of ours. */
export function logBug(log: Logger, error: unknown, requestId: string): void {
  const name = error instanceof Error ? error.constructor.name : typeof error;
  const stack = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at ')) : [];
  log.error({ requestId, name, at: stack.slice(0, 8).map((line) => line.trim()) }, 'a fault in Aquarius');
}

/** What the framework itself refuses. */
function fromHono(error: HTTPException): unknown {
  if (error.status === 400)
    return configError('json_malformed', 'The body is not JSON.', { hint: 'Send valid JSON in UTF-8.', cause: error });
  if (error.status === 415)
    return configError('media_type_unsupported', 'The body is of a type that is not taken here.', {
      hint: 'Send JSON with the header Content-Type: application/json; where a file is taken, a form (multipart/form-data).',
      cause: error,
    });
  return error;
}

const PLACES: Readonly<Record<string, string>> = { json: 'body', form: 'body', param: 'path', query: 'query', header: 'header' };

/** All that is wrong with a request, by path: `query.limit`, `body.reason`. */
export function refuseInvalid(target: string, { issues }: ZodError): never {
  const place = PLACES[target] ?? target;
  throw configError('request_invalid', 'The request is not as it must be.', {
    hint: 'The API is described at /api/docs.',
    problems: issues.map(({ path, message }) => ({ path: [place, ...path].join('.'), message })),
  });
}
