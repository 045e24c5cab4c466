import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { SnowflakeError } from './errors.ts';

/** The JSON of a request; the SDK sends it gzip-ed. */
export async function readJson(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const raw = await buffer(request);
  const bytes = request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw;
  return bytes.length === 0 ? {} : JSON.parse(bytes.toString('utf8'));
}

/** Answers as Snowflake does: refusals, too, with status 200. */
export function answer(response: ServerResponse, body: unknown): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length });
  response.end(bytes);
}

export const success = (data: unknown, code: string | null = null) => ({ data, code, message: null, success: true });

export function refusal(error: unknown, queryId: string | null = null) {
  const known = error instanceof SnowflakeError ? error : new SnowflakeError('000603', 'XX000', String(error));
  const data = { internalError: false, errorCode: known.code, age: 0, sqlState: known.sqlState, queryId, line: -1, pos: -1 };
  return { data, code: known.code, message: known.message, success: false };
}
