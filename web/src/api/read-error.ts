import { ApiError, type FieldProblem } from './api-error.ts';

/** An answer that is a failure, as an error: a problem document of /api/delivery or an envelope of /api/config. */
export async function readError(response: Response): Promise<ApiError> {
  const { status } = response;
  const retryAfterMs = retryAfterOf(response.headers.get('retry-after'));
  const body = record(await response.json().catch(() => null));
  const envelope = record(body.error);
  const source = Object.keys(envelope).length > 0 ? envelope : body;
  const message = text(source.message) ?? text(source.detail) ?? `The server answered with status ${status}.`;
  return new ApiError(message, {
    status,
    // Of an envelope the stable code is its `reason`; its `code` is only a word for the status.
    code: text(source.reason) ?? text(source.code) ?? `http_${status}`,
    hint: text(source.hint),
    fields: fieldsOf(source.problems ?? source.fields),
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
  });
}

function fieldsOf(value: unknown): readonly FieldProblem[] {
  if (Array.isArray(value)) {
    return value.map(record).flatMap((entry) => {
      const path = text(entry.path) ?? text(entry.field);
      const message = text(entry.message);
      return path === null || message === null ? [] : [{ path: path.replace(/^(?:body|query|path|header)\./, ''), message }];
    });
  }
  return Object.entries(record(value)).flatMap(([path, message]) => {
    const words = text(message);
    return words === null ? [] : [{ path, message: words }];
  });
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function retryAfterOf(header: string | null): number | null {
  const seconds = Number(header);
  return header === null || !Number.isFinite(seconds) ? null : seconds * 1000;
}
