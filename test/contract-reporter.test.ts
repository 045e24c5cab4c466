import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { contractPage, idsOf, proofsOf } from '../scripts/contract-doc.ts';
import { CONTRACT, type ContractCase } from './contract/cases.ts';

const REPORTER = resolve('scripts/contract-reporter.ts');
const PROVEN = `import { describe, expect, test } from 'vitest';
test('LR-01, TD-02: two at once', () => {});
describe('LR-02: around', () => { test('a', () => {}); test('b', () => {}); });
test('no case, though it tells of LR-03', () => {});
`;
const LISTED: readonly ContractCase[] = [
  { id: 'LR-01', text: 'One.' },
  { id: 'LR-02', text: 'Two.' },
  { id: 'TD-02', text: 'Three.' },
  { id: 'TD-03', text: 'Four.', why: 'It cannot be.' },
];

/** A project of its own, whose whole run is held against `LISTED`. */
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'aquarius-contract-'));
  mkdirSync(join(folder, 'test'));
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  write('test/one.test.ts', PROVEN);
  write('test/two.test.ts', "import { test } from 'vitest';\ntest.each([1, 2])('TD-02: %i', () => {});\n");
  write('page.md', contractPage([{ title: 'Some', cases: LISTED }], PROOFS));
});

const PROOFS = new Map([
  ['LR-01', ['test/one.test.ts']],
  ['LR-02', ['test/one.test.ts']],
  ['TD-02', ['test/one.test.ts', 'test/two.test.ts']],
]);

const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const page = (): string => readFileSync(join(folder, 'page.md'), 'utf8');

/** A real run with the reporter; its exit code and what it said of the cases. */
function run({ cases = LISTED, isWriting = false } = {}): { readonly code: number | null; readonly said: readonly string[] } {
  write(
    'vitest.config.ts',
    `import ContractReporter from ${JSON.stringify(REPORTER)};
const options = ${JSON.stringify({ sections: [{ title: 'Some', cases }], page: 'page.md', write: isWriting })};
export default { test: { reporters: [new ContractReporter(options)], include: ['test/*.test.ts'] } };
`,
  );
  const { status, stderr } = spawnSync('node_modules/.bin/vitest', ['run'], { cwd: folder, encoding: 'utf8' });
  const at = stderr.indexOf('Contract cases');
  return { code: status, said: at < 0 ? [] : stderr.slice(at).trim().split('\n').slice(1) };
}

describe('a whole run', () => {
  test('that proves every case, and gives the page that is there, is well', () => {
    expect(run()).toEqual({ code: 0, said: [] });
  });

  test('fails by a case without a test, by one that is skipped, and by one that fails', () => {
    write('test/one.test.ts', PROVEN.replace("describe('LR-02", "describe.skip('LR-02").replace('LR-01, ', ''));
    expect(run()).toMatchObject({
      code: 1,
      said: [
        '  LR-01 has no passing test: One.',
        '  LR-02 has no passing test: Two.',
        '  page.md is not what this run gives: run `npm run generate:contract-tests`.',
      ],
    });
    write('test/two.test.ts', "import { test } from 'vitest';\ntest('TD-02: no', () => { throw new Error('no'); });\n");
    write('test/one.test.ts', PROVEN);
    expect(run()).toEqual({ code: 1, said: ['  TD-02 has a test that fails in test/two.test.ts.'] });
  });

  test('fails by a case that is not met and has a test, and by a test of a case that nobody listed', () => {
    write('test/two.test.ts', "import { test } from 'vitest';\ntest('TD-02, TD-03, TD-04: all', () => {});\n");
    expect(run()).toEqual({
      code: 1,
      said: [
        '  TD-03 is said not to be met, and has a test in test/two.test.ts: remove its `why`, or the test.',
        '  TD-04 is in no list, and has a test in test/two.test.ts.',
      ],
    });
  });

  test('fails by a page that is not what it gives, and writes it when asked', () => {
    const right = page();
    write('page.md', right.replace('test/two.test.ts', 'test/gone.test.ts'));
    expect(run()).toEqual({
      code: 1,
      said: ['  page.md is not what this run gives: run `npm run generate:contract-tests`.'],
    });
    expect(run({ isWriting: true })).toEqual({ code: 0, said: [] });
    expect(page()).toBe(right);
    expect(page()).toContain('| TD-03 | Four. | not met: It cannot be. |');
  });
});

describe('the page', () => {
  test('gives its proofs back', () => {
    expect(proofsOf(page())).toEqual(PROOFS);
  });

  test('takes ids only from the beginning of a title', () => {
    expect(idsOf('SF-04, LR-15: a connection')).toEqual(['SF-04', 'LR-15']);
    expect(idsOf('S3-01 a new key')).toEqual(['S3-01']);
    expect(idsOf('ID-15')).toEqual(['ID-15']);
    for (const title of ['as in LR-01', '(PM-08)', 'T6: synthetic', 'LR-011 many', 'LR-01x']) expect(idsOf(title)).toEqual([]);
  });

  test('is about cases that are each listed once', () => {
    const ids = CONTRACT.flatMap(({ cases }) => cases.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(idsOf(id)).toEqual([id]);
  });
});
