import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

/** `npm run new:destination`, in a copy of the repository: what it makes passes the checks and its own tests as it is. */

const NAME = 'acme-ads';
const MADE = [
  'docs/destinations/acme-ads.md',
  'src/destinations/acme-ads/acme-ads.ts',
  'src/destinations/acme-ads/calls.ts',
  'src/destinations/acme-ads/deliver.ts',
  'test/destination-acme-ads.test.ts',
  'test/golden/acme-ads/add.json',
  'test/standins/acme-ads-server.ts',
];
const CHANGED = ['.dependency-cruiser.mjs', 'src/destinations/registry.ts'];
const REGISTRY = 'src/destinations/registry.ts';

let copy: string;
let before: readonly string[];
let made: Result;
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'aquarius-new-destination-'));
  for (const path of [
    'src',
    'test',
    'scripts',
    'docs',
    'package.json',
    'tsconfig.json',
    'biome.json',
    '.gitignore',
    CHANGED[0] ?? '',
  ])
    cpSync(path, join(copy, path), { recursive: true });
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
  before = files();
  made = make(NAME);
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

interface Result {
  readonly code: number | null;
  readonly text: string;
}

function run(command: string, ...args: readonly string[]): Result {
  const env = { ...process.env, NO_COLOR: '1' };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: copy, encoding: 'utf8', env });
  return { code: status, text: stdout + stderr };
}
const tool = (name: string, ...args: readonly string[]): Result => run(`node_modules/.bin/${name}`, ...args);
const make = (...args: readonly string[]): Result => run(process.execPath, 'scripts/new-destination.ts', ...args);
const read = (path: string): string => readFileSync(join(copy, path), 'utf8');
const write = (path: string, text: string): void => writeFileSync(join(copy, path), text);

/** Every file of the copy, sorted. */
function files(): readonly string[] {
  return ['src', 'test', 'scripts', 'docs']
    .flatMap((folder) =>
      readdirSync(join(copy, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(copy.length + 1)),
    )
    .sort();
}

describe('a new destination', () => {
  test('is its folder, its test, stand-in, golden file and page, a line in the registry, and what comes next', () => {
    expect(made).toMatchObject({ code: 0, text: expect.stringContaining('calls.ts (login, answers, refusals)') });
    expect(files()).toEqual([...before, ...MADE].sort());
    for (const path of [...MADE, ...CHANGED]) expect(made.text).toContain(`  ${path}\n`);
    expect(read(REGISTRY)).toMatch(/^import \{ acmeAds \} from '\.\/acme-ads\/acme-ads\.ts';$/m);
    expect(read(REGISTRY)).toMatch(/\bacmeAds,?\s*\];/);
    expect(read('.dependency-cruiser.mjs')).toMatch(/^const ADAPTERS =\s*'\(.*\|acme-ads\)';$/m);
    expect(read('docs/configuration.md')).toContain('with `type: acme-ads`');
    for (const path of MADE) expect(read(path)).not.toMatch(/\{\{|TODO/);
  });

  test('passes formatter, linter, compiler, arrows and the check of what is generated', () => {
    const code = [...MADE.filter((path) => path.endsWith('.ts')), ...CHANGED];
    expect(tool('biome', 'ci', ...code)).toMatchObject({ code: 0 });
    write(
      'tsconfig.new.json',
      JSON.stringify({ extends: './tsconfig.json', include: code.filter((path) => path.endsWith('.ts')) }),
    );
    expect(tool('tsc', '-p', 'tsconfig.new.json')).toEqual({ code: 0, text: '' });
    expect(tool('depcruise', '--config', '.dependency-cruiser.mjs', 'src/destinations').text).not.toContain(NAME);
    expect(run(process.execPath, 'scripts/generate.ts', '--check')).toEqual({ code: 0, text: '' });
  });

  test('passes the suite for destinations with an API and its own tests, which would find a mistake', () => {
    // No other server is needed than the stand-in.
    write('vitest.config.ts', 'export default { test: { testTimeout: 60_000 } };\n');
    const tests = () => tool('vitest', 'run', `test/destination-${NAME}.test.ts`);
    const { code, text } = tests();
    expect({ code, text }).toMatchObject({ code: 0 });
    expect(text).not.toContain('skipped');
    const path = `src/destinations/${NAME}/deliver.ts`;
    const right = read(path);
    write(path, right.replace("? 'add' : 'remove'", "? 'add' : 'add'"));
    expect(read(path)).not.toBe(right);
    expect(tests()).toMatchObject({ code: 1, text: expect.stringContaining('members to remove are gone afterwards') });
    write(path, right);
  });

  test('stands alone: another adapter that imports it is found', () => {
    const path = 'src/destinations/folder/folder.ts';
    const right = read(path);
    write(path, `import '../${NAME}/${NAME}.ts';\n${right}`);
    const { code, text } = tool('depcruise', '--config', '.dependency-cruiser.mjs', 'src/destinations');
    expect(code).not.toBe(0);
    expect(text).toContain('adapters-stand-alone');
    write(path, right);
  });
});

describe('another one, under the longest name that there may be,', () => {
  test('is in order too, and so is what was there', () => {
    const name = 'the-longest-name-that-an-adapter-may-hav';
    expect(make(name)).toMatchObject({ code: 0 });
    const code = [...MADE.map((path) => path.replaceAll(NAME, name)), ...MADE].filter((path) => path.endsWith('.ts'));
    expect(tool('biome', 'ci', ...code, ...CHANGED)).toMatchObject({ code: 0 });
    expect(read('.dependency-cruiser.mjs')).toContain(`|${NAME}|${name})`);
    expect(make(`${name}e`)).toMatchObject({ code: 64 });
  });
});

describe('is refused, and nothing is written,', () => {
  const everything = () => [files(), ...CHANGED.map(read)];
  let left: unknown;
  beforeAll(() => {
    left = everything();
  });
  afterEach(() => expect(everything()).toEqual(left));

  test('what is no name, or no name for a variable', () => {
    for (const name of ['', 'Acme', 'acme--ads', '4ads', '../acme', 'a'.repeat(41)])
      expect(make(name)).toMatchObject({ code: 64, text: expect.stringContaining('is no name for an adapter') });
    for (const name of ['new', 'batch'])
      expect(make(name)).toMatchObject({ code: 64, text: expect.stringContaining(`such as ${name}-segments`) });
  });

  test('what exists: an adapter, a transport, or one of the files', () => {
    for (const name of [NAME, 'folder', 'sftp'])
      expect(make(name)).toMatchObject({ code: 64, text: expect.stringContaining(`src/destinations/${name} exists already`) });
    write('docs/destinations/other-ads.md', 'A page.\n');
    expect(make('other-ads')).toMatchObject({
      code: 64,
      text: expect.stringContaining('docs/destinations/other-ads.md exists'),
    });
    rmSync(join(copy, 'docs/destinations/other-ads.md'));
  });

  test('a call without a name or with more than one', () => {
    for (const args of [[], ['--help'], ['one-ads', 'two-ads']])
      expect(make(...args)).toMatchObject({ code: 64, text: expect.stringContaining('Usage: npm run new:destination NAME') });
  });

  test('a registry that is not as expected', () => {
    const right = read(REGISTRY);
    write(REGISTRY, right.replace('readonly Destination[] =', 'readonly (Destination)[] ='));
    expect(make('other-ads')).toMatchObject({ code: 70, text: expect.stringContaining('Nothing was written') });
    write(REGISTRY, right);
  });
});
