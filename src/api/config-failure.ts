import type { ConfigFailure } from '../shapes/config/envelope.ts';
import type { ProblemDocument } from './problem.ts';

/** Failures under /api/config: the envelope's word for each status. */

type Code = ConfigFailure['error']['code'];

const CODES: Readonly<Record<number, Code>> = {
  400: 'VALIDATION',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  409: 'CONFLICT',
  413: 'TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'TOO_MANY_REQUESTS',
  503: 'WAREHOUSE_UNAVAILABLE',
  504: 'WAREHOUSE_TIMEOUT',
};

/** The failure as these endpoints tell it. What cannot be done with what was sent is 400 here, where it is 422 elsewhere. */
export function configFailureResponse(problem: ProblemDocument, headers: Record<string, string>): Response {
  const status = problem.status === 422 ? 400 : problem.status;
  const failure: ConfigFailure = {
    success: false,
    error: {
      code: CODES[status] ?? 'INTERNAL',
      reason: problem.code,
      message: problem.detail,
      hint: problem.hint,
      fields: problem.problems.map(({ path, message, hint }) => ({ path, message, hint: hint ?? null })),
    },
    requestId: problem.requestId,
  };
  return new Response(JSON.stringify(failure), { status, headers: { 'Content-Type': 'application/json', ...headers } });
}
