import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { canonicalise } from '../src/identity/canonicalise.ts';
import { parseDeviceType } from '../src/identity/device-type.ts';
import { IDENTIFIER_KINDS } from '../src/identity/identifier-kind.ts';
import { DROP_REASONS, type DropReason, IDENTIFIER_TYPES } from '../src/identity/identifier-type.ts';
import { NON_PUBLIC_IPV4, NON_PUBLIC_IPV6 } from '../src/identity/ip-ranges.ts';
import { renderIdentifier } from '../src/identity/render.ts';
import { suppressionHashes, suppressionKeys } from '../src/identity/suppression-key.ts';

let guide: string;

beforeAll(async () => {
  guide = await readFile(new URL('../docs/identifiers.md', import.meta.url), 'utf8');
});

/** The rows below a table's heading, with backticks taken off the cells. */
function table(...heading: string[]): string[][] {
  const lines = guide.split('\n');
  const start = lines.indexOf(`| ${heading.join(' | ')} |`);
  expect(start, `a table with the columns ${heading.join(', ')}`).toBeGreaterThan(0);
  const rows = lines.slice(start + 2);
  const end = rows.findIndex((line) => !line.startsWith('|'));
  return rows.slice(0, end).map((line) =>
    line
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) =>
        cell
          .trim()
          .replace(/^`(.*)`$/, '$1')
          .replaceAll('\\|', '|'),
      ),
  );
}

function oneOf<T extends string>(values: readonly T[], text: string | undefined): T {
  const value = values.find((candidate) => candidate === text);
  if (value === undefined) throw new Error(`The guide says ${text}, which is none of ${values.join(', ')}.`);
  return value;
}

const DEVICE = 'aebe52e7-03ee-455a-b3c4-e57283966239';

describe('docs/identifiers.md', () => {
  it('describes every type and every reason', () => {
    expect(table('Type', 'What it is', 'Canonical text').map(([type]) => type)).toEqual([...IDENTIFIER_TYPES]);
    for (const reason of DROP_REASONS) expect(guide).toContain(`\`${reason}\``);
  });

  it('gives results that the product gives', () => {
    const rows = table('Column holds', 'Source text', 'Result');
    expect(new Set(rows.map(([kind]) => kind))).toEqual(new Set(IDENTIFIER_KINDS));
    for (const [kind, source = '', result = ''] of rows) {
      const expected = DROP_REASONS.includes(result as DropReason) ? { reason: result } : { value: result };
      expect(canonicalise(oneOf(IDENTIFIER_KINDS, kind), source), source).toEqual(expected);
    }
  });

  it('names the words of device types', () => {
    const rows = table('Device type says', 'Type');
    const words = rows.flatMap(([said = '', type]) => [...said.matchAll(/\w+/g)].map(([word]) => [word, type]));
    for (const [word = '', type] of words.filter(([, named]) => named !== 'MAID')) expect(parseDeviceType(word)).toBe(type);
    expect(words.filter(([, named]) => named !== 'MAID')).toHaveLength(7);
  });

  it('lists the ranges that are not public', () => {
    const rows = table('Range', 'Use').map(([range, use]) => ({ range, use }));
    expect(rows).toEqual([...NON_PUBLIC_IPV4, ...NON_PUBLIC_IPV6]);
  });

  it('renders as it says', () => {
    for (const [, type, letterCase, example] of table('Partner', 'Type', 'Case', 'Example')) {
      expect(renderIdentifier(oneOf(IDENTIFIER_TYPES, type), DEVICE, oneOf(['upper', 'lower'] as const, letterCase))).toBe(
        example,
      );
    }
  });

  it('suppresses as it says', () => {
    for (const [type = '', value = '', effect] of table("Entry's type", "Entry's value", 'Suppresses')) {
      const reaching = [DEVICE, ...suppressionHashes('MAID', DEVICE)];
      const keys = suppressionKeys(type, value).filter(
        ({ class: of, key }) => (of === 'DEVICE' || of === 'ANY') && reaching.includes(key),
      );
      expect(keys.length > 0, value).toBe(effect === 'the device');
    }
  });
});
