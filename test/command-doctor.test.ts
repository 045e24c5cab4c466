import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DoctorOutput } from '../src/shapes/shapes.ts';
import { doctorOutput, errorOutput } from '../src/shapes/shapes.ts';
import { findTable } from '../src/warehouse/tables.ts';
import type { CliResult } from './support/cli.ts';
import { freePort } from './support/postgres.ts';
import { device, impression, makeProject, mapping, type Project } from './support/project.ts';
import { configRow, seed } from './support/seed.ts';
import { type SshServer, startSshd } from './support/sshd.ts';

/** `doctor`: everything is looked at, everything that is wrong is told, and nothing is sent or changed. */

const AT = new Date('2026-02-18T12:00:00Z');
const WRONG_KEY = 'SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

let sshd: SshServer;
let inbox: string;
let project: Project;
beforeAll(async () => {
  sshd = await startSshd();
  inbox = join(sshd.root, 'inbox');
  mkdirSync(inbox);
  sshd.grant(inbox);
  project = makeProject(settings());
  mkdirSync(project.path('.aquarius/archive'), { recursive: true });
  await seed(project, AT, {
    AD_IMPRESSION_LOG_V2: [impression(device(1), { at: '2026-02-17T10:00:00Z' })],
    PIXEL_CAMPAIGN_MAPPING_V2: [mapping('4711')],
    REF_ADVERTISER_CONFIG: [configRow('4711', [{ destination: 'liveramp-us' }, { destination: 'archive' }])],
  });
});
afterAll(async () => {
  project[Symbol.dispose]();
  await sshd.stop();
});

interface Wrong {
  readonly auth?: string;
  readonly hostKey?: string;
  readonly folder?: string;
  readonly port?: number;
  /** Name of the destination that the row names `archive`. */
  readonly archive?: string;
  readonly more?: string;
}

function settings(wrong: Wrong = {}): string {
  return `
destinations:
  liveramp-us:
    type: liveramp-sftp
    host: 127.0.0.1
    port: ${wrong.port ?? sshd.port}
    username: ${sshd.username}
    ${wrong.auth ?? `privateKey: file:${sshd.privateKey}`}
    hostKeys: ['${wrong.hostKey ?? sshd.hostKeys.ed25519}']
    folder: ${wrong.folder ?? inbox}
  ${wrong.archive ?? 'archive'}: { type: folder, path: archive }
${wrong.more ?? ''}
`;
}

async function doctor(wrong: Wrong = {}): Promise<DoctorOutput & { readonly result: CliResult }> {
  project.write('aquarius.yaml', settings(wrong));
  const result = await project.run('doctor', '--json');
  return { ...doctorOutput.parse(result.json()), result };
}

const failed = (checks: DoctorOutput['checks']) => checks.filter(({ status }) => status === 'error');

describe('doctor', () => {
  test('says that all is well with exit code 0, and leaves nothing anywhere', async () => {
    const before = snapshot(project.folder);
    const { ok, checks, result } = await doctor();
    expect(result.code).toBe(0);
    expect(ok).toBe(true);
    expect(failed(checks)).toEqual([]);
    for (const check of ['settings', 'warehouse', 'control store', 'stage', 'destination liveramp-us', 'destination archive']) {
      expect(checks.filter((found) => found.check === check && found.status === 'ok')).toHaveLength(1);
    }
    expect(checks.find(({ check }) => check === 'limits')?.message).toMatch(
      /^the warehouse may use \d+MiB of memory, \d+ threads? and /,
    );
    expect(checks.find(({ check }) => check === 'disk')?.message).toContain(project.path('.aquarius'));
    expect(readdirSync(inbox)).toEqual([]);
    expect(snapshot(project.folder)).toEqual(before);
  });

  test.each([
    [
      'a missing secret',
      { auth: 'password: env:PARTNER_PASSWORD' },
      'destination liveramp-us',
      'The secret env:PARTNER_PASSWORD is not set',
      'Set PARTNER_PASSWORD',
    ],
    ['a wrong host key', { hostKey: WRONG_KEY }, 'destination liveramp-us', 'host key', 'doctor --pin'],
    ['a missing remote folder', { folder: '/nowhere' }, 'destination liveramp-us', 'no folder /nowhere', 'Folders must exist'],
    [
      'a file without a column that is needed',
      { more: 'tables: { AD_IMPRESSION_LOG_V2: { files: [log.csv] } }' },
      'table AD_IMPRESSION_LOG_V2.AUCTION_TIMESTAMP',
      'has no column AUCTION_TIMESTAMP',
      'Write it into the files',
    ],
    [
      'files that are not there',
      { more: 'tables: { AD_IMPRESSION_LOG_V2: { files: [nothing/*.parquet] } }' },
      'warehouse',
      'nothing/*.parquet',
      '',
    ],
    [
      'a destination in a row that the settings do not have',
      { archive: 'archives' },
      'advertiser 1480 4711',
      'archive is not a destination',
      'Did you mean archives?',
    ],
  ])(
    'reports %s alone, with a hint and exit code 78, and still makes the other checks',
    async (_name, wrong, check, message, hint) => {
      project.write(
        'log.csv',
        'AGENCY_ID,DSP_PLATFORM_TYPE,DSP_ADVERTISER_ID,INSERTION_ORDER_ID,LINE_ITEM_ID,USER_IP_FROM_HTTP_REQUEST,DEVICE_ID_RAW\n',
      );
      const { ok, checks, result } = await doctor(wrong);
      expect(result.code).toBe(78);
      expect(ok).toBe(false);
      expect(failed(checks).map((found) => found.check)).toEqual([check]);
      const [found] = failed(checks);
      expect(found?.message).toContain(message);
      expect(found?.hint).toContain(hint);
      const outside = [
        'control store',
        'stage',
        'destination liveramp-us',
        `destination ${'archive' in wrong ? wrong.archive : 'archive'}`,
      ];
      expect(checks.map((other) => other.check)).toEqual(expect.arrayContaining(outside));
      expect(readdirSync(inbox)).toEqual([]);
    },
  );

  test('a server that does not answer is a passing failure, and what must be changed comes before it', async () => {
    const port = await freePort();
    expect((await doctor({ port })).result.code).toBe(75);
    const both = await doctor({ port, archive: 'archives' });
    expect(both.result.code).toBe(78);
    expect(failed(both.checks).map(({ check }) => check)).toEqual(['advertiser 1480 4711', 'destination liveramp-us']);
  });

  test('names the optional columns that files lack in one line for each table', async () => {
    const spec = findTable('AD_IMPRESSION_LOG_V2');
    const [required, optional] = [true, false].map((wanted) =>
      (spec?.columns ?? []).filter((column) => (column.required === true) === wanted).map(({ name }) => name),
    );
    project.write('log.csv', `${required?.join(',')}\n`);
    const { ok, checks } = await doctor({ more: 'tables: { AD_IMPRESSION_LOG_V2: { files: [log.csv] } }' });
    expect(ok).toBe(true);
    expect(optional?.length).toBeGreaterThan(1);
    const told = checks.filter(({ check }) => check.startsWith('table AD_IMPRESSION_LOG_V2'));
    expect(told.filter(({ status }) => status === 'ok')).toMatchObject([
      { check: 'table AD_IMPRESSION_LOG_V2', hint: expect.stringContaining('Write them into the files') },
    ]);
    for (const name of optional ?? []) expect(told[0]?.message).toContain(name);
  });

  test('in words, each check has a mark, and each problem an arrow with what to do', async () => {
    project.write('aquarius.yaml', settings({ folder: '/nowhere' }));
    const { code, stdout } = await project.run('doctor');
    expect(code).toBe(78);
    expect(stdout).toMatch(/^✓ settings: .*aquarius\.yaml$/m);
    expect(stdout).toMatch(/^✗ destination liveramp-us: .* has no folder \/nowhere\.\n {4}→ Folders must exist/m);
    expect(stdout).toMatch(/^✓ destination archive: /m);
  });
});

describe('doctor --pin', () => {
  const fingerprint = (line: string): string =>
    `SHA256:${createHash('sha256')
      .update(Buffer.from(line.split(' ')[1] ?? '', 'base64'))
      .digest('base64')
      .replace(/=+$/, '')}`;

  test('shows every key that the server offers, which are those of its files, and changes nothing', async () => {
    project.write('aquarius.yaml', settings({ hostKey: WRONG_KEY }));
    const before = snapshot(project.folder);
    const { stdout } = await project.done('doctor', '--pin', 'liveramp-us');
    for (const key of Object.values(sshd.hostKeys)) {
      expect(stdout).toContain(fingerprint(key));
      expect(stdout).toContain(key.split(' ').slice(0, 2).join(' '));
    }
    expect(stdout).toContain('destinations.liveramp-us.hostKeys');
    expect(snapshot(project.folder)).toEqual(before);
    const json: unknown = JSON.parse((await project.done('doctor', '--pin', 'liveramp-us', '--json')).stdout);
    expect(json).toMatchObject({
      host: '127.0.0.1',
      port: sshd.port,
      keys: expect.arrayContaining([expect.objectContaining({ fingerprint: fingerprint(sshd.hostKeys.ed25519) })]),
    });
  });

  test.each([
    ['liveramp-usa', 'unknown_destination', 'liveramp-us'],
    ['archive', 'no_host_key', 'SFTP'],
  ])('of %s is refused with %s', async (name, code, hint) => {
    project.write('aquarius.yaml', settings());
    const result = await project.run('doctor', '--pin', name, '--json');
    expect(result.code).toBe(78);
    const { error } = errorOutput.parse(result.json());
    expect(error.code).toBe(code);
    expect(error.hint).toContain(hint);
  });
});

/** Every file with its content; SQLite's and DuckDB's own side files count too. */
function snapshot(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path, createHash('sha256').update(readFileSync(path)).digest('hex')];
    }),
  );
}

test('entries of the suppression list that can suppress nobody are counted, not shown', async () => {
  project.write('aquarius.yaml', settings());
  project.writeRows('suppression.jsonl', [
    { IDENTIFIER_TYPE: 'IP', IDENTIFIER_VALUE: device(7) },
    { IDENTIFIER_TYPE: 'MAID', IDENTIFIER_VALUE: device(8) },
  ]);
  await project.done('load', 'suppression', 'suppression.jsonl');
  const { checks } = await doctor();
  const [found] = checks.filter(({ check }) => check === 'suppression list');
  expect(found).toMatchObject({ status: 'warning' });
  expect(found?.message).toMatch(/^1 entry can/);
  expect(JSON.stringify(checks)).not.toContain(device(7));
});
