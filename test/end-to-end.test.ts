import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DeliverOutput, PlanOutput } from '../src/shapes/shapes.ts';
import { deliverOutput, planOutput, runOutput, runsOutput } from '../src/shapes/shapes.ts';
import { commandsOf } from './support/cli-here.ts';
import { device, impression, makeProject, mapping, type Project } from './support/project.ts';
import { type SshServer, startSshd } from './support/sshd.ts';

/**
 * The main job through the command line, to a real sshd: in processes of its own where that matters, the rest within this one, since a
 * process takes longer to start than its command to run.
 */

const AT = '2026-02-18T12:00:00Z';

let sshd: SshServer;
/** What a person has loaded and configured, for each test to copy. */
let loaded: Project;
beforeAll(async () => {
  sshd = await startSshd();
  loaded = makeProject(settings('/nowhere'));
  await loadData(loaded);
});
afterAll(async () => {
  loaded[Symbol.dispose]();
  await sshd.stop();
});

let project: Project;
let here: ReturnType<typeof commandsOf>;
let inbox: string;
let serial = 0;

function settings(folder: string, hostKey = sshd.hostKeys.ed25519): string {
  return `
destinations:
  liveramp-us:
    type: liveramp-sftp
    host: 127.0.0.1
    port: ${sshd.port}
    username: ${sshd.username}
    privateKey: file:${sshd.privateKey}
    hostKeys: ['${hostKey}']
    folder: ${folder}
    minRows: 1
policy:
  minAudience: 2
worker:
  retryFirstSeconds: 1
  retryMaxSeconds: 1
`;
}

beforeEach(() => {
  inbox = join(sshd.root, `inbox-${serial++}`);
  mkdirSync(inbox);
  sshd.grant(inbox);
  project = makeProject(settings(inbox), loaded);
  here = commandsOf(project);
});
afterEach(() => project[Symbol.dispose]());

const received = (): readonly string[] => readdirSync(inbox).sort();

async function loadData(project: Project): Promise<void> {
  project.writeRows('log.jsonl', [
    impression(device(3).toUpperCase(), { at: '2026-02-17T10:00:00Z', type: 'GAID' }),
    impression(device(1).toUpperCase(), { at: '2026-02-10T08:00:00Z', type: 'IDFA' }),
    impression(device(1).replaceAll('-', ''), { at: '2026-02-11T09:30:15Z', type: 'IDFA' }),
    impression(device(2), { at: '2026-02-16T23:59:59Z', type: 'GAID' }),
    impression(device(4), { at: '2025-12-01T00:00:00Z', type: 'GAID' }),
    impression('SYS-000123', { at: '2026-02-16T00:00:00Z' }),
    impression('00000000-0000-0000-0000-000000000000', { at: '2026-02-16T00:00:00Z' }),
  ]);
  project.writeRows('mapping.jsonl', [mapping('4711')]);
  await project.done('load', 'ad_impression_log_v2', 'log.jsonl');
  await project.done('load', 'PIXEL_CAMPAIGN_MAPPING_V2', 'mapping.jsonl');
  await project.done(
    'config',
    'set',
    '1480',
    '4711',
    'deliveryEnabled=true',
    'deliveryDestinations=[{"destination":"liveramp-us","segmentId":"1480_4711_30D","identifiers":["IDFA","GAID"]}]',
  );
}

type Commands = Pick<Project, 'done'>;

async function deliverNow(by: Commands = here, ...args: readonly string[]): Promise<DeliverOutput> {
  const result = await by.done('deliver', '--at', AT, '--json', ...args);
  return deliverOutput.parse(JSON.parse(result.stdout));
}

async function planNow(by: Commands = here): Promise<PlanOutput> {
  const result = await by.done('plan', '--at', AT, '--json');
  return planOutput.parse(JSON.parse(result.stdout));
}

/** Written by hand from the partner's rules. */
const EXPECTED_FILE = `DEVICE_ID|DEVICE_TYPE|SEGMENT_ID|TIMESTAMP
A0000001-0000-4000-8000-000000000001|IDFA|1480_4711_30D|2026-02-11T09:30:15Z
a0000002-0000-4000-8000-000000000002|GAID|1480_4711_30D|2026-02-16T23:59:59Z
a0000003-0000-4000-8000-000000000003|GAID|1480_4711_30D|2026-02-17T10:00:00Z
`;

describe('from the config table to a partner’s server', () => {
  test('the partner gets exactly the file that its rules ask for, once, and the ledger tells the story', async () => {
    const plan = await planNow(project);
    expect(plan.notDelivered).toEqual([]);
    expect(plan.deliveries).toMatchObject([
      {
        agencyId: '1480',
        advertiserId: '4711',
        destination: 'liveramp-us',
        segmentId: '1480_4711_30D',
        slot: '2026-W08',
        due: true,
        nextSlot: '2026-W09',
        nextDueAt: '2026-02-23T06:00:00.000Z',
        selected: 6,
        dropped: { BLANK: 1, SYNTHETIC: 1, ZERO_ID: 1 },
        suppressed: 0,
        identifiers: { IDFA: 1, GAID: 2 },
        rows: 3,
      },
    ]);
    expect(received()).toEqual([]);

    const { runs } = await deliverNow(project);
    expect(runs).toHaveLength(1);
    const [run] = runs;
    expect(run).toMatchObject({ state: 'delivered', rows: 3, error: null, receipt: { accepted: 3, rejected: 0 } });
    const [file] = run?.files ?? [];
    expect(received()).toEqual([file?.name]);
    const bytes = readFileSync(join(inbox, file?.name ?? ''));
    expect(bytes.toString('utf8')).toBe(EXPECTED_FILE);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(file?.sha256);
    expect(bytes.length).toBe(file?.bytes);

    const again = await deliverNow(project);
    expect(again.runs).toEqual([]);
    expect(again.upToDate).toHaveLength(1);
    expect(received()).toHaveLength(1);

    const forced = await deliverNow(project, '--force');
    expect(forced.runs).toMatchObject([{ state: 'delivered', generation: 1, slot: '2026-W08' }]);
    expect(received()).toHaveLength(2);

    const listed = runsOutput.parse(JSON.parse((await project.done('runs', '--json')).stdout));
    expect(listed.runs.map(({ state, generation }) => [state, generation])).toEqual([
      ['delivered', 1],
      ['delivered', 0],
    ]);
    const shown = runOutput.parse(
      JSON.parse((await project.done('runs', 'show', run?.runId.slice(0, 22) ?? '', '--json')).stdout),
    );
    expect(shown.steps.map(({ step }) => step)).toEqual([
      'planned',
      'claimed',
      'extracting',
      'staged',
      'delivering',
      'delivered',
    ]);
  });

  test('a plan changes nothing in the data directory', async () => {
    const before = snapshot(project.path('.aquarius'));
    await planNow();
    await here.done('plan', '--at', AT);
    await here.done('config', 'list');
    await here.done('runs');
    expect(snapshot(project.path('.aquarius'))).toEqual(before);
  });

  test('the warehouse’s copy of the ledger has a row per run and file', async () => {
    const { runs } = await deliverNow();
    project.write('aquarius.yaml', `${settings(inbox)}\n`);
    const { openDuckDB } = await import('../src/warehouse/duckdb/duckdb.ts');
    const { sql } = await import('../src/lib/sql.ts');
    await using warehouse = await openDuckDB({ path: project.path('.aquarius/warehouse.duckdb'), readOnly: true });
    await using session = await warehouse.session();
    const rows = await session.all(
      sql`SELECT "DELIVERY_ID", "SLOT", "STATUS", "ROWS_TOTAL", "FILE_SHA256", "REJECT_REASONS" FROM "SEGMENT_DATA"."SEGMENT_DELIVERY_DETAILS"`,
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      DELIVERY_ID: runs[0]?.runId,
      SLOT: '2026-W08',
      STATUS: 'DELIVERED',
      FILE_SHA256: runs[0]?.files[0]?.sha256,
    });
    expect(Number(rows[0]?.ROWS_TOTAL)).toBe(3);
    expect(JSON.parse(String(rows[0]?.REJECT_REASONS))).toEqual({ BLANK: 1, SYNTHETIC: 1, ZERO_ID: 1 });
  });
});

function snapshot(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path, createHash('sha256').update(readFileSync(path)).digest('hex')];
    }),
  );
}

describe('what goes wrong', () => {
  test('a wrong host key stops before any login, says which key the server has, and the next call sends the same bytes', async () => {
    project.write('aquarius.yaml', settings(inbox, 'SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'));
    const refused = await project.run('deliver', '--at', AT, '--json');
    expect(refused.code).toBe(78);
    const output = deliverOutput.parse(JSON.parse(refused.stdout));
    expect(output.runs).toMatchObject([{ state: 'failed', error: { kind: 'config', code: 'sftp_host_key' } }]);
    expect(refused.stderr).toContain('aquarius doctor --pin');
    expect(received()).toEqual([]);

    project.write('aquarius.yaml', settings(inbox));
    const { runs } = await deliverNow();
    expect(runs).toMatchObject([{ runId: output.runs[0]?.runId, state: 'delivered', attempts: 2 }]);
    expect(runs[0]?.files).toEqual(output.runs[0]?.files);
    expect(received()).toEqual([output.runs[0]?.files[0]?.name]);
  });

  test('ID-10: somebody who opts out between staging and sending is not in what is sent, and the run tells that it was cut again', async () => {
    project.write('aquarius.yaml', settings(inbox, 'SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'));
    expect((await here.run('deliver', '--at', AT, '--json')).code).toBe(78);
    project.writeRows('optout.jsonl', [
      {
        IDENTIFIER_TYPE: 'MAID',
        IDENTIFIER_VALUE: device(3).toUpperCase().replaceAll('-', ''),
        AGENCY_ID: null,
        REASON: 'opt-out',
        SINCE: AT,
        SOURCE: 'test',
      },
    ]);
    await here.done('load', 'suppression', 'optout.jsonl');
    project.write('aquarius.yaml', settings(inbox));
    const { runs } = await deliverNow();
    expect(runs).toMatchObject([{ state: 'delivered', rows: 2, suppressed: 1 }]);
    const shown = runOutput.parse((await here.done('runs', 'show', runs[0]?.runId ?? '', '--json')).json());
    expect(shown.steps.filter(({ step }) => ['extracting', 'delivering'].includes(step)).map(({ step }) => step)).toEqual([
      'extracting',
      'delivering',
      'extracting',
      'delivering',
    ]);
    const [name] = received();
    expect(readFileSync(join(inbox, name ?? ''), 'utf8')).toBe(
      EXPECTED_FILE.split('\n')
        .filter((line) => !line.startsWith('a0000003'))
        .join('\n'),
    );
  });

  test('ID-11: a segment below the minimum is skipped with the reason, and delivered once it is large enough', async () => {
    project.write('aquarius.yaml', settings(inbox).replace('minAudience: 2', 'minAudience: 4'));
    const plan = await planNow();
    expect(plan.notDelivered).toMatchObject([{ advertiserId: '4711', segmentId: '1480_4711_30D', reason: 'below_minimum' }]);
    const skipped = await deliverNow();
    expect(skipped.runs).toMatchObject([{ state: 'skipped', reason: 'below_minimum', files: [] }]);
    expect(received()).toEqual([]);
    project.writeRows('more.jsonl', [impression(device(9), { at: '2026-02-18T01:00:00Z' })]);
    await here.done('load', 'ad_impression_log_v2', 'more.jsonl');
    const { runs } = await deliverNow();
    expect(runs).toMatchObject([{ runId: skipped.runs[0]?.runId, state: 'delivered', rows: 4 }]);
  });

  test('an aggregated source is refused with a reason and makes no file', async () => {
    await here.done(
      'config',
      'set',
      '1480',
      '4711',
      'deliveryDestinations=[{"destination":"liveramp-us","sources":["CAMPAIGN_PERFORMANCE_REPORT_WEEKLY_STATS"]}]',
    );
    const plan = await planNow();
    expect(plan.deliveries).toEqual([]);
    expect(plan.notDelivered).toMatchObject([{ reason: 'no_identifiers: aggregated source' }]);
    expect(plan.notDelivered[0]?.detail).toContain('CAMPAIGN_PERFORMANCE_REPORT_WEEKLY_STATS');
    await deliverNow();
    expect(received()).toEqual([]);
  });

  test('an unreachable server is a passing failure: exit code 75, and nothing is lost', async () => {
    project.write('aquarius.yaml', settings(inbox).replace(`port: ${sshd.port}`, 'port: 1'));
    const failed = await project.run('deliver', '--at', AT, '--json');
    expect(failed.code).toBe(75);
    expect(deliverOutput.parse(JSON.parse(failed.stdout)).runs).toMatchObject([
      { state: 'delivering', error: { kind: 'transient' } },
    ]);
    project.write('aquarius.yaml', settings(inbox));
    expect((await deliverNow()).runs).toMatchObject([{ state: 'delivered', rows: 3 }]);
    expect(received()).toHaveLength(1);
  });

  test('mistakes on the command line end with their exit code and say why', async () => {
    const mistakes: readonly [readonly string[], number, string][] = [
      [['deliver', '--slot', 'someday'], 78, 'slot'],
      [['load', 'no_such_table', 'log.jsonl'], 78, 'no_such_table'],
      [['load', 'suppression', 'no-such-file.csv'], 78, 'no-such-file.csv'],
      [['runs', 'show', 'zzzz'], 78, 'no run'],
      [['plan', '--destination', 'liveramp-su'], 78, 'liveramp-us'],
      [['deliver', '--destination', 'liveramp-su'], 78, 'liveramp-us'],
      [['--home', 'log.jsonl', 'load', 'suppression', 'log.jsonl'], 78, 'a file is in its place'],
      [['init', 'log.jsonl'], 78, 'a file is in its place'],
      [['plan', '--agency', '7'], 78, 'agency 7'],
      [['frobnicate'], 64, 'unknown command'],
      [['plan', '--nonsense'], 64, 'unknown option'],
      [['config', 'set', '1480', '4711', 'lookbckDays=3'], 78, 'lookbackDays'],
      [['config', 'set', '1480', '4711', 'lookbackDays=400'], 78, '365'],
    ];
    for (const [args, code, words] of mistakes) {
      const result = await here.run(...args);
      expect([args, result.code]).toEqual([args, code]);
      expect(result.stderr).toContain(words);
      expect(result.stderr).not.toContain('    at ');
    }
  });

  test('settings with ten mistakes are all reported at once, each with its path', async () => {
    project.write(
      'aquarius.yaml',
      `warehose: {}
warehouse: { threads: none, memoryLimit: lots }
stage: { type: folder, colour: red }
destinations:
  One_Partner: { type: folder, path: x }
  two: { type: liveramp-sftp, username: u, password: hunter2, hostKeys: [], folder: relative }
policy: { minAudience: -1, staleSource: maybe }
defaults: { cadence: { hourUtc: 25 } }
`,
    );
    const result = await here.run('plan');
    expect(result.code).toBe(78);
    for (const path of [
      'warehose',
      'threads',
      'memoryLimit',
      'colour',
      'One_Partner',
      'hostKeys',
      'password',
      'minAudience',
      'staleSource',
      'hourUtc',
    ]) {
      expect(result.stderr).toContain(path);
    }
    expect(result.stderr).not.toContain('hunter2');
  });
});
