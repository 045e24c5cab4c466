import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstOf } from '../src/lib/first-of.ts';

test('the first of many are those of the whole in order, and equals stay as they came', () => {
  const items = fc.array(fc.record({ key: fc.integer({ min: 0, max: 9 }), id: fc.integer() }), { maxLength: 60 });
  const compare = (left: { readonly key: number }, right: { readonly key: number }): number => left.key - right.key;
  fc.assert(
    fc.property(items, fc.integer({ min: 0, max: 70 }), (all, count) => {
      expect(firstOf(all, count, compare)).toEqual(all.toSorted(compare).slice(0, count));
    }),
  );
});
