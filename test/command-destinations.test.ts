import { PassThrough } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { App } from '../src/app.ts';
import { confirm } from '../src/cli/confirm.ts';
import { withSharedApp } from '../src/cli/forward/shared-app.ts';
import { type CommandIo, withIo } from '../src/cli/io.ts';
import { runCli } from '../src/cli/run-cli.ts';
import {
  destinationCheckOutput,
  destinationsOutput,
  taxonomyApplyOutput,
  taxonomyPlanOutput,
} from '../src/shapes/destination-shapes.ts';
import { errorOutput } from '../src/shapes/shapes.ts';
import { TTD_PROVIDER, TTD_TOKEN, type TtdPlatform, ttdPlatformServer } from './standins/ttd-platform-server.ts';
import { startCommandServer } from './support/command-server.ts';
import { planRequest } from './support/plan-request.ts';
import { makeProject, type Project } from './support/project.ts';
import { configRow, openProject, seed } from './support/seed.ts';
import { failureOf } from './support/stage-files.ts';

/** `destinations`: what there is, and the taxonomy of a partner, planned and applied. */

const AT = new Date('2026-02-18T12:00:00Z');

const TEN_YEARS_MS = 315_360_000_000;

let partner: TtdPlatform;
let project: Project;

const settings = (url: string): string => `
destinations:
  archive: { type: folder, path: archive }
  ttd-market:
    type: ttd-api
    mode: thirdParty
    dataProviderId: ${TTD_PROVIDER}
    token: env:DATA_TOKEN
    checkByCall: false
    taxonomy:
      platformUrl: ${url}/v3
      auth: { token: env:PLATFORM_TOKEN }
      providerId: ${TTD_PROVIDER}
      rate: { level: Partner, partnerId: p1 }
`;

const entry = (segmentId: string, more: Readonly<Record<string, unknown>> = {}) => ({
  destination: 'ttd-market',
  segmentId,
  ...more,
});

beforeAll(async () => {
  partner = await ttdPlatformServer();
  // The command really waits for them.
  partner.batchesEnd('Success', 0);
  project = makeProject(settings(partner.url));
  Object.assign(project.env, { DATA_TOKEN: 'd', PLATFORM_TOKEN: TTD_TOKEN });
  await seed(project, AT, {
    REF_ADVERTISER_CONFIG: [
      configRow('100', [entry('coffee', { segmentName: 'Coffee drinkers', priceCpm: '1.15' })], {
        ADVERTISER_DISPLAY_NAME: 'Coffee',
      }),
      configRow('200', [entry('tea', { priceCpm: '2.50' }), entry('tea_off', { enabled: false }), { destination: 'archive' }], {
        ADVERTISER_DISPLAY_NAME: 'Tea',
      }),
      configRow('300', [entry('split', { mode: 'split', priceCpm: '3' }), entry('split_whole')], {
        ADVERTISER_DISPLAY_NAME: 'Split',
      }),
      configRow('400', [entry('mistake')], { DELIVERY_CADENCE: 'HOURLY' }),
      configRow('500', [entry('off')], { DELIVERY_ENABLED: false }),
      configRow('600', [entry('later', { mode: 'split' })]),
    ],
  });
  const app = await openProject(project, { at: AT });
  const of = (segmentId: string, segmentName: string) => ({
    delivery: { agencyId: '1480', advertiserId: '300', destination: 'ttd-market', segmentId },
    facts: { segmentName },
  });
  await app.ledger.planRun(planRequest(of('split_IO1', 'Split / Spring')));
  await app.ledger.planRun(planRequest(of('split_whole', 'Split, whole')));
  await app[Symbol.asyncDispose]();
});
afterAll(async () => {
  project[Symbol.dispose]();
  await partner[Symbol.asyncDispose]();
});
beforeEach(() => {
  for (const held of [partner.elements, partner.rates]) held.clear();
  for (const told of [partner.created, partner.renamed, partner.batches]) told.length = 0;
  partner.addElement('tea', 'Old tea');
  partner.addRate('tea', '2.00');
  partner.addElement('stray', 'Nobody’s');
});

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly json: () => unknown;
}

/** Runs a command line in this process, which is much faster, as a user of the project would, without a terminal. */
async function run(place: Project, ...args: readonly string[]): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  const io: CommandIo = {
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    isTTY: false,
    columns: 80,
    cwd: place.folder,
    env: { ...place.env, AQUARIUS_CONFIG: place.path('aquarius.yaml') },
    signal: new AbortController().signal,
    actor: 'ada',
  };
  const code = await withIo(io, () => runCli(args));
  return { code, stdout, stderr, json: () => JSON.parse(stdout) };
}

async function done(...args: readonly string[]): Promise<Ended> {
  const ended = await run(project, ...args);
  if (ended.code !== 0) throw new Error(`${args.join(' ')} ended with ${ended.code}:\n${ended.stdout}\n${ended.stderr}`);
  return ended;
}

const WANTED = [
  { segmentId: 'coffee', kind: 'create', from: null, to: 'Coffee drinkers' },
  { segmentId: 'coffee', kind: 'price', from: null, to: '1.15' },
  { segmentId: 'split_IO1', kind: 'create', from: null, to: 'Split / Spring' },
  { segmentId: 'split_IO1', kind: 'price', from: null, to: '3' },
  { segmentId: 'split_whole', kind: 'create', from: null, to: 'Split' },
  { segmentId: 'stray', kind: 'not_wanted', from: 'Nobody’s', to: null },
  { segmentId: 'tea', kind: 'rename', from: 'Old tea', to: 'Tea' },
  { segmentId: 'tea', kind: 'price', from: '2', to: '2.50' },
];

test('lists what there is, what it takes, and how it is doing', async () => {
  const app = await openProject(project, { at: AT });
  const policy = { failures: 1, coolDownMs: TEN_YEARS_MS, maxCoolDownMs: TEN_YEARS_MS };
  await app.ledger.recordDestination('archive', { ok: false, code: 'folder_missing', message: 'no folder' }, policy);
  await app[Symbol.asyncDispose]();
  const { destinations } = destinationsOutput.parse((await done('destinations', '--json')).json());
  expect(destinations.map(({ name, type, breaker, taxonomy }) => [name, type, breaker, taxonomy])).toEqual([
    ['archive', 'folder', 'open', false],
    ['ttd-market', 'ttd-api', 'closed', true],
  ]);
  expect(destinations[1]).toMatchObject({ ttlDays: 90, maxTtlDays: 180, failures: 0, errorCode: null });
  const { stdout } = await done('destinations');
  expect(stdout).toMatch(/archive +folder +.*IDFA.* for good +open until 20.* UTC: folder_missing/);
  expect(stdout).toMatch(/ttd-market +ttd-api +IDFA GAID .* 90 days +yes +closed/);
});

test('without any says how to have one', async () => {
  using empty = makeProject('{}');
  expect((await run(empty, 'destinations')).stdout).toContain('No destinations.');
  expect((await run(empty, 'destinations', '--json')).json()).toEqual({ destinations: [] });
});

test('checks one destination, and ends as the check does', async () => {
  const checked = await done('destinations', 'check', 'ttd-market', '--json');
  expect(destinationCheckOutput.parse(checked.json())).toEqual({ destination: 'ttd-market', type: 'ttd-api', ok: true });
  using broken = makeProject('destinations: { archive: { type: folder, path: /proc/nowhere } }');
  expect((await run(broken, 'destinations', 'check', 'archive')).code).toBe(78);
  const unknown = await run(project, 'destinations', 'check', 'ttd-markt', '--json');
  expect(unknown.code).toBe(78);
  expect(errorOutput.parse(unknown.json()).error).toMatchObject({
    code: 'unknown_destination',
    hint: 'Did you mean ttd-market?',
  });
});

describe('a plan', () => {
  test('has every segment that is wanted, says what it cannot know, and changes nothing', async () => {
    const plan = taxonomyPlanOutput.parse((await done('destinations', 'plan', 'ttd-market', '--json')).json());
    expect(plan.differences).toEqual(WANTED);
    expect(plan).toMatchObject({ segments: 4, counts: { create: 3, rename: 1, price: 3, not_wanted: 1 } });
    expect(plan.notes).toEqual([
      '1 segment of split audiences: those that have been sent, or tried.',
      '1 split audience without a run yet: which segments there are is not known.',
      '1 advertiser left out for mistakes in the configuration: `aquarius config validate` tells them.',
    ]);
    const { stdout } = await done('destinations', 'plan', 'ttd-market');
    expect(stdout).toMatch(/^tea +rename +Old tea +Tea$/m);
    expect(stdout).toContain('4 segments wanted at ttd-market. Differences: create 3, rename 1, price 3, not_wanted 1.');
    expect(stdout).toContain('What nobody wants is left alone.');
    expect([...partner.created, ...partner.renamed, ...partner.batches]).toEqual([]);
  });

  test('of a destination without a taxonomy is refused', async () => {
    const { code, ...result } = await run(project, 'destinations', 'plan', 'archive', '--json');
    expect(code).toBe(78);
    expect(errorOutput.parse(result.json()).error.code).toBe('no_taxonomy');
  });
});

describe('applying', () => {
  test('without anybody to ask is refused, shows the plan, and changes nothing', async () => {
    const { code, stdout, stderr } = await run(project, 'destinations', 'apply', 'ttd-market');
    expect(code).toBe(78);
    expect(stdout).toContain('Old tea');
    expect(stderr).toContain('[confirmation_needed]');
    expect(stderr).toContain('--yes');
    expect([...partner.created, ...partner.renamed, ...partner.batches]).toEqual([]);
  });

  test('creates, renames and prices what is new; changes prices only with --prices; and is written down', async () => {
    const { stdout } = await done('destinations', 'apply', 'ttd-market', '--yes', '--reason', 'spring list');
    expect(stdout).toContain('Done at ttd-market: 3 created, 1 renamed, 2 priced.');
    expect(stdout).toContain('1 price was left as it is: --prices');
    expect([partner.price('coffee'), partner.price('split_IO1'), partner.price('tea')]).toEqual(['1.15', '3', '2.00']);
    expect(partner.elements.get('stray')?.DisplayName).toBe('Nobody’s');

    const apply = async (...more: readonly string[]) =>
      taxonomyApplyOutput.parse((await done('destinations', 'apply', 'ttd-market', '--yes', '--json', ...more)).json());
    const price = { segmentId: 'tea', kind: 'price', from: '2', to: '2.50' };
    expect(await apply()).toMatchObject({ applied: [], left: [{ kind: 'not_wanted' }, price] });
    expect(await apply('--prices')).toMatchObject({ applied: [price], left: [{ kind: 'not_wanted' }] });
    expect(partner.price('tea')).toBe('2.5');

    const app = await openProject(project, { at: AT, mode: 'ledger' });
    const entries = await app.ledger.auditLog({ subjectKind: 'destination', subjectId: 'ttd-market' });
    await app[Symbol.asyncDispose]();
    expect(entries.map(({ action, via, reason }) => [action, via, reason]).toSorted()).toEqual([
      ['taxonomy.create', 'cli', 'spring list'],
      ['taxonomy.price', 'cli', null],
      ['taxonomy.price', 'cli', 'spring list'],
      ['taxonomy.rename', 'cli', 'spring list'],
    ]);
    expect(entries[0]).toMatchObject({ action: 'taxonomy.price', actor: 'ada', before: { tea: '2' }, after: { tea: '2.50' } });
  });

  test('says so when nothing differs', async () => {
    partner.elements.delete('stray');
    await done('destinations', 'apply', 'ttd-market', '--yes', '--prices');
    expect((await done('destinations', 'plan', 'ttd-market')).stdout).toContain('Nothing differs at ttd-market: 4 segments.');
    expect((await done('destinations', 'apply', 'ttd-market')).stdout).toContain('There is nothing to change.');
  });

  test('goes through a server, which cannot ask', async () => {
    const app = await openProject(project, { at: AT });
    const server = await startCommandServer(app);
    try {
      const asked = await run(project, 'destinations', 'apply', 'ttd-market', '--json');
      expect(errorOutput.parse(asked.json()).error.code).toBe('confirmation_needed');
      await done('destinations', 'apply', 'ttd-market', '--yes');
      expect(server.begun).toHaveLength(2);
      expect(partner.created).toHaveLength(3);
    } finally {
      await server.stop();
      await app[Symbol.asyncDispose]();
    }
  });
});

describe('a question', () => {
  let input: PassThrough & { isTTY?: boolean };
  let output: PassThrough;
  let stop: AbortController;
  beforeEach(() => {
    input = Object.assign(new PassThrough(), { isTTY: true });
    output = new PassThrough();
    stop = new AbortController();
  });
  afterEach(() => {
    input.destroy();
  });

  const ask = (isTTY = true): Promise<boolean | null> => {
    const silent = { stdout: () => {}, stderr: () => {}, columns: 80, cwd: '/', env: {}, actor: 'a' };
    const io: CommandIo = { ...silent, isTTY, signal: stop.signal };
    return withIo(io, () => confirm('Do it?', { input, output }));
  };

  test.each([
    ['y\n', true],
    ['YES\r\n', true],
    ['n\n', false],
    ['\n', false],
    ['yesterday\n', false],
  ])('answered with %j is %s', async (answer, isYes) => {
    input.write(answer);
    expect(await ask()).toBe(isYes);
    expect(String(output.read())).toContain('Do it? [y/N] ');
  });

  test('that ends without an answer is no', async () => {
    input.end();
    expect(await ask()).toBe(false);
  });

  test('is not asked where nobody is', async () => {
    expect(await ask(false)).toBeNull();
    // A server has a terminal of its own, and its caller sits at another.
    expect(await withSharedApp({} as App, () => ask())).toBeNull();
    input.isTTY = false;
    expect(await ask()).toBeNull();
  });

  test('ends when the command is stopped', async () => {
    const asked = failureOf(ask());
    stop.abort(new Error('stopped'));
    expect(await asked).toMatchObject({ message: 'stopped' });
  });
});
