import { createHash } from 'node:crypto';
import { chmodSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testDestination } from '../src/admin/delivery/test-destination.ts';
import { ACCESS } from '../src/api/access.ts';
import { deliver } from '../src/delivery/deliver.ts';
import type { ManifestFile } from '../src/format/manifest.ts';
import { destinationList } from '../src/shapes/api-shapes.ts';
import { type HostKeyReport, hostKeyReport } from '../src/shapes/config/delivery.ts';
import { newKeyPair, type SftpStandIn, startSftpServer } from './standins/sftp-server.ts';
import { type AdminWorld, adminWorld } from './support/admin-world.ts';
import { device, impression, mapping } from './support/project.ts';
import { configRow } from './support/seed.ts';

/** Files of a run, and what is told of the destinations that they go to. */

const SETTINGS = `
destinations:
  archive: { type: folder, path: ./out, compression: gzip }
policy: { minAudience: 1 }
`;

describe('a staged file', () => {
  let world: AdminWorld;
  let runId = '';
  let file: ManifestFile;
  let path = '';
  beforeEach(async () => {
    world = await adminWorld({ settings: SETTINGS });
    world.project.write('.aquarius/out/.keep', '');
    await world.load({
      REF_ADVERTISER_CONFIG: [configRow('4711', [{ destination: 'archive', segmentId: 'acme' }])],
      PIXEL_CAMPAIGN_MAPPING_V2: [mapping('4711')],
      AD_IMPRESSION_LOG_V2: [1, 2, 3].map((n) => impression(device(n), { at: '2026-02-15T10:00:00Z' })),
    });
    const progress = { step: () => {}, share: () => {}, amount: () => {} };
    const request = { at: world.clock.now(), force: false };
    const outcome = await deliver(await world.app.engine(), request, { onRun: () => progress });
    const [done] = outcome.runs;
    const [first] = done?.run.manifest?.files ?? [];
    if (done === undefined || first === undefined) throw new Error(`nothing was staged: ${JSON.stringify(outcome.notDelivered)}`);
    runId = done.run.id;
    file = first;
    path = `/api/delivery/runs/${runId}/files/${encodeURIComponent(file.name)}`;
  });
  afterEach(() => world[Symbol.asyncDispose]());

  const downloads = () =>
    world.app.ledger.auditLog({ subjectId: runId }).then((log) => log.filter(({ action }) => action === 'file.download'));

  test('comes as it was staged, with its hash and a safe name, and the download is written down', async () => {
    const answer = await world.call('GET', path);
    expect(answer.status).toBe(200);
    const headers = Object.fromEntries(answer.headers);
    expect(headers).toMatchObject({
      'content-length': String(file.bytes),
      'content-disposition': `attachment; filename="${file.name}"; filename*=UTF-8''${file.name}`,
      'x-file-sha256': file.sha256,
      'repr-digest': `sha-256=:${Buffer.from(file.sha256, 'hex').toString('base64')}:`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(await downloads()).toMatchObject([
      { actor: 'ana@example.com', agencyId: '1480', subjectKind: 'run', after: { file: file.name, sha256: file.sha256 } },
    ]);
    expect(JSON.stringify(await downloads())).not.toContain('-4000-8000-');
  });

  test('has the very bytes, under the type that its name says', async () => {
    const bytes = await bytesOf(world, path);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256);
    expect(gunzipSync(bytes).toString()).toContain(device(1));
    expect((await world.call('HEAD', path)).headers.get('content-type')).toBe('application/gzip');
  });

  test('HEAD tells about it, and is no download', async () => {
    const head = await world.call('HEAD', path);
    expect([head.status, head.headers.get('x-file-sha256'), head.body]).toEqual([200, file.sha256, '']);
    expect(await downloads()).toEqual([]);
  });

  test('A5: is for admins alone, and of another agency there is none', async () => {
    for (const role of ['operator', 'viewer'] as const)
      expect((await world.call('GET', path, undefined, { role, agencies: ['1480'] })).status).toBe(403);
    const other = await world.call('GET', path, undefined, { agencies: ['9'] });
    expect([other.status, other.body.code]).toEqual([404, 'run_unknown']);
    expect(await downloads()).toEqual([]);
    expect(ACCESS['GET /api/delivery/runs/:id/files/:name']).toBe('admin');
  });

  test('nothing but files of the run is there, whatever the name says', async () => {
    for (const name of [
      'manifest.json',
      '..%2f..%2fledger.db',
      '%2e%2e%2fother',
      'x".psv',
      '%00',
      `${file.name}%0d%0aX-Evil:%201`,
    ]) {
      const answer = await world.call('GET', `/api/delivery/runs/${runId}/files/${name}`);
      expect([name, answer.status, answer.body.code]).toEqual([name, 404, 'file_unknown']);
    }
  });

  test('that was removed from the stage is not found, and one that was changed is refused', async () => {
    const { stage } = await world.app.engine();
    const run = await world.app.ledger.runById(runId);
    const staged = fileUnder(world.project.path('.aquarius'), file.name, run?.stagePrefix ?? '');
    chmodSync(staged, 0o600);
    writeFileSync(staged, 'something else');
    const changed = await world.call('GET', path);
    expect(changed.status).toBeGreaterThanOrEqual(400);
    expect(await downloads()).toEqual([]);
    await stage.remove(run?.stagePrefix ?? '');
    expect(await world.call('GET', path)).toMatchObject({ status: 404, body: { code: 'file_unknown' } });
  });
});

/** Where the folder stage keeps a file of a run. */
function fileUnder(home: string, name: string, prefix: string): string {
  const found = readdirSync(home, { recursive: true, encoding: 'utf8' }).find((each) => each.endsWith(join(prefix, name)));
  if (found === undefined) throw new Error('the stage has no such file');
  return join(home, found);
}

async function bytesOf(world: AdminWorld, path: string): Promise<Buffer> {
  const answer = await world.open(path);
  return Buffer.from(await answer.arrayBuffer());
}

describe('host keys of a destination', () => {
  const pair = newKeyPair();
  let server: SftpStandIn;
  let world: AdminWorld;
  beforeAll(async () => {
    server = await startSftpServer({ publicKey: pair.publicKey });
    const sftp = (hostKey: string) =>
      `{ type: liveramp-sftp, host: ${server.host}, port: ${server.port}, username: acme, password: 'env:NONE', folder: /in, hostKeys: ['${hostKey}'] }`;
    world = await adminWorld({
      settings: `
destinations:
  right: ${sftp(server.hostKey)}
  wrong: ${sftp(`SHA256:${'A'.repeat(43)}`)}
  other: ${sftp(`SHA256:${'B'.repeat(43)}`)}
  inside: { type: partner-file, preset: paramount, via: { type: sftp, host: ${server.host}, port: ${server.port}, username: acme, password: 'env:NONE', folder: /in, hostKeys: ['${server.hostKey}'] } }
`,
    });
  });
  afterAll(async () => {
    await world[Symbol.asyncDispose]();
    await server.stop();
  });

  const report = async (name: string, body?: unknown): Promise<HostKeyReport> => {
    const answer = await world.call('POST', `/api/delivery/destinations/${name}/pin-host-key`, body);
    expect(answer.status).toBe(200);
    return hostKeyReport.parse(answer.body);
  };

  test('that are trusted need no line', async () => {
    const found = await report('right');
    expect(found).toMatchObject({ verdict: 'pinned', line: null, offered: [{ isPinned: true }] });
    expect(found.configured).toEqual(found.offered.map(({ fingerprint }) => fingerprint));
    expect(await report('inside')).toMatchObject({ verdict: 'pinned', path: 'destinations.inside.via.hostKeys' });
  });

  test('that are not trusted come with the very line that would trust them, and nothing is changed', async () => {
    const found = await report('wrong');
    const [offered] = found.offered;
    expect(found.verdict).toBe('not_pinned');
    expect(found.line).toBe(`hostKeys: ["SHA256:${'A'.repeat(43)}", "${offered?.fingerprint}"]`);
    const written = found.line ?? '';
    expect(world.app.settings.destinations.wrong).toMatchObject({ hostKeys: [`SHA256:${'A'.repeat(43)}`] });
    // What the line says is what would be trusted.
    const fixed = await adminWorld({
      settings: `destinations:\n  wrong: { type: liveramp-sftp, host: ${server.host}, port: ${server.port}, username: acme, password: 'env:NONE', folder: /in, ${written} }\n`,
    });
    try {
      const again = await fixed.call('POST', '/api/delivery/destinations/wrong/pin-host-key');
      expect(again.body).toMatchObject({ verdict: 'pinned', line: null });
    } finally {
      await fixed[Symbol.asyncDispose]();
    }
    const audit = await world.app.ledger.auditLog({ subjectKind: 'destination', subjectId: 'wrong' });
    expect(audit).toMatchObject([{ action: 'destination.hostKeys', after: { verdict: 'not_pinned' } }]);
  });

  test('are compared with what the partner has published', async () => {
    const stranger = `SHA256:${'C'.repeat(43)}`;
    expect(await report('other', { fingerprint: stranger })).toMatchObject({ verdict: 'not_offered', line: null });
    world.clock.move(10_000);
    const real = (await report('other')).offered[0]?.fingerprint;
    world.clock.move(10_000);
    expect(await report('other', { fingerprint: real })).toMatchObject({
      verdict: 'published',
      line: `hostKeys: ["SHA256:${'B'.repeat(43)}", "${real}"]`,
    });
    world.clock.move(10_000);
    expect((await world.call('POST', '/api/delivery/destinations/other/pin-host-key', { fingerprint: 'MD5:aa' })).status).toBe(
      400,
    );
  });

  test('stand in the list of destinations, beside what each can do and how long its queue is', async () => {
    const { body } = await world.call('GET', '/api/delivery/destinations', undefined, { role: 'viewer', agencies: [] });
    const { destinations } = destinationList.parse(body);
    expect(destinations.map(({ name, waiting, held, lastSuccessAt }) => [name, waiting, held, lastSuccessAt])).toEqual([
      ['right', 0, 0, null],
      ['wrong', 0, 0, null],
      ['other', 0, 0, null],
      ['inside', 0, 0, null],
    ]);
    expect(destinations[1]?.hostKeys).toEqual([`SHA256:${'A'.repeat(43)}`]);
    expect(destinations[0]?.hostKeys?.[0]).toMatch(/^SHA256:/);
    expect(JSON.stringify(body)).not.toContain('env:NONE');
  });

  test('a test of the destination says when its key is not the trusted one', async () => {
    const { app, clock } = world;
    const sleep = async () => {};
    const ctx = { signal: new AbortController().signal, log: app.log, secrets: async () => 'secret', clock, sleep };
    expect(await testDestination(app.settings, 'wrong', ctx)).toMatchObject({ ok: false, code: 'sftp_host_key' });
  });
});
