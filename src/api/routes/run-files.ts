import { Readable } from 'node:stream';
import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { configError, rejectedError } from '../../errors.ts';
import type { ManifestFile } from '../../format/manifest.ts';
import type { Run } from '../../ledger/run.ts';
import type { ApiDeps } from '../deps.ts';
import type { Api } from '../env.ts';
import { findRun } from '../find-run.ts';
import { actorOf } from '../principal.ts';
import { runIdParam } from '../requests.ts';

const fileRoute = createRoute({
  method: 'get',
  path: '/api/delivery/runs/{id}/files/{name}',
  tags: ['Runs'],
  summary: 'A staged file of a run',
  description:
    'The very bytes that were or will be sent, with identifiers of people in them. Each download is in the audit log. `Repr-Digest` and `X-File-Sha256` have the SHA-256 that the manifest has.',
  request: {
    params: z.strictObject({
      ...runIdParam.shape,
      name: z
        .string()
        .min(1)
        .max(255)
        .describe('the name of the file, as the run lists it')
        .meta({ example: '1480_4711_30D_20261116.psv.gz' }),
    }),
  },
  responses: {
    200: {
      description: 'The file.',
      content: { 'application/octet-stream': { schema: z.string().meta({ format: 'binary', description: 'the bytes' }) } },
    },
  },
});

/** Media types by the end of the name. */
const TYPES: Readonly<Record<string, string>> = {
  gz: 'application/gzip',
  pgp: 'application/pgp-encrypted',
  gpg: 'application/pgp-encrypted',
  csv: 'text/csv; charset=utf-8',
  tsv: 'text/tab-separated-values; charset=utf-8',
  psv: 'text/plain; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  json: 'application/json',
};

/** Staged files, for who may see what is in them. */
export function runFileRoutes(api: Api, { ledger, stage }: ApiDeps): void {
  api.openapi(fileRoute, async (c) => {
    const principal = c.get('principal');
    const { id, name } = c.req.valid('param');
    const run = await findRun(ledger, id, principal);
    const { file, key } = stagedFile(run, name);
    const signal = AbortSignal.any([c.req.raw.signal, c.env.closing]);
    const found = await stage.stat(key, signal);
    if (found === null) throw noFile(`The file ${file.name} is not in the stage any more.`);
    if (found.sha256 !== file.sha256 || found.bytes !== file.bytes) {
      throw rejectedError('stage_changed', `What is staged as ${file.name} is not what the run has made.`, {
        hint: 'Somebody has changed the stage: cut the delivery anew, and find out who.',
      });
    }
    const headers = {
      'Content-Type': TYPES[file.name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream',
      'Content-Length': String(file.bytes),
      'Content-Disposition': disposition(file.name),
      'Repr-Digest': `sha-256=:${Buffer.from(file.sha256, 'hex').toString('base64')}:`,
      'X-File-Sha256': file.sha256,
    };
    if (c.req.method === 'HEAD') return c.body(null, 200, headers);
    await ledger.recordAction(actorOf(principal, undefined), [
      {
        action: 'file.download',
        agencyId: run.delivery.agencyId,
        subjectKind: 'run',
        subjectId: run.id,
        before: null,
        after: { file: file.name, bytes: file.bytes, sha256: file.sha256 },
      },
    ]);
    const bytes = await stage.open(key, { signal });
    return c.body(Readable.toWeb(bytes) as ReadableStream, 200, headers);
  });
}

function stagedFile(run: Run, name: string): { readonly file: ManifestFile; readonly key: string } {
  const file = run.manifest?.files.find((each) => each.name === name);
  if (file === undefined || run.stagePrefix === null) throw noFile('The run has no such file.');
  return { file, key: `${run.stagePrefix.replace(/\/$/, '')}/${file.name}` };
}

function noFile(message: string): Error {
  return configError('file_unknown', message, {
    hint: 'GET /api/delivery/runs/{id} lists the files of a run; they are removed after the time set under retention:.',
  });
}

/** A name that no header and no file system reads as anything else. */
function disposition(name: string): string {
  const plain = name.replaceAll(/[^A-Za-z0-9._ -]/g, '_');
  const encoded = encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
