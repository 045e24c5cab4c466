import { randomBytes } from 'node:crypto';
import type { BuiltFile, BuiltFiles } from './built-files.ts';

/** Answers to a browser. Only files of the build are ever given out, each by its exact path. */

/** What a build has where a nonce belongs. */
const NONCE_PLACE = 'AQUARIUS_NONCE';

/** Scripts are files of ours; styles too, or those that a script of ours adds with the nonce. Nothing comes from or goes elsewhere. */
function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}

/** A page. It is never kept: it names the files of this very build. */
export function pageAnswer(html: string, status = 200, headers: Readonly<Record<string, string>> = {}): Response {
  const nonce = randomBytes(16).toString('base64');
  return new Response(html.replaceAll(NONCE_PLACE, nonce), {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'Content-Security-Policy': policy(nonce),
      'Cross-Origin-Opener-Policy': 'same-origin',
      ...headers,
    },
  });
}

/** The page of a build, whatever its address: what it shows is decided in the browser. */
export function indexAnswer({ index }: BuiltFiles): Response {
  return pageAnswer(index);
}

/** Names of files hold a hash of their content, so they may be kept for good. */
export function assetAnswer(file: BuiltFile, request: Request): Response {
  const headers = new Headers({
    'Content-Type': file.type,
    'Cache-Control': 'public, max-age=31536000, immutable',
    ETag: file.etag,
    Vary: 'Accept-Encoding',
  });
  if (request.headers.get('if-none-match')?.includes(file.etag) === true) return new Response(null, { status: 304, headers });
  const [encoding, body] = chosen(file, request.headers.get('accept-encoding') ?? '');
  if (encoding !== null) headers.set('Content-Encoding', encoding);
  headers.set('Content-Length', String(body.length));
  return new Response(request.method === 'HEAD' ? null : new Uint8Array(body), { headers });
}

function chosen({ plain, br, gzip }: BuiltFile, accepted: string): readonly [string | null, Buffer] {
  const takes = (name: string): boolean =>
    new RegExp(`(?:^|,)\\s*${name}\\s*(?:;(?!\\s*q=0(?:\\.0*)?\\s*(?:,|$))|,|$)`, 'i').test(accepted);
  if (br !== null && takes('br')) return ['br', br];
  if (gzip !== null && takes('gzip')) return ['gzip', gzip];
  return [null, plain];
}
