import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { initProject } from '../src/config/init.ts';
import { loadSettings } from '../src/config/load-settings.ts';
import { parseSettings } from '../src/config/parse-settings.ts';
import { readEnvironment } from '../src/config/secrets.ts';
import { ENV_TEMPLATE, SETTINGS_TEMPLATE } from '../src/config/template.ts';
import { AquariusError } from '../src/errors.ts';

async function refusal(work: () => unknown): Promise<AquariusError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof AquariusError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

const problemsOf = async (text: string) =>
  (await refusal(() => parseSettings(text, 'aquarius.yaml'))).problems.map(
    ({ path, line, message, hint }) => `${line} ${path}: ${message}${hint === undefined ? '' : ` (${hint})`}`,
  );

const LIVERAMP = `destinations:
  liveramp-us:
    type: liveramp-sftp
    username: acme
    privateKey: env:LIVERAMP_KEY
    hostKeys: [SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA]
    folder: /uploads/acme
`;

describe('parseSettings', () => {
  test('an empty file has every default', () => {
    for (const text of ['', '# nothing\n', '{}', 'destinations:\nstage:\npolicy:\n']) {
      expect(parseSettings(text, 'aquarius.yaml')).toEqual({
        warehouse: { type: 'duckdb', path: 'warehouse.duckdb' },
        tables: {},
        controlStore: {},
        stage: { type: 'folder', path: 'stage' },
        admin: { brandLibraryAgency: '1949' },
        pixel: {},
        destinations: {},
        defaults: { cadence: { hourUtc: 6, weekday: 'MONDAY', monthDay: 1 }, slotDeadlineHours: 24, lateMinutes: 60 },
        policy: {
          minAudience: 1000,
          deviceTypes: [],
          maxConflictShare: 0.5,
          maxMaskedShare: 0.05,
          staleSource: 'hold',
          staleAfterDays: 3,
          unknownConsent: 'refuse',
          deniedPlaceCategories: expect.arrayContaining(['hospital', 'church', 'shelter']),
        },
        worker: {
          retryFirstSeconds: 5,
          retryMaxSeconds: 1800,
          breaker: { failures: 5, coolDownSeconds: 60, maxCoolDownSeconds: 1800 },
          pauseAfterFailures: 3,
          shutdownSeconds: 30,
        },
        guards: { maxSizeChange: 0.5, approveFirstRun: false },
        retention: { stagedDays: 30, runDetailsDays: 400 },
        serve: { host: '127.0.0.1', port: 4780 },
        alerts: { channels: {}, rejectShare: 0.05, lateMinutes: 180 },
      });
    }
  });

  test('destinations are checked by their adapter and get its defaults', () => {
    expect(parseSettings(LIVERAMP, 'aquarius.yaml').destinations['liveramp-us']).toMatchObject({
      type: 'liveramp-sftp',
      host: 'files.liveramp.com',
      port: 22,
    });
  });

  test('ten mistakes are ten problems, each with its path, line and hint', async () => {
    const text = `warehouse:
  type: duckdb
  threads: many
stage:
  type: s4
tables:
  AD_IMPRESION_LOG_V2: { schema: RAW }
  SUPPRESSION:
    files: [optouts.csv]
    name: OPTOUTS
destinations:
  Liveramp_US:
    type: folder
    path: /srv/out
  liveramp-us:
    type: liveramp-sftp
    prot: 2222
    username: acme
    privateKey: env:LIVERAMP_KEY
    folder: /uploads/acme
policy:
  deviceTypes:
    - source: AD_IMPRESSION_LOG_V2
      rule: FIXED_IDFB
defaults:
  cadence:
    weekday: MON
polciy: {}
`;
    expect(await problemsOf(text)).toEqual([
      '3 warehouse.threads: must be a number, not text',
      '5 stage.type: must be one of folder, s3 (Did you mean s3?)',
      '7 tables.AD_IMPRESION_LOG_V2: unknown setting (Did you mean AD_IMPRESSION_LOG_V2?)',
      '9 tables.SUPPRESSION.files: excludes schema and name (A table is read from files, or from the warehouse.)',
      '12 destinations.Liveramp_US: must be at most 63 lower-case letters, digits and hyphens, the first no hyphen',
      '15 destinations.liveramp-us.hostKeys: is missing',
      '17 destinations.liveramp-us.prot: unknown setting (Did you mean port?)',
      '24 policy.deviceTypes[0].rule: must be one of FIXED_IDFA, FIXED_GAID, UNKNOWN (Did you mean FIXED_IDFA?)',
      '27 defaults.cadence.weekday: must be one of MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY (Did you mean MONDAY?)',
      '28 polciy: unknown setting (Did you mean policy?)',
    ]);
  });

  test('a mistake in the YAML itself is reported with its line, and the text around it is not shown', async () => {
    expect(await problemsOf('stage:\n  type: folder\n  type: s3\n')).toEqual(['3 : not valid YAML: Map keys must be unique']);
    const error = await refusal(() => parseSettings('destinations:\n  a: [hunter2\n  b: {', 'aquarius.yaml'));
    expect(error.code).toBe('settings_invalid');
    expect(JSON.stringify(error.problems)).not.toContain('hunter2');
  });

  test('YAML 1.2: words such as no are text, and merge keys are ordinary keys', async () => {
    expect(await problemsOf('policy:\n  staleSource: no\n')).toEqual(['2 policy.staleSource: must be one of warn, hold, fail']);
    expect(await problemsOf('x: &x { minAudience: 5 }\npolicy:\n  <<: *x\n')).toEqual([
      expect.stringContaining('1 x: unknown setting'),
      expect.stringContaining('3 policy.<<: unknown setting'),
    ]);
  });

  test('secrets in the file are refused as such, and never shown', async () => {
    const text = LIVERAMP.replace('env:LIVERAMP_KEY', '|\n      -----BEGIN OPENSSH PRIVATE KEY-----\n      hunter2\n').replace(
      'username: acme',
      'username: acme\n    password: hunter2\n    passphrase: 12345',
    );
    const error = await refusal(() =>
      parseSettings(`${text}controlStore: { url: 'postgres://me:hunter2@db/x' }\n`, 'aquarius.yaml'),
    );
    expect([error.kind, error.code]).toEqual(['config', 'secret_inline']);
    expect(error.problems.map(({ path, line }) => `${line} ${path}`)).toEqual([
      '5 destinations.liveramp-us.password',
      '6 destinations.liveramp-us.passphrase',
      '7 destinations.liveramp-us.privateKey',
      '13 controlStore.url',
    ]);
    expect(error.problems[0]?.hint).toContain('env:NAME');
    expect(error.message + JSON.stringify(error.problems)).not.toMatch(/hunter2|12345/);
  });

  test('a PostgreSQL server and an SQLite file exclude each other, and so do files and a table of the warehouse', async () => {
    expect(await problemsOf('controlStore: { url: env:DATABASE_URL, path: control.db }')).toEqual([
      '1 controlStore.path: excludes url (Keep url for PostgreSQL, or path for SQLite.)',
    ]);
    expect(await problemsOf('tables: { SUPPRESSION: { format: csv } }')).toEqual([
      '1 tables.SUPPRESSION.format: goes with files',
    ]);
  });

  test('no data crashes it: it is read, or refused with problems', () => {
    const names = fc.constantFrom(
      'warehouse',
      'tables',
      'stage',
      'destinations',
      'defaults',
      'policy',
      'controlStore',
      'type',
      'path',
      'a',
      '__proto__',
    );
    const { tree } = fc.letrec((tie) => ({
      leaf: fc.oneof(
        fc.string(),
        fc.integer(),
        fc.double(),
        fc.boolean(),
        fc.constantFrom(null, 'folder', 's3', 'liveramp-sftp', 'env:A'),
      ),
      tree: fc.oneof(
        { maxDepth: 4 },
        tie('leaf'),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(names, tie('tree'), { maxKeys: 5 }),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(names, tree, { maxKeys: 6 }), (settings) => {
        try {
          parseSettings(stringify(settings), 'aquarius.yaml');
        } catch (error) {
          if (!(error instanceof AquariusError)) throw error;
          expect(error.problems.length).toBeGreaterThan(0);
          for (const { line } of error.problems) expect(line).toBeGreaterThan(0);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('no text crashes it', () => {
    const mutated = fc
      .tuple(fc.nat(SETTINGS_TEMPLATE.length), fc.nat(20), fc.string({ unit: 'binary', maxLength: 8 }))
      .map(([at, length, text]) => SETTINGS_TEMPLATE.slice(0, at) + text + SETTINGS_TEMPLATE.slice(at + length));
    fc.assert(
      fc.property(fc.oneof(fc.string(), mutated), (text) => {
        try {
          parseSettings(text, 'aquarius.yaml');
        } catch (error) {
          if (!(error instanceof AquariusError)) throw error;
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('the template of `aquarius init`', () => {
  /** Examples are commented out with `#` and no space, or with as many as their indentation has. */
  const enabled = (text: string) => text.replaceAll(/^#(?=\S| {2})/gm, '');

  test('is valid as it is, and with all of its examples', () => {
    expect(parseSettings(SETTINGS_TEMPLATE, 'aquarius.yaml')).toEqual(parseSettings('', 'aquarius.yaml'));
    const all = parseSettings(enabled(SETTINGS_TEMPLATE), 'aquarius.yaml');
    expect(Object.keys(all.destinations)).toEqual(['outbox', 'liveramp-us']);
    expect(Object.keys(all.tables)).toEqual(['REF_ADVERTISER_CONFIG', 'AD_IMPRESSION_LOG_V2']);
    expect(all).toMatchObject({
      stage: { type: 's3' },
      controlStore: { url: 'env:DATABASE_URL' },
      policy: { minAudience: 1000 },
    });
  });

  test('shows every section, and names every secret of .env.example', () => {
    const sections = [
      'warehouse',
      'tables',
      'controlStore',
      'stage',
      'destinations',
      'defaults',
      'policy',
      'worker',
      'guards',
      'retention',
      'serve',
      'alerts',
    ];
    for (const section of sections) expect(SETTINGS_TEMPLATE).toMatch(new RegExp(`^#?${section}:$`, 'm'));
    const used = new Set([...SETTINGS_TEMPLATE.matchAll(/ env:([A-Z_]+)$/gm)].map(([, name]) => name));
    const offered = new Set([...ENV_TEMPLATE.matchAll(/^#([A-Z_]+)=/gm)].map(([, name]) => name));
    expect(offered).toEqual(used);
  });
});

describe('with files', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'aquarius-config-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const at = (...names: string[]) => join(folder, ...names);
  const load = ({ env = {}, ...options }: Partial<Parameters<typeof loadSettings>[0]> = {}) =>
    loadSettings({ home: at('home'), cwd: folder, env, ...options });

  test('initProject writes both files once and never overwrites', async () => {
    expect(await initProject(at('new'))).toEqual([at('new', 'aquarius.yaml'), at('new', '.env.example')]);
    const error = await refusal(() => initProject(at('new')));
    expect([error.kind, error.code]).toEqual(['config', 'init_exists']);
    writeFileSync(at('.env.example'), 'mine');
    expect((await refusal(() => initProject(folder))).message).toContain('.env.example');
    expect((await refusal(() => load())).code).toBe('settings_missing');
  });

  test('without a file there are no settings, only a hint', async () => {
    const error = await refusal(() => load());
    expect([error.kind, error.code]).toEqual(['config', 'settings_missing']);
    expect(error.hint).toContain('aquarius init');
    expect((await refusal(() => load({ file: 'other.yaml' }))).message).toContain(at('other.yaml'));
  });

  test('the file is the one given, else AQUARIUS_CONFIG, else ./aquarius.yaml, else the one in the data directory', async () => {
    mkdirSync(at('home'));
    const put = (name: string, minimum: number) => writeFileSync(at(name), `policy: { minAudience: ${minimum} }\n`);
    put('home/aquarius.yaml', 4);
    expect((await load()).policy.minAudience).toBe(4);
    put('aquarius.yaml', 3);
    expect((await load()).policy.minAudience).toBe(3);
    put('env.yaml', 2);
    const env = { AQUARIUS_CONFIG: 'env.yaml' };
    expect((await load({ env })).policy.minAudience).toBe(2);
    put('given.yaml', 1);
    expect(await load({ env, file: 'given.yaml' })).toMatchObject({
      policy: { minAudience: 1 },
      file: at('given.yaml'),
      folder,
      home: at('home'),
    });
  });

  test('a folder in place of the file is unreadable, not missing', async () => {
    mkdirSync(at('aquarius.yaml'));
    expect((await refusal(() => load())).code).toBe('settings_unreadable');
  });

  test("the program's paths start at the data directory, table files at aquarius.yaml", async () => {
    mkdirSync(at('etc'));
    writeFileSync(
      at('etc', 'aquarius.yaml'),
      `warehouse: { tempDirectory: tmp }
tables:
  SUPPRESSION: { files: [optouts/*.csv, /abs/x.csv] }
  STORE_VISITS: { schema: RAW }
destinations:
  out: { type: folder, path: out }
policy:
  deviceTypes: [{ source: STORE_VISITS, agency: 1001, rule: UNKNOWN }]
`,
    );
    expect(await load({ file: 'etc/aquarius.yaml' })).toMatchObject({
      warehouse: { path: at('home', 'warehouse.duckdb'), tempDirectory: at('home', 'tmp') },
      stage: { type: 'folder', path: at('home', 'stage') },
      controlStore: { type: 'sqlite', path: at('home', 'control.db') },
      tables: {
        SUPPRESSION: { files: [at('etc', 'optouts/*.csv'), '/abs/x.csv'] },
        STORE_VISITS: { schema: 'RAW' },
      },
      destinations: { out: { type: 'folder', path: at('home', 'out') } },
      policy: { deviceTypes: [{ source: 'STORE_VISITS', agency: '1001', rule: 'UNKNOWN' }] },
    });
  });

  test('what the settings leave open is taken from the machine', async () => {
    writeFileSync(at('aquarius.yaml'), '');
    const limitsOn = async (memoryBytes: number, processors: number) => {
      const { warehouse, worker } = await load({ machine: { memoryBytes, processors } });
      if (warehouse.type !== 'duckdb') throw new Error('another warehouse');
      return [warehouse.memoryLimit, warehouse.threads, worker.parallel];
    };
    expect(await limitsOn(16 * 1024 ** 3, 4)).toEqual(['9830MiB', 4, 4]);
    // In a small container most must be left to the rest of the program.
    expect(await limitsOn(1024 ** 3 - 1, 1)).toEqual(['614MiB', 1, 2]);
    expect(await limitsOn(700 * 1024 ** 2, 1)).toEqual(['300MiB', 1, 2]);
    expect(await limitsOn(256 * 1024 ** 2, 64)).toEqual(['256MiB', 64, 8]);
    writeFileSync(at('aquarius.yaml'), 'warehouse: { memoryLimit: 4GB, threads: 3 }\nworker: { parallel: 12 }');
    expect(await limitsOn(1024 ** 3, 1)).toEqual(['4GB', 3, 12]);
  });

  test('DATABASE_URL is the control store unless the settings name one', async () => {
    writeFileSync(at('aquarius.yaml'), '');
    writeFileSync(at('.env'), 'DATABASE_URL=postgres://from-dot-env/x\n');
    expect((await load()).controlStore).toEqual({ type: 'postgres', url: 'env:DATABASE_URL' });
    writeFileSync(at('aquarius.yaml'), 'controlStore: { path: mine.db }');
    expect((await load()).controlStore).toEqual({ type: 'sqlite', path: at('home', 'mine.db') });
    writeFileSync(at('aquarius.yaml'), 'controlStore: { url: env:OTHER }');
    expect((await load()).controlStore).toEqual({ type: 'postgres', url: 'env:OTHER' });
  });

  test('the real environment wins over .env', async () => {
    writeFileSync(at('.env'), 'A=file\nB="two words" # remark\n');
    expect(await readEnvironment(folder, { A: 'real' })).toEqual({ A: 'real', B: 'two words' });
    expect(await readEnvironment(at('nowhere'), { A: 'real' })).toEqual({ A: 'real' });
  });
});
