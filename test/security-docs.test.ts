import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** The table of docs/security.md against the standard and against the tests that it names. */

/** Requirements of level 1 by section, of the OWASP ASVS 5.0.0. */
const LEVEL_1 = {
  ...{ 'V1.2': [1, 2, 3, 4, 5], 'V1.3': [1, 2], 'V1.5': [1], 'V2.1': [1], 'V2.2': [1, 2], 'V2.3': [1] },
  ...{ 'V3.2': [1, 2], 'V3.3': [1], 'V3.4': [1, 2], 'V3.5': [1, 2, 3], 'V4.1': [1], 'V4.4': [1], 'V5.2': [1, 2], 'V5.3': [1, 2] },
  ...{ 'V6.1': [1], 'V6.2': [1, 2, 3, 4, 5, 6, 7, 8], 'V6.3': [1, 2], 'V6.4': [1, 2], 'V7.2': [1, 2, 3, 4], 'V7.4': [1, 2] },
  ...{ 'V8.1': [1], 'V8.2': [1, 2], 'V8.3': [1], 'V9.1': [1, 2, 3], 'V9.2': [1], 'V10.4': [1, 2, 3, 4, 5], 'V11.3': [1, 2] },
  ...{
    'V11.4': [1],
    'V12.1': [1],
    'V12.2': [1, 2],
    'V13.4': [1],
    'V14.2': [1],
    'V14.3': [1],
    'V15.1': [1],
    'V15.2': [1],
    'V15.3': [1],
  },
} as const;

const rows = readFileSync('docs/security.md', 'utf8')
  .split('\n')
  .filter((line) => /^\| V\d/.test(line))
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim()));

test('the table has every requirement of level 1 once, each with how it is met', () => {
  expect(rows.map(([id]) => id)).toEqual(
    Object.entries(LEVEL_1).flatMap(([section, numbers]) => numbers.map((number) => `${section}.${number}`)),
  );
  expect(rows.filter(([, asks = '', here = '']) => asks === '' || here === '')).toEqual([]);
});

test('every test that the table names is there', () => {
  const named = rows.flatMap(([id, , , tests = '']) =>
    [...tests.matchAll(/`([^`]+)`/g)].map(([, text = '']) => [id, text] as const),
  );
  expect(named.length).toBeGreaterThan(70);
  const missing = named.filter(([, text]) => {
    const [file = '', ...name] = text.split(': ');
    const path = `test/${file}.test.ts`;
    return !existsSync(path) || !readFileSync(path, 'utf8').includes(name.join(': '));
  });
  expect(missing).toEqual([]);
});
