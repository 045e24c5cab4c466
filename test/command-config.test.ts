import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorOutput } from '../src/shapes/shapes.ts';
import { makeProject, type Project } from './support/project.ts';
import { configRow, seed } from './support/seed.ts';

/** `config`: what a person changes, sees and carries from one place to another. */

const SETTINGS = `
destinations:
  liveramp-us: { type: liveramp-sftp, username: u, password: 'env:P', hostKeys: ['SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'], folder: /uploads }
  archive: { type: folder, path: archive }
`;

let project: Project;
beforeAll(async () => {
  project = makeProject(SETTINGS);
  await seed(project, new Date('2026-02-18T12:00:00Z'), {
    REF_ADVERTISER_CONFIG: [
      configRow('100', [{ destination: 'archive', segmentId: 'A, "quoted"', priceCpm: '1.15' }], { CONFIG_VERSION: 3 }),
      configRow('200', [], { CONFIG_STATUS: 'INACTIVE', DELIVERY_ENABLED: false, DELIVERY_LOOKBACK_DAYS: null }),
      configRow('300', [{ destination: 'archive' }], { DELIVERY_CADENCE: 'CRON 30 5 * * 2 TZ=America/New_York' }),
      configRow('400', [{ destination: 'archive' }], { ADVERTISER_DISPLAY_NAME: 'Søren & Söhne' }),
    ],
  });
});
afterAll(() => project[Symbol.dispose]());

const fields = (line: string): readonly string[] => line.trim().split(/ {2,}/);

describe('config set', () => {
  test('shows what was and what is, and says so when nothing changes', async () => {
    const { stdout } = await project.done('config', 'set', '1480', '100', 'lookbackDays=60', 'cadence=daily', 'status=ACTIVE');
    const lines = stdout.trimEnd().split('\n');
    expect(fields(lines[0] ?? '')).toEqual(['COLUMN', 'BEFORE', 'AFTER']);
    expect(lines.slice(2).map(fields)).toEqual([
      ['DELIVERY_LOOKBACK_DAYS', '30', '60'],
      ['DELIVERY_CADENCE', 'WEEKLY', 'DAILY'],
    ]);
    const again = await project.done('config', 'set', '1480', '100', 'lookbackDays=60');
    expect(again.stdout).toBe('Nothing changed: the row says so already.\n');
    const shown = await project.done('config', 'show', '1480', '100');
    expect(shown.stdout).toContain('lookback      60 days');
    expect(shown.stdout).toContain('version       4');
  });

  test('--json gives the configuration before and after', async () => {
    const made = await project.done('config', 'set', '1480', '500', 'deliveryEnabled=true', '--json');
    expect(made.json()).toMatchObject({
      before: null,
      after: { agencyId: '1480', advertiserId: '500', deliveryEnabled: true, destinations: [], configVersion: 1, problems: [] },
      note: 'Made with the defaults and PCM_4KEY.',
    });
    const changed = await project.done('config', 'set', '1480', '500', 'lookbackDays=null', '--json');
    expect(changed.json()).toMatchObject({
      before: { lookbackDays: 30, configVersion: 1 },
      after: { lookbackDays: null, configVersion: 2 },
      changed: ['DELIVERY_LOOKBACK_DAYS'],
      note: null,
    });
  });

  test('reports every mistake at once and writes nothing', async () => {
    const result = await project.run(
      'config',
      'set',
      '1480',
      '400',
      'lookbackDays=0',
      'cadence=WEEKLEY',
      'status=GONE',
      '--json',
    );
    expect(result.code).toBe(78);
    const { error } = errorOutput.parse(result.json());
    expect(error.code).toBe('config_invalid');
    expect(error.problems.map(({ path }) => path)).toEqual(['DELIVERY_LOOKBACK_DAYS', 'DELIVERY_CADENCE', 'CONFIG_STATUS']);
    expect(error.problems[1]?.hint).toBe('Did you mean WEEKLY?');
    const unknown = await project.run('config', 'set', '1480', '400', 'destinations=[{"destination":"archve"}]', '--json');
    expect(unknown.code).toBe(78);
    expect(errorOutput.parse(unknown.json()).error.problems).toMatchObject([
      { path: 'DELIVERY_DESTINATIONS[0].destination', hint: 'Did you mean archive?' },
    ]);
    expect((await project.done('config', 'show', '1480', '400', '--json')).json()).toMatchObject({
      lookbackDays: 30,
      cadence: 'WEEKLY',
      status: 'ACTIVE',
      destinations: [{ destination: 'archive' }],
    });
  });

  test('is refused where the table is read from files, which stay as they are', async () => {
    project.write('rows.csv', 'AGENCY_ID,ADVERTISER_ID,CONFIG_STATUS\n1480,700,ACTIVE\n');
    project.write('files.yaml', `${SETTINGS}tables: { REF_ADVERTISER_CONFIG: { files: [rows.csv] } }\n`);
    const files = ['--config', project.path('files.yaml')];
    const result = await project.run(...files, 'config', 'set', '1480', '700', 'deliveryEnabled=true', '--json');
    expect(result.code).toBe(78);
    expect(errorOutput.parse(result.json()).error).toMatchObject({
      code: 'config_read_only',
      hint: expect.stringContaining('Change the files'),
    });
    const listed = await project.done(...files, 'config', 'list', '--json');
    expect(listed.json()).toMatchObject({ advertisers: [{ advertiserId: '700', deliveryEnabled: false }] });
  });
});

describe('config import', () => {
  test('takes all rows or none: every bad row is reported with its place, and the good ones are not written', async () => {
    const file = project.write(
      'bad.csv',
      `agencyId,advertiserId,deliveryEnabled,lookbackDays,destinations
1480,801,true,30,"[{""destination"":""archive""}]"
1480,802,maybe,30,[]
1480,,true,30,[]
1480,804,true,400,[{]
1480,801,true,30,[]
1480,806,true
1480,807,true,30,"[{""destination"":""archve""}]"
`,
    );
    const result = await project.run('config', 'import', file, '--json');
    expect(result.code).toBe(78);
    const { error } = errorOutput.parse(result.json());
    expect(error.message).toContain('nothing was changed');
    expect(error.problems.map(({ path, line }) => [line, path])).toEqual(
      expect.arrayContaining([
        [3, 'row 3, DELIVERY_ENABLED'],
        [4, 'row 4, ADVERTISER_ID'],
        [5, 'row 5, DELIVERY_LOOKBACK_DAYS'],
        [5, 'row 5, DELIVERY_DESTINATIONS'],
        [6, 'row 6'],
        [7, 'row 7'],
      ]),
    );
    expect(error.problems.map(({ line }) => line ?? 0)).toEqual(
      error.problems.map(({ line }) => line ?? 0).toSorted((a, b) => a - b),
    );
    for (const { path } of error.problems) expect(result.stderr).toContain(path);
    const { advertisers } = (await project.done('config', 'list', '--json')).json() as Listed;
    expect(advertisers.filter(({ advertiserId }) => advertiserId.startsWith('80'))).toEqual([]);
  });

  test('a destination that the settings do not have is reported like any other mistake', async () => {
    const file = project.write(
      'unknown.json',
      JSON.stringify([
        { agencyId: '1480', advertiserId: '811', destinations: [{ destination: 'archive' }] },
        { agencyId: '1480', advertiserId: '812', destinations: [{ destination: 'archve' }] },
      ]),
    );
    const result = await project.run('config', 'import', file, '--json');
    expect(result.code).toBe(78);
    expect(errorOutput.parse(result.json()).error.problems).toMatchObject([
      { path: 'row 2, DELIVERY_DESTINATIONS[0].destination', hint: 'Did you mean archive?' },
    ]);
    expect((await project.run('config', 'show', '1480', '811')).code).toBe(78);
  });

  test('in words, says what was made and what was changed; --json says the same', async () => {
    const file = project.write('good.csv', 'AGENCY_ID,ADVERTISER_ID,DELIVERY_CADENCE\n1480,300,MONTHLY\n1480,901,DAILY\n');
    const { stdout } = await project.done('config', 'import', file);
    expect(stdout).toMatch(/^changed 1480 300$/m);
    expect(stdout).toMatch(/^DELIVERY_CADENCE +CRON 30 5 \* \* 2 TZ=America\/New_York +MONTHLY$/m);
    expect(stdout).toMatch(/^created 1480 901$/m);
    expect(stdout).toMatch(/^1 created, 1 changed, 0 as they were\.$/m);
    expect((await project.done('config', 'import', file, '--json')).json()).toEqual({
      created: 0,
      updated: 0,
      unchanged: 2,
      changes: [],
    });
  });
});

describe('config export', () => {
  test.each(['csv', 'json'])(
    'as %s, imported elsewhere, is the same configuration, and imported back changes nothing',
    async (format) => {
      using other = makeProject(SETTINGS);
      const { stdout } = await project.done('config', 'export', '--format', format);
      const count = ((await project.done('config', 'list', '--json')).json() as Listed).advertisers.length;
      expect(count).toBeGreaterThanOrEqual(4);

      const file = project.write(`export.${format}`, stdout);
      const back = await project.done('config', 'import', file, '--json');
      expect(back.json()).toMatchObject({ created: 0, updated: 0, unchanged: count });

      const taken = await other.done('config', 'import', file, '--json');
      expect(taken.json()).toMatchObject({ created: count, updated: 0, unchanged: 0 });
      expect((await other.done('config', 'export', '--format', format)).stdout).toBe(stdout);
    },
  );

  test('of another format is refused', async () => {
    const result = await project.run('config', 'export', '--format', 'xml');
    expect(result.code).toBe(64);
    expect(result.stderr).toContain('It is one of csv, json.');
  });
});

describe('config list, show and validate', () => {
  interface Described {
    readonly advertisers: readonly Record<string, unknown>[];
  }

  test('list and show agree on an advertiser, its rows and its spelling of names', async () => {
    const { advertisers } = (await project.done('config', 'list', '--agency', '1480', '--json')).json() as Described;
    const shown: unknown = (await project.done('config', 'show', '1480', '400', '--json')).json();
    expect(advertisers.find(({ advertiserId }) => advertiserId === '400')).toEqual(shown);
    expect(shown).toMatchObject({ displayName: 'Søren & Söhne', deliveryEnabled: true, problems: [] });
    expect((await project.done('config', 'list', '--agency', '1', '--json')).json()).toEqual({ advertisers: [] });
  });

  test('validate reports every row that is wrong, and ends well when none is', async () => {
    using other = makeProject(SETTINGS);
    await seed(other, new Date('2026-02-18T12:00:00Z'), {
      REF_ADVERTISER_CONFIG: [configRow('1', [{ destination: 'archive' }])],
    });
    expect((await other.done('config', 'validate', '--json')).json()).toMatchObject({ ok: true, advertisers: 1 });
    await seed(other, new Date('2026-02-18T12:00:00Z'), {
      REF_ADVERTISER_CONFIG: [
        configRow('2', [{ destination: 'archve' }], { DELIVERY_CADENCE: 'HOURLY' }),
        configRow('3', '[{"destination": "archive", "segment_id": "S"}]'),
      ],
    });
    const result = await other.run('config', 'validate', '--json');
    expect(result.code).toBe(78);
    expect(errorOutput.parse(result.json()).error.problems.map(({ path }) => path)).toEqual([
      '1480 2, DELIVERY_CADENCE',
      '1480 2, DELIVERY_DESTINATIONS[0].destination',
      '1480 3, DELIVERY_DESTINATIONS[0].segment_id',
    ]);
  });

  test('an advertiser without a row is not found, and reading makes no data directory', async () => {
    using empty = makeProject(SETTINGS);
    const result = await empty.run('config', 'show', '1480', '1', '--json');
    expect(result.code).toBe(78);
    expect(errorOutput.parse(result.json()).error.hint).not.toBeNull();
    expect(existsSync(empty.path('.aquarius'))).toBe(false);
    expect((await project.run('config', 'show', '1480', '999')).code).toBe(78);
  });
});

interface Listed {
  readonly advertisers: readonly { readonly advertiserId: string }[];
}
