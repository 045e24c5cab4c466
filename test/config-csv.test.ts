import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvLine, parseCsv } from '../src/config/csv.ts';
import { closest, didYouMean } from '../src/lib/did-you-mean.ts';

describe('parseCsv', () => {
  const cells = (text: string) => parseCsv(text).records.map((record) => record.cells);

  test('reads quotes, doubled quotes, commas and line ends inside quotes, any line end, and a byte order mark', () => {
    expect(cells('\uFEFFa,b\r\n"x,1","say ""hi"""\n"two\nlines",\n')).toEqual([
      ['a', 'b'],
      ['x,1', 'say "hi"'],
      ['two\nlines', ''],
    ]);
    expect(cells('a,b')).toEqual([['a', 'b']]);
    expect(cells('a,5" tall\n')).toEqual([['a', '5" tall']]);
    expect(cells('""\n')).toEqual([['']]);
    expect(cells('')).toEqual([]);
  });

  test('counts rows as a spreadsheet does, and lines as an editor does', () => {
    expect(parseCsv('h\n"a\nb"\n\nc\n').records.map(({ row, line }) => [row, line])).toEqual([
      [1, 1],
      [2, 2],
      [4, 5],
    ]);
  });

  test('gives the line of a quote that is never closed', () => {
    expect(parseCsv('a\nb,"c\nd\n').openQuoteLine).toBe(2);
  });

  test('reads back every record that csvLine writes', () => {
    const record = fc.array(fc.string({ unit: fc.constantFrom('a', ' ', ',', '"', '\n', '\r', 'é') }), {
      minLength: 2,
      maxLength: 4,
    });
    fc.assert(
      fc.property(fc.array(record), (records) => {
        expect(cells(records.map(csvLine).join(''))).toEqual(records);
      }),
    );
  });
});

describe('did you mean', () => {
  const names = ['identifiers', 'insertionOrderIds', 'mode', 'minIds', 'MONDAY'];

  test('finds the nearest word, whatever its letter case and separators', () => {
    expect(closest('identifers', names)).toBe('identifiers');
    expect(closest('insertion_order_ids', names)).toBe('insertionOrderIds');
    expect(closest('mdoe', names)).toBe('mode');
    expect(closest('mon', names)).toBe('MONDAY');
    expect(closest('m', names)).toBeUndefined();
    expect(closest('', names)).toBeUndefined();
    expect(closest('x'.repeat(10_000), names)).toBeUndefined();
  });

  test('otherwise lists the known words when they are few', () => {
    expect(didYouMean('zzz', ['a', 'b'])).toBe('Known: a, b.');
    expect(didYouMean('zzz', [])).toBeUndefined();
  });
});
